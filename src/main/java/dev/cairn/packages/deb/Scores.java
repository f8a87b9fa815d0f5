package dev.cairn.packages.deb;

import dev.cairn.packages.deb.Dependency.Kind;
import dev.cairn.packages.deb.Dependency.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How much weight each package has when two stand against each other: apt's `MakeScores` with its default weights.
final class Scores {
    private static final int PROTECTED = 10_000;
    private static final int ESSENTIAL = 5_000;

    private final Map<PackageNode, Integer> scores = new HashMap<>();

    Scores(List<PackageNode> marked, Set<PackageNode> requested) {
        for (PackageNode node : marked) {
            VersionNode version = node.install;
            if (version != null) {
                add(node, base(node, version));
                scoreTargets(version);
            }
        }
        Map<PackageNode, Integer> first = new HashMap<>(scores);
        inherit(marked, first);
        passToProviders(marked, first);
        for (PackageNode node : requested) {
            add(node, PROTECTED);
        }
    }

    int of(PackageNode node) {
        int score = scores.getOrDefault(node, 0);
        return node.isEssential() || node.isImportant() ? score + ESSENTIAL : score;
    }

    void set(PackageNode node, int score) {
        scores.put(node, node.isEssential() || node.isImportant() ? score - ESSENTIAL : score);
    }

    private void add(PackageNode node, int points) {
        scores.merge(node, points, Integer::sum);
    }

    private static int base(PackageNode node, VersionNode version) {
        int points = node.isEssential() || node.isImportant() ? 100 : 0;
        return points
                + switch (version.rank()) {
                    case 0 -> 0;
                    case 1 -> 3;
                    case 2 -> 2;
                    case 3 -> 1;
                    case 4 -> -1;
                    default -> -2;
                };
    }

    private void scoreTargets(VersionNode version) {
        for (Dependency dependency : version.dependencies()) {
            int points =
                    dependency.kind() == Kind.SUGGESTS ? 0 : dependency.kind().isNegative() ? -1 : 1;
            if (points != 0) {
                for (Target target : dependency.alternatives()) {
                    scoreTarget(dependency, target, points);
                }
            }
        }
    }

    private void scoreTarget(Dependency dependency, Target target, int points) {
        PackageNode node = target.node();
        if (!dependency.ignores(node)) {
            VersionNode installed = node.install;
            boolean limited = target.relation().version() != null;
            if (limited && (installed == null || !target.relation().accepts(installed.version()))) {
                return;
            }
            add(node, points);
        }
        Set<PackageNode> providers = new HashSet<>();
        for (PackageNode.Provider provider : node.providers()) {
            PackageNode owner = provider.owner().node();
            if (!dependency.ignores(owner)
                    && owner.install == provider.owner()
                    && target.relation().accepts(provider.version())) {
                providers.add(owner);
            }
        }
        for (PackageNode owner : providers) {
            add(owner, points);
        }
    }

    /// One level of inheritance: what a weighty package depends on is weighty.
    private void inherit(List<PackageNode> marked, Map<PackageNode, Integer> first) {
        for (PackageNode parent : marked) {
            int points = first.getOrDefault(parent, 0);
            VersionNode version = parent.install;
            if (points <= 0 || version == null) {
                continue;
            }
            for (Dependency dependency : version.dependencies()) {
                if (dependency.kind().isNegative() || dependency.kind() == Kind.SUGGESTS) {
                    continue;
                }
                for (Target target : dependency.alternatives()) {
                    if (target.node().install != null) {
                        add(target.node(), points);
                    }
                }
            }
        }
    }

    private void passToProviders(List<PackageNode> marked, Map<PackageNode, Integer> first) {
        for (PackageNode node : marked) {
            int transfer = Math.abs(scores.getOrDefault(node, 0) - first.getOrDefault(node, 0));
            if (transfer == 0) {
                continue;
            }
            Set<PackageNode> owners = new HashSet<>();
            for (PackageNode.Provider provider : node.providers()) {
                if (provider.owner().node().install == provider.owner()) {
                    owners.add(provider.owner().node());
                }
            }
            for (PackageNode owner : owners) {
                add(owner, transfer);
            }
        }
    }
}
