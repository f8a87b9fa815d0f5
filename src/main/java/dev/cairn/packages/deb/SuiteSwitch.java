package dev.cairn.packages.deb;

import dev.cairn.packages.deb.Dependency.Kind;
import dev.cairn.packages.deb.Dependency.Target;
import java.util.HashSet;
import java.util.Set;

/// Moves the candidates of dependencies into a suite where only the version there is good enough, as apt does for
/// `name/suite`.
final class SuiteSwitch {
    private final Marks marks;
    private final WorldItem item;
    private final Set<VersionNode> followed = new HashSet<>();

    SuiteSwitch(Marks marks, WorldItem item) {
        this.marks = marks;
        this.item = item;
    }

    void follow(VersionNode version) {
        if (!followed.add(version)) {
            return;
        }
        marks.chooseCandidate(version);
        for (Dependency dependency : version.dependencies()) {
            boolean followable = dependency.kind() == Kind.PRE_DEPENDS || dependency.kind() == Kind.DEPENDS;
            if (followable && !marks.mayHold(dependency)) {
                switchOne(dependency);
            }
        }
    }

    private void switchOne(Dependency dependency) {
        for (Target target : dependency.alternatives()) {
            if (target.relation().version() == null) {
                continue;
            }
            for (VersionNode version : target.node().versions()) {
                if (item.accepts(version) && target.relation().accepts(version.version())) {
                    follow(version);
                    return;
                }
            }
        }
    }
}
