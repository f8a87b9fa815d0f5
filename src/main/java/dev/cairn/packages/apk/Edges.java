package dev.cairn.packages.apk;

import dev.cairn.packages.Resolution.Edge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who asked for what in a solution, and which package answers.
final class Edges {
    private Edges() {}

    static List<Edge> of(Solver.Outcome outcome) {
        List<Edge> edges = new ArrayList<>();
        for (Requirement requirement : outcome.world()) {
            add(edges, Edge.WORLD, requirement, requirement.toString());
        }
        for (Candidate candidate : outcome.order()) {
            for (Requirement requirement : candidate.depends) {
                add(edges, candidate.name.text, requirement, requirement.toString());
            }
            addTriggers(edges, candidate);
        }
        return edges;
    }

    /// A package that is there because of others is asked for by each of those.
    private static void addTriggers(List<Edge> edges, Candidate candidate) {
        if (!candidate.triggered) {
            return;
        }
        for (Requirement requirement : candidate.installIf) {
            Candidate by = requirement.name().chosenPackage();
            if (by != null && !requirement.conflict()) {
                edges.add(new Edge(by.name.text, "install_if " + requirement, candidate.name.text));
            }
        }
    }

    private static void add(List<Edge> edges, String from, Requirement requirement, String text) {
        @Nullable Candidate chosen = requirement.name().chosenPackage();
        if (chosen != null && !requirement.conflict()) {
            edges.add(new Edge(from, text, chosen.name.text));
        }
    }
}
