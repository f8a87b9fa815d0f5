package dev.cairn.cli;

import dev.cairn.image.ImageBuilder;
import dev.cairn.image.definition.Definition;
import dev.cairn.packages.PackageSource;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.Resolution.Edge;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn why`: the shortest way from a definition to one of its packages.
final class WhyCommand implements Command {
    static final String NAME = "why";

    private final DefinitionOptions options = new DefinitionOptions();
    private final PositionalParamSpec file = Spec.parameter(0, "DEFINITION", "The definition.", true);
    private final PositionalParamSpec wanted = Spec.parameter(1, "PACKAGE", "The package in question.", true);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Explain why a package is in: who asks for it, and who asks for them.",
                "cairn why examples/redis.yaml libc6");
        return options.addTo(spec).addPositional(file).addPositional(wanted);
    }

    @Override
    public int run(Session session) throws IOException {
        Definition definition = options.read(Path.of(file.<String>getValue()));
        Resolution resolution;
        try (Progress progress = session.progress("resolving")) {
            Workshop workshop = Workshop.open(session, options, progress);
            PackageSource source = RepositoryOption.open(workshop.repositories(), definition);
            resolution = source.resolve(ImageBuilder.world(definition, source));
        }
        return switch (resolution) {
            case Resolution.Solved solved -> explain(session, definition, solved, wanted.getValue());
            case Resolution.Unsolvable unsolvable -> {
                Reasons.print(session, unsolvable);
                yield ExitCode.NO;
            }
        };
    }

    private static int explain(Session session, Definition definition, Resolution.Solved solved, String name) {
        List<String> names = new ArrayList<>();
        for (ResolvedPackage each : solved.packages()) {
            names.add(each.name());
            if (each.name().equals(name)) {
                PrintStream out = session.console().out();
                explain(out, solved.edges(), each);
                ImageBuilder.reasonToOmit(definition, solved, name)
                        .ifPresent(
                                reason -> out.println("left out of the runtime image, unless the program of a package"
                                        + " that stays needs it: " + reason));
                return ExitCode.DONE;
            }
        }
        String nearest = Text.nearest(name, names);
        session.say("cairn: " + name + " is not among the " + Text.count(names.size(), "package")
                + (nearest == null ? "" : "\ntry: " + nearest));
        return ExitCode.NO;
    }

    private static void explain(PrintStream out, List<Edge> edges, ResolvedPackage target) {
        out.println(target.pin());
        List<Edge> path = shortest(edges, target.name());
        for (Edge edge : path) {
            out.println("  " + (edge.from().equals(Edge.WORLD) ? "the definition asks for " : edge.from() + " needs ")
                    + edge.requirement()
                    + (edge.requirement().startsWith(edge.to()) ? "" : " → " + edge.to()));
        }
        if (path.isEmpty()) {
            out.println("  nothing asks for it by name: it comes with the others");
        }
        Set<String> others = new TreeSet<>();
        for (Edge edge : edges) {
            if (edge.to().equals(target.name()) && !edge.from().equals(Edge.WORLD)) {
                others.add(edge.from());
            }
        }
        if (others.size() > 1) {
            out.println("needed by " + String.join(", ", others));
        }
    }

    /// The shortest way from the definition to the package; empty when there is none.
    static List<Edge> shortest(List<Edge> edges, String target) {
        Map<String, List<Edge>> outgoing = new HashMap<>();
        for (Edge edge : edges) {
            outgoing.computeIfAbsent(edge.from(), from -> new ArrayList<>()).add(edge);
        }
        Map<String, Edge> reachedBy = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(Edge.WORLD));
        while (!open.isEmpty() && !reachedBy.containsKey(target)) {
            for (Edge edge : outgoing.getOrDefault(open.remove(), List.of())) {
                if (reachedBy.putIfAbsent(edge.to(), edge) == null) {
                    open.add(edge.to());
                }
            }
        }
        List<Edge> path = new ArrayList<>();
        @Nullable Edge step = reachedBy.get(target);
        while (step != null) {
            path.addFirst(step);
            step = step.from().equals(Edge.WORLD) ? null : Objects.requireNonNull(reachedBy.get(step.from()));
        }
        return path;
    }
}
