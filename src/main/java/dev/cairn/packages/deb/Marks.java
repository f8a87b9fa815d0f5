package dev.cairn.packages.deb;

import dev.cairn.packages.deb.Dependency.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The marks on a universe, what holds under them, and the elementary changes: the part of apt's dependency cache
/// that matters where nothing is installed. Everything is computed from the marks when it is asked for.
final class Marks {
    private final Set<PackageNode> marked = new LinkedHashSet<>();

    /// The packages that count as installed, in apt's order.
    List<PackageNode> marked() {
        List<PackageNode> list = new ArrayList<>(marked);
        list.sort((a, b) -> Long.compare(a.order(), b.order()));
        return list;
    }

    /// Which version of a package a question is about.
    private enum View {
        INSTALL,
        ANNOUNCED
    }

    private static @Nullable VersionNode seen(PackageNode node, View view) {
        node.versions();
        return view == View.INSTALL ? node.install : node.announced;
    }

    /// Whether a version that is marked satisfies the alternative; for a conflict: whether it hits.
    boolean hits(Dependency dependency, Target target) {
        return hits(dependency, target, View.INSTALL);
    }

    /// The same for candidates.
    boolean mayHit(Dependency dependency, Target target) {
        return hits(dependency, target, View.ANNOUNCED);
    }

    private static boolean hits(Dependency dependency, Target target, View view) {
        PackageNode node = target.node();
        if (!dependency.ignores(node)) {
            VersionNode own = seen(node, view);
            if (own != null && target.relation().accepts(own.version())) {
                return true;
            }
        }
        for (PackageNode.Provider provider : node.providers()) {
            VersionNode owner = provider.owner();
            if (!dependency.ignores(owner.node())
                    && seen(owner.node(), view) == owner
                    && target.relation().accepts(provider.version())) {
                return true;
            }
        }
        return false;
    }

    /// Whether the dependency holds under the marks.
    boolean holds(Dependency dependency) {
        for (Target target : dependency.alternatives()) {
            if (hits(dependency, target) != dependency.kind().isNegative()) {
                return true;
            }
        }
        return false;
    }

    /// Whether one of the alternatives holds, or would if candidates were installed.
    boolean mayHold(Dependency dependency) {
        for (Target target : dependency.alternatives()) {
            if (hits(dependency, target) || mayHit(dependency, target)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the package is marked and something critical does not hold for it.
    boolean isBroken(PackageNode node) {
        VersionNode version = node.install;
        if (version == null) {
            return false;
        }
        for (Dependency dependency : version.dependencies()) {
            if (dependency.kind().isCritical() && !holds(dependency)) {
                return true;
            }
        }
        return false;
    }

    int brokenCount() {
        int count = 0;
        for (PackageNode node : marked) {
            if (isBroken(node)) {
                count++;
            }
        }
        return count;
    }

    /// The candidates that satisfy one alternative, best first.
    List<VersionNode> candidates(Dependency dependency, Target target) {
        List<VersionNode> found = new ArrayList<>();
        if (!mayHit(dependency, target)) {
            return found;
        }
        PackageNode node = target.node();
        VersionNode own = node.candidate;
        if (own != null && !dependency.ignores(node) && target.relation().accepts(own.version())) {
            found.add(own);
        }
        for (PackageNode.Provider provider : node.providers()) {
            VersionNode owner = provider.owner();
            if (!dependency.ignores(owner.node())
                    && owner.node().candidate == owner
                    && target.relation().accepts(provider.version())
                    && !found.contains(owner)) {
                found.add(owner);
            }
        }
        found.sort(new ProviderOrder(node));
        return found;
    }

    /// Every version, candidate or not, that satisfies one alternative.
    static List<VersionNode> allTargets(Dependency dependency, Target target) {
        List<VersionNode> found = new ArrayList<>();
        for (VersionNode version : target.node().versions()) {
            if (!dependency.ignores(target.node()) && target.relation().accepts(version.version())) {
                found.add(version);
            }
        }
        for (PackageNode.Provider provider : target.node().providers()) {
            if (!dependency.ignores(provider.owner().node())
                    && target.relation().accepts(provider.version())) {
                found.add(provider.owner());
            }
        }
        return found;
    }

    /// All candidates for the whole dependency, in the order in which they are tried. What is protected from being
    /// installed is not among the answers to a positive one.
    List<VersionNode> solutions(Dependency dependency) {
        List<VersionNode> all = new ArrayList<>();
        for (Target target : dependency.alternatives()) {
            for (VersionNode version : candidates(dependency, target)) {
                if (all.isEmpty() || all.getLast() != version) {
                    all.add(version);
                }
            }
        }
        if (!dependency.kind().isNegative()) {
            all.removeIf(
                    version -> version.node().isProtected && !version.node().isMarked());
        }
        return Collections.unmodifiableList(all);
    }

    void chooseCandidate(VersionNode version) {
        PackageNode node = version.node();
        if (node.candidate != version) {
            if (node.isMarked() && node.candidate == node.install) {
                node.install = version;
            }
            node.candidate = version;
            node.announced = version;
        }
    }

    /// Marks the candidate for installation.
    void install(PackageNode node, boolean automatic) {
        if (node.isProtected && node.install == node.candidate) {
            return;
        }
        node.install = node.candidate;
        node.announced = node.candidate;
        node.selected = true;
        node.automatic = automatic;
        marked.add(node);
    }

    private void unmark(PackageNode node) {
        node.install = null;
        node.selected = false;
        node.announced = node.candidate;
        marked.remove(node);
    }

    /// Takes the mark back; false where that is not allowed.
    boolean keep(PackageNode node) {
        if (node.versions().isEmpty()) {
            return false;
        }
        if (!node.isMarked()) {
            return true;
        }
        if (node.isProtected) {
            return false;
        }
        unmark(node);
        return true;
    }

    /// Takes the mark back as a removal: never of what is essential, or what the user asked for.
    boolean delete(PackageNode node) {
        if (node.versions().isEmpty() || node.isProtected || node.held || node.isEssential() || node.isImportant()) {
            return false;
        }
        if (node.install == null) {
            return true;
        }
        if (!node.automatic) {
            return false;
        }
        unmark(node);
        return true;
    }

    /// Gives up on a package whose requirements failed: neither marked nor a candidate any more.
    void discard(PackageNode node) {
        if (!node.selected && node.install == null && node.candidate == null) {
            return;
        }
        unmark(node);
        node.candidate = null;
    }
}
