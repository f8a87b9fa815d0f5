package dev.cairn.packages.deb;

import dev.cairn.packages.Resolution;
import dev.cairn.packages.deb.Dependency.Target;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the chosen packages in an order in which each comes after what it depends on, cycles aside: depth first from
/// the requests, pre-dependencies before dependencies.
final class InstallOrder {
    private final Set<VersionNode> ordered = new LinkedHashSet<>();
    private final Set<VersionNode> entered = new LinkedHashSet<>();

    /// Orders everything that is marked. What no answer leads to (a second provider that came along) goes last.
    InstallOrder(Collection<PackageNode> requested, Collection<PackageNode> marked) {
        for (PackageNode node : requested) {
            visit(node);
        }
        for (PackageNode node : marked) {
            visit(node);
        }
    }

    Set<VersionNode> all() {
        return ordered;
    }

    private void visit(PackageNode node) {
        VersionNode version = node.install;
        if (version == null || !node.isMarked() || !entered.add(version)) {
            return;
        }
        for (Dependency dependency : version.dependencies()) {
            if (dependency.kind().isCritical() && !dependency.kind().isNegative()) {
                PackageNode answer = answer(dependency);
                if (answer != null) {
                    visit(answer);
                }
            }
        }
        ordered.add(version);
    }

    /// The package that answers the dependency: of the first alternative that holds, the package of that name, else
    /// the provider that was known first.
    private static @Nullable PackageNode answer(Dependency dependency) {
        for (Target target : dependency.alternatives()) {
            VersionNode own = target.node().install;
            if (own != null && target.relation().accepts(own.version())) {
                return target.node();
            }
            PackageNode best = null;
            for (PackageNode.Provider provider : target.node().providers()) {
                PackageNode owner = provider.owner().node();
                if (owner.install == provider.owner()
                        && target.relation().accepts(provider.version())
                        && (best == null || owner.order() < best.order())) {
                    best = owner;
                }
            }
            if (best != null) {
                return best;
            }
        }
        return null;
    }

    void addEdges(VersionNode version, Collection<Resolution.Edge> edges) {
        for (Dependency dependency : version.dependencies()) {
            if (dependency.kind().isCritical() && !dependency.kind().isNegative()) {
                PackageNode answer = answer(dependency);
                if (answer != null) {
                    edges.add(new Resolution.Edge(version.node().name(), dependency.toString(), answer.name()));
                }
            }
        }
    }
}
