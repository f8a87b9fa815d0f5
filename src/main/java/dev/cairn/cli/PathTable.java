package dev.cairn.cli;

import dev.cairn.path.ImageFacts;
import dev.cairn.path.ImageReport;
import dev.cairn.path.PathReport;
import dev.cairn.path.StateReport;
import dev.cairn.scan.StepEvidence;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The path as a table: a row for each step, all images together.
final class PathTable {
    private static final List<String> HEADS = List.of(
            "step",
            "files",
            "refused",
            "packages",
            "size",
            "fixable",
            "open",
            "unknown",
            "CVE-days",
            "shell",
            "manager",
            "root",
            "smoke test");

    private final PathReport report;

    PathTable(PathReport report) {
        this.report = report;
    }

    void print(Console console) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADS);
        report.states().forEach(state -> rows.add(row(state)));
        int[] widths = new int[HEADS.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        PrintStream out = console.out();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(r).get(i);
                int gap = widths[i] - cell.length();
                line.append(i == 0 ? cell + " ".repeat(gap) : "  " + " ".repeat(gap) + cell);
            }
            out.println(r == 0 ? console.styled(Console.Style.BOLD, line.toString()) : line.toString());
        }
        report.leftOut().forEach(each -> out.println("left out: " + each));
    }

    static List<String> row(StateReport state) {
        List<ImageFacts> facts = state.images().stream()
                .map(ImageReport::facts)
                .filter(Objects::nonNull)
                .toList();
        List<StepEvidence> evidence = state.images().stream()
                .map(ImageReport::evidence)
                .filter(Objects::nonNull)
                .toList();
        boolean whole =
                !state.images().isEmpty() && facts.size() == state.images().size();
        boolean scanned = whole && evidence.size() == facts.size();
        String none = state.images().isEmpty() ? "–" : "not built";
        String unscanned = whole ? "not scanned" : none;
        return List.of(
                state.step().id(),
                Integer.toString(state.changed()),
                Integer.toString(state.refusals()),
                whole
                        ? Long.toString(
                                facts.stream().mapToLong(ImageFacts::packages).sum())
                        : none,
                whole ? Text.bytes(facts.stream().mapToLong(ImageFacts::size).sum()) : none,
                scanned
                        ? Long.toString(evidence.stream()
                                .mapToLong(each -> each.totals().fixable())
                                .sum())
                        : unscanned,
                scanned ? open(evidence) : unscanned,
                scanned
                        ? Long.toString(evidence.stream()
                                .mapToLong(each -> each.totals().unknown())
                                .sum())
                        : unscanned,
                scanned
                        ? Long.toString(evidence.stream()
                                .mapToLong(StepEvidence::cveDays)
                                .sum())
                        : unscanned,
                whole
                        ? of(
                                facts.stream()
                                        .filter(each -> !each.shells().isEmpty())
                                        .count(),
                                facts.size())
                        : none,
                whole
                        ? of(
                                facts.stream()
                                        .filter(each -> !each.managers().isEmpty())
                                        .count(),
                                facts.size())
                        : none,
                whole ? of(facts.stream().filter(ImageFacts::root).count(), facts.size()) : none,
                state.smoke() == null ? "not run" : state.smoke().passed() ? "passes" : "fails");
    }

    private static String open(List<StepEvidence> evidence) {
        boolean known = evidence.stream().allMatch(each -> each.totals().knowsOpen());
        long open = evidence.stream().mapToLong(each -> each.totals().open()).sum();
        return known || open > 0 ? Long.toString(open) : "unknown";
    }

    private static String of(long some, int all) {
        return some == 0 ? "gone" : some + " of " + all;
    }
}
