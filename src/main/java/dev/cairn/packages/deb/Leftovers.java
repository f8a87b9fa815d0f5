package dev.cairn.packages.deb;

import dev.cairn.packages.deb.Dependency.Kind;
import dev.cairn.packages.deb.Dependency.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Takes back what was marked on the way and is needed by nobody in the end: apt's mark and sweep, with Recommends
/// counted as need and Suggests not, as in Debian's container images.
final class Leftovers {
    private final Marks marks;
    private final Installer installer;
    private final Set<PackageNode> needed = new HashSet<>();

    private Leftovers(Marks marks, Installer installer) {
        this.marks = marks;
        this.installer = installer;
    }

    static void sweep(Marks marks, Installer installer) {
        new Leftovers(marks, installer).run();
    }

    private void run() {
        for (PackageNode node : marks.marked()) {
            if (!node.automatic || node.isEssential() || node.isImportant()) {
                need(node);
            }
        }
        Set<PackageNode> dropped = new LinkedHashSet<>();
        for (PackageNode node : marks.marked()) {
            if (node.isMarked() && !needed.contains(node) && marks.delete(node)) {
                dropped.add(node);
            }
        }
        while (marks.brokenCount() != 0 && restoreOne(dropped)) {
            // Each round brings one package back.
        }
    }

    private void need(PackageNode root) {
        List<PackageNode> open = new ArrayList<>();
        open.add(root);
        while (!open.isEmpty()) {
            PackageNode node = open.removeLast();
            VersionNode version = node.install;
            if (version == null || !needed.add(node)) {
                continue;
            }
            for (Dependency dependency : version.dependencies()) {
                if (!dependency.kind().isNegative() && dependency.kind() != Kind.SUGGESTS) {
                    for (Target target : dependency.alternatives()) {
                        follow(target, open);
                    }
                }
            }
        }
    }

    private static void follow(Target target, List<PackageNode> open) {
        VersionNode own = target.node().install;
        if (own != null && target.relation().accepts(own.version())) {
            open.add(target.node());
        }
        for (PackageNode.Provider provider : target.node().providers()) {
            PackageNode owner = provider.owner().node();
            if (owner.install == provider.owner() && target.relation().accepts(provider.version())) {
                open.add(owner);
            }
        }
    }

    private boolean restoreOne(Set<PackageNode> dropped) {
        for (PackageNode node : dropped) {
            if (isWanted(node)) {
                installer.install(node, false, 0);
                dropped.remove(node);
                return true;
            }
        }
        return false;
    }

    private boolean isWanted(PackageNode node) {
        for (PackageNode other : marks.marked()) {
            VersionNode version = other.install;
            if (version == null) {
                continue;
            }
            for (Dependency dependency : version.dependencies()) {
                if (dependency.kind().isCritical() && !dependency.kind().isNegative() && !marks.holds(dependency)) {
                    for (VersionNode answer : marks.solutions(dependency)) {
                        if (answer.node() == node) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }
}
