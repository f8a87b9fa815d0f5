package dev.cairn.packages.deb;

import dev.cairn.packages.deb.Dependency.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Mends what is broken after all requests were marked, as apt's scored problem resolver does where nothing is
/// installed: from the weightiest broken package down, by another alternative, by giving up the lighter side.
final class ProblemResolver {
    private static final int ROUNDS = 20;

    private final Marks marks;
    private final Installer installer;
    private final Set<PackageNode> requested;
    private final Set<PackageNode> upgradeTried = new HashSet<>();
    private final Map<PackageNode, Integer> ranks = new HashMap<>();
    private Scores scores;
    private boolean changed;

    ProblemResolver(Marks marks, Installer installer, Set<PackageNode> requested) {
        this.marks = marks;
        this.installer = installer;
        this.requested = requested;
        this.scores = new Scores(List.of(), Set.of());
    }

    /// True when nothing is broken in the end.
    boolean resolve() {
        if (marks.brokenCount() == 0) {
            return true;
        }
        Set<PackageNode> before = new HashSet<>(marks.marked());
        scores = new Scores(marks.marked(), requested);
        changed = true;
        for (int round = 0; round < ROUNDS && changed; round++) {
            changed = false;
            pass(round);
        }
        if (marks.brokenCount() != 0) {
            return false;
        }
        for (PackageNode node : marks.marked()) {
            if (!before.contains(node)) {
                node.automatic = true;
            }
        }
        return true;
    }

    /// Looks at each package once, from the highest score down; scores of this order are those of the beginning.
    private void pass(int round) {
        PackageNode last = null;
        while (true) {
            PackageNode next = null;
            for (PackageNode node : marks.marked()) {
                if ((last == null || comesBefore(last, node))
                        && (next == null || comesBefore(node, next))
                        && marks.isBroken(node)) {
                    next = node;
                }
            }
            if (next == null) {
                return;
            }
            last = next;
            new Investigation(next, round).run();
        }
    }

    private boolean comesBefore(PackageNode a, PackageNode b) {
        int left = rank(a);
        int right = rank(b);
        return left != right ? left > right : a.order() < b.order();
    }

    private int rank(PackageNode node) {
        return ranks.computeIfAbsent(node, scores::of);
    }

    /// Tries to install a package, without its dependencies at first, so that something else holds again.
    private boolean upgrade(PackageNode node) {
        if (upgradeTried.contains(node) || node.candidate == null || requested.contains(node)) {
            return false;
        }
        upgradeTried.add(node);
        boolean wasKept = !node.isMarked();
        if (!installer.install(node, false, 0) || node.install == null) {
            return false;
        }
        if (needsCanBeMet(node.install)) {
            return true;
        }
        if (wasKept) {
            marks.keep(node);
        } else {
            marks.delete(node);
        }
        return false;
    }

    private boolean needsCanBeMet(VersionNode version) {
        for (Dependency dependency : version.dependencies()) {
            if (dependency.kind().isCritical() && !isMet(dependency)) {
                return false;
            }
        }
        return true;
    }

    private boolean isMet(Dependency dependency) {
        boolean failed = false;
        for (Target target : dependency.alternatives()) {
            if (marks.holds(dependency)) {
                break;
            }
            PackageNode node = smartTarget(dependency, target);
            if (node.isProtected) {
                failed = true;
            } else if (marks.mayHit(dependency, target) != dependency.kind().isNegative()) {
                failed = !upgrade(node);
                if (!failed) {
                    break;
                }
            } else if (dependency.kind().isNegative()) {
                break;
            } else {
                failed = true;
            }
        }
        return !failed;
    }

    /// The package that an alternative most likely means: itself, or the first other package that provides it.
    private static PackageNode smartTarget(Dependency dependency, Target target) {
        if (target.node().versions().isEmpty()) {
            for (PackageNode.Provider provider : target.node().providers()) {
                if (provider.owner().node() != dependency.owner().node()) {
                    return provider.owner().node();
                }
            }
        }
        return target.node();
    }

