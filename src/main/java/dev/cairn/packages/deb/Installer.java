package dev.cairn.packages.deb;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Marks a package for installation together with what it needs, as apt's `MarkInstall` does: depth first, the first
/// alternative that works, and back out of what does not.
final class Installer {
    /// apt gives up at this depth, too.
    private static final int MAX_DEPTH = 3000;

    private final Marks marks;

    Installer(Marks marks) {
        this.marks = marks;
    }

    /// Marks a package that the user asked for.
    void request(PackageNode node, boolean withDependencies) {
        install(node, withDependencies, 0, true);
    }

    /// Marks a package on the solver's own account.
    boolean install(PackageNode node, boolean withDependencies, int depth) {
        return install(node, withDependencies, depth, false);
    }

    private boolean install(PackageNode node, boolean withDependencies, int depth, boolean fromUser) {
        if (depth > MAX_DEPTH || node.versions().isEmpty()) {
            return false;
        }
        if (!fromUser && !node.isMarked() && (node.isProtected || node.held)) {
            return false;
        }
        VersionNode candidate = node.candidate;
        if (candidate == null) {
            return false;
        }
        if (!node.isProtected && node.isMarked() && !marks.isBroken(node)) {
            return true;
        }
        if (withDependencies && !isSatisfiable(node, candidate)) {
            return false;
        }
        if (fromUser) {
            marks.install(node, false);
        }
        boolean failEarly = !node.isProtected && !fromUser;
        Work work = new Work(candidate, depth, node.isProtected, fromUser);
        boolean failed = false;
        if (withDependencies) {
            work.collect();
            failed = !work.keepConflictsOut();
            if (failed && failEarly) {
                return false;
            }
        }
        if (!fromUser) {
            marks.install(node, true);
        }
        if (!withDependencies) {
            return !failed;
        }
        return installNeeds(node, work, failEarly) && !failed;
    }

    private boolean installNeeds(PackageNode node, Work work, boolean failEarly) {
        boolean already = node.isProtected;
        node.isProtected = true;
        boolean done;
        try {
            done = work.installNeeds();
            if (!done && failEarly) {
                marks.discard(node);
            }
        } finally {
            node.isProtected = already;
        }
        return done;
    }

    /// A package with a need that no candidate can fill is no candidate itself.
    private boolean isSatisfiable(PackageNode node, VersionNode candidate) {
        for (Dependency dependency : candidate.dependencies()) {
            if (dependency.kind().isCritical() && !dependency.kind().isNegative() && !marks.mayHold(dependency)) {
                if (!node.isProtected) {
                    // Dependents are not told: apt does not, either.
                    node.candidate = null;
                    node.selected = false;
                }
                return false;
            }
        }
        return true;
    }

    /// One package's requirements on their way.
    private final class Work {
        private final VersionNode version;
        private final int depth;
        private final boolean propagate;
        private final boolean fromUser;
        private final List<Dependency> needs = new ArrayList<>();
        private final List<Dependency> conflicts = new ArrayList<>();

        Work(VersionNode version, int depth, boolean propagate, boolean fromUser) {
            this.version = version;
            this.depth = depth;
            this.propagate = propagate;
            this.fromUser = fromUser;
        }

        void collect() {
            for (Dependency dependency : version.dependencies()) {
                if (dependency.kind().isCritical() && (propagate || !marks.holds(dependency))) {
                    (dependency.kind().isNegative() ? conflicts : needs).add(dependency);
                }
            }
        }

        /// Takes the marks from what it conflicts with. What a protected package conflicts with is out for good.
        boolean keepConflictsOut() {
            boolean failed = false;
            for (Dependency conflict : conflicts) {
                for (VersionNode other : marks.solutions(conflict)) {
                    PackageNode node = other.node();
                    if (node.candidate != other) {
                        continue;
                    }
                    if (node.isMarked() && !marks.keep(node)) {
                        failed = true;
                        if (!propagate && !fromUser) {
                            return false;
                        }
                    } else if (propagate) {
                        node.candidate = node.install;
                        node.isProtected = true;
                    }
                }
            }
            return !failed;
        }

        boolean installNeeds() {
            boolean failed = false;
            for (Dependency need : needs) {
                boolean satisfied = marks.holds(need);
                if (satisfied && !propagate) {
                    continue;
                }
                boolean done = satisfied ? protectOnlyAnswer(need) : installOne(need);
                if (!done) {
                    failed = true;
                    if (!satisfied && !propagate && !fromUser) {
                        return false;
                    }
                }
            }
            return !failed;
        }

        private boolean protectOnlyAnswer(Dependency need) {
            List<VersionNode> answers = distinct(marks.solutions(need));
            if (answers.size() != 1 || answers.getFirst().node().isProtected) {
                return true;
            }
            PackageNode answer = answers.getFirst().node();
            answer.isProtected = true;
            return install(answer, true, depth + 1, false);
        }

        private boolean installOne(Dependency need) {
            List<VersionNode> answers = marks.solutions(need);
            for (VersionNode answer : answers) {
                PackageNode node = answer.node();
                if (node.candidate != answer) {
                    continue;
                }
                if (propagate && answers.size() == 1) {
                    if (!install(node, false, depth + 1, false)) {
                        continue;
                    }
                    node.isProtected = true;
                }
                if (install(node, true, depth + 1, false)) {
                    return true;
                }
            }
            return false;
        }

        private static List<VersionNode> distinct(List<VersionNode> versions) {
            return new ArrayList<>(new LinkedHashSet<>(versions));
        }
    }
}
