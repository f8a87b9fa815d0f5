package dev.cairn.packages.apk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts what was decided into the order in which apk installs it: depth first along the dependencies, in the world's
/// order; a package that is there because of others (`install_if`) right after the last of them.
final class InstallOrder {
    private final PackageGraph graph;
    private final Solver solver;
    private final List<Candidate> order = new ArrayList<>();

    InstallOrder(PackageGraph graph, Solver solver) {
        this.graph = graph;
        this.solver = solver;
    }

    List<Candidate> of(List<Requirement> world) {
        for (Requirement requirement : world) {
            follow(null, requirement);
        }
        return order;
    }

    private void follow(@Nullable Candidate by, Requirement requirement) {
        Name name = requirement.name();
        Candidate chosen = name.chosenPackage();
        if (by != null && !requirement.accepts(name.chosen)) {
            solver.markBroken(by, new Problem.Unfulfilled(by, requirement, chosen));
        }
        place(name);
        if (by != null && chosen != null && chosen.broken) {
            by.broken = true;
        }
    }

    private void place(Name name) {
        if (name.inOrder) {
            return;
        }
        name.inOrder = true;
        Candidate candidate = name.chosenPackage();
        if (candidate == null || candidate.inOrder) {
            return;
        }
        candidate.inOrder = true;
        candidate.name.inOrder = true;
        for (Requirement provided : candidate.provides) {
            provided.name().inOrder = true;
        }
        for (Requirement requirement : candidate.depends) {
            follow(candidate, requirement);
        }
        order.add(candidate);
        placeTriggered(candidate.name);
        for (Requirement provided : candidate.provides) {
            placeTriggered(provided.name());
        }
    }

    private void placeTriggered(Name by) {
        for (Name name : graph.triggeredBy(by)) {
            Candidate candidate = name.chosenPackage();
            if (candidate != null && name.seen && !name.inOrder && isTriggered(candidate)) {
                place(name);
            }
        }
    }

    private static boolean isTriggered(Candidate candidate) {
        for (Requirement requirement : candidate.installIf) {
            if (!requirement.name().inOrder || !requirement.accepts(requirement.name().chosen)) {
                return false;
            }
        }
        return true;
    }
}