    /// What is done about one broken package in one round.
    private final class Investigation {
        private final PackageNode node;
        private final int round;
        private final List<PackageNode> condemned = new ArrayList<>();
        private boolean keepAll;
        private boolean done;

        Investigation(PackageNode node, int round) {
            this.node = node;
            this.round = round;
        }

        void run() {
            VersionNode version = node.install;
            if (version == null) {
                return;
            }
            for (Dependency dependency : version.dependencies()) {
                if (dependency.kind().isCritical() && !marks.holds(dependency)) {
                    if (!mend(dependency)) {
                        break;
                    }
                }
            }
            applyCondemned();
        }

        /// False when this package needs no further look in this round.
        private boolean mend(Dependency dependency) {
            boolean inOr = dependency.alternatives().size() > 1;
            int condemnedBefore = condemned.size();
            keepAll = false;
            for (Target target : dependency.alternatives()) {
                if (marks.holds(dependency)) {
                    return true;
                }
                done = false;
                List<VersionNode> targets = Marks.allTargets(dependency, target);
                if (targets.isEmpty() && !node.isProtected && !dependency.kind().isNegative()) {
                    if (!inOr) {
                        changed = true;
                        marks.keep(node);
                        return false;
                    }
                    continue;
                }
                for (VersionNode version : targets) {
                    if (consider(dependency, target, version, inOr)) {
                        break;
                    }
                }
                if (!inOr && done) {
                    return false;
                }
            }
            if (inOr && condemned.size() == condemnedBefore) {
                giveUpGroup();
            }
            return node.install != null;
        }

        private void giveUpGroup() {
            if (keepAll) {
                marks.keep(node);
                changed = true;
            } else if (!node.isProtected) {
                marks.delete(node);
                changed = true;
            }
        }

        /// True when no further version of this alternative is to be looked at.
        private boolean consider(Dependency dependency, Target target, VersionNode version, boolean inOr) {
            PackageNode other = version.node();
            boolean negative = dependency.kind().isNegative();
            if (negative && other.install != version) {
                return false;
            }
            if (scores.of(node) <= scores.of(other) || !negative) {
                if (node.isProtected) {
                    if (!upgrade(other)) {
                        return false;
                    }
                    scores.set(other, Math.min(scores.of(other), scores.of(node)));
                    return true;
                }
                giveWay(target, other, inOr);
                changed = true;
                done = true;
                return true;
            }
            if (!other.isProtected) {
                condemned.add(other);
            }
            return false;
        }

        /// The broken package itself gives way.
        private void giveWay(Target target, PackageNode other, boolean inOr) {
            boolean installed = node.isMarked();
            marks.keep(node);
            if (!marks.isBroken(node)) {
                keepAll = true;
                if (inOr && installed) {
                    installer.install(node, false, 0);
                }
            } else if (!upgrade(node)) {
                if (!inOr) {
                    marks.delete(node);
                    if (round > 1 && scores.of(other) > scores.of(node)) {
                        scores.set(node, scores.of(other));
                    }
                } else {
                    tryTarget(target.node());
                }
            }
        }

        private void tryTarget(@Nullable PackageNode target) {
            if (target == null || target.candidate == null) {
                return;
            }
            int before = marks.brokenCount();
            installer.install(target, true, 1);
            keepAll = true;
            if (marks.isBroken(target) || marks.brokenCount() > before) {
                marks.delete(target);
                keepAll = false;
            }
        }

        private void applyCondemned() {
            if (node.install == null) {
                return;
            }
            for (PackageNode other : condemned) {
                boolean kept = marks.keep(other);
                if ((!kept || round > 1) && scores.of(node) > scores.of(other)) {
                    scores.set(other, scores.of(node));
                    changed = true;
                }
                changed |= kept;
            }
        }
    }
}
