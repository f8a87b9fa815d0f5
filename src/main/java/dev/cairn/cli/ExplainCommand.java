package dev.cairn.cli;

import dev.cairn.advisory.Fact;
import dev.cairn.advisory.Verdict;
import dev.cairn.sbom.Component;
import dev.cairn.scan.Explanation;
import dev.cairn.scan.Matcher;
import dev.cairn.scan.inventory.Inventory;
import java.io.IOException;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn explain`: why an image has a flaw, or why not.
final class ExplainCommand implements Command {
    static final String NAME = "explain";

    private final ScanOptions options = new ScanOptions();
    private final PositionalParamSpec image = Spec.parameter(0, "IMAGE", "As for cairn scan.", true);
    private final PositionalParamSpec flaw = Spec.parameter(1, "ID", "The flaw: CVE-2024-1234, GHSA-…", true);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Explain why an image has a flaw, or why not: the fact, the versions compared, the layer and the path.",
                "cairn explain redis.oci CVE-2024-46981");
        return options.addInputsTo(spec).addPositional(image).addPositional(flaw);
    }

    @Override
    public int run(Session session) throws IOException {
        String name = image.getValue();
        String id = flaw.getValue();
        Matcher matcher = options.matcher(session);
        Inventory.Found found = options.read(session, name);
        Explanation explanation = Explanation.of(id, found.sbom(), options.branch(), matcher);
        PrintStream out = session.console().out();
        boolean affected = false;
        for (Explanation.Case each : explanation.cases()) {
            affected |= each.verdict() instanceof Verdict.Affected;
            print(session.console(), each);
        }
        if (explanation.cases().isEmpty()) {
            out.println("no fact in the database names " + id + " and one of the "
                    + Text.count(found.sbom().components().size(), "package") + " of " + name);
        }
        return affected ? ExitCode.DONE : ExitCode.NO;
    }

    private static void print(Console console, Explanation.Case each) {
        PrintStream out = console.out();
        boolean bad = each.verdict() instanceof Verdict.Affected;
        String verdict =
                console.styled(bad ? Console.Style.RED : Console.Style.GREEN, bad ? "affected" : "not affected");
        out.println(console.styled(Console.Style.BOLD, each.packageName() + " " + each.version()) + ": " + verdict);
        switch (each.verdict()) {
            case Verdict.Affected a -> {
                out.println("  rule      " + each.version() + " is in " + a.because());
                out.println("  fix       " + (a.fixedIn().isEmpty() ? "none is named" : a.fixedIn()));
            }
            case Verdict.NotAffected n -> out.println("  rule      " + n.because());
        }
        out.println("  fact      " + each.feed().id() + " about " + each.target() + ": "
                + each.fact().id() + aliases(each.fact().aliases()) + published(each));
        if (!each.fact().note().isEmpty()) {
            out.println("  says      " + each.fact().note());
        }
        for (Component component : each.components()) {
            String place = component.locations().isEmpty()
                    ? ""
                    : component.locations().getFirst().path();
            String layer = component.locations().isEmpty()
                    ? ""
                    : component.locations().getFirst().layer();
            String owner = component.properties().getOrDefault("cairn:owner", "");
            out.println("  package   " + component.fullName() + " " + component.version()
                    + (place.isEmpty() ? "" : "  " + place) + (layer.isEmpty() ? "" : "  layer " + layer)
                    + (owner.isEmpty() ? "" : "  belongs to " + owner + ", whose facts cover it"));
        }
    }

    private static String aliases(List<String> aliases) {
        return aliases.isEmpty() ? "" : " (" + String.join(", ", aliases) + ")";
    }

    private static String published(Explanation.Case each) {
        int day = each.fact().published();
        return day == Fact.NO_DAY ? "" : ", " + LocalDate.ofEpochDay(day);
    }
}
