package dev.cairn.packages.deb;

import dev.cairn.packages.deb.Dependency.Kind;
import dev.cairn.packages.deb.Dependency.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves the candidates of what a `name/suite` depends on into that suite, as apt does. It asks whether a candidate's
/// own requirements are met already, which on an empty system they seldom are: so a version of the suite that is good
/// enough is taken even where another suite has a higher one.
final class SuiteSwitch {
    private final Marks marks;
    private final WorldItem item;
    private final List<VersionNode> changed = new ArrayList<>();

    SuiteSwitch(Marks marks, WorldItem item) {
        this.marks = marks;
        this.item = item;
    }

    /// Follows the requirements of a version that was chosen; false when one cannot be moved.
    boolean follow(VersionNode version) {
        changed.add(version);
        marks.chooseCandidate(version);
        int kept = changed.size();
        for (Dependency dependency : version.dependencies()) {
            boolean followable = dependency.kind() == Kind.PRE_DEPENDS || dependency.kind() == Kind.DEPENDS;
            if (followable && !isFine(dependency) && !switchOne(dependency)) {
                changed.subList(kept, changed.size()).clear();
                return false;
            }
        }
        return true;
    }

    private boolean isFine(Dependency dependency) {
        for (Target target : dependency.alternatives()) {
            PackageNode node = target.node();
            List<PackageNode.Provider> providers = node.providers();
            node.versions();
            boolean fine;
            if (target.relation().version() == null && !providers.isEmpty()) {
                fine = providers.stream()
                        .map(PackageNode.Provider::owner)
                        .anyMatch(owner -> owner.node().candidate == owner && requirementsHold(owner));
            } else {
                VersionNode candidate = node.candidate;
                fine = candidate != null
                        && target.relation().accepts(candidate.version())
                        && requirementsHold(candidate);
            }
            if (fine) {
                return true;
            }
        }
        return false;
    }

    private boolean requirementsHold(VersionNode version) {
        for (Dependency dependency : version.dependencies()) {
            if (dependency.kind().isCritical() && !marks.holds(dependency)) {
                return false;
            }
        }
        return true;
    }

    private boolean switchOne(Dependency dependency) {
        for (Target target : dependency.alternatives()) {
            VersionNode wanted = inSuite(target);
            if (wanted == null) {
                continue;
            }
            VersionNode before = target.node().candidate;
            if (wanted == before && changed.stream().anyMatch(each -> each.node() == target.node())) {
                return true;
            }
            int kept = changed.size();
            if (follow(wanted)) {
                return true;
            }
            if (target.equals(dependency.alternatives().getLast())) {
                return false;
            }
            changed.subList(kept, changed.size()).clear();
            if (before != null) {
                marks.chooseCandidate(before);
            }
        }
        return false;
    }

    /// The suite's version of a package, where only a version can help and this one does.
    private @Nullable VersionNode inSuite(Target target) {
        if (target.relation().version() == null) {
            return null;
        }
        for (VersionNode version : target.node().versions()) {
            if (item.accepts(version)) {
                return target.relation().accepts(version.version()) ? version : null;
            }
        }
        return null;
    }
}
