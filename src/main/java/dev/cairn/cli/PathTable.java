package dev.cairn.cli;

import dev.cairn.path.PathReport;
import dev.cairn.path.StateReport;
import dev.cairn.path.Sum;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

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

    private static List<String> row(StateReport state) {
        Sum sum = Sum.of(state);
        String none = state.images().isEmpty() ? "–" : "not built";
        return List.of(
                state.step().id(),
                Integer.toString(state.changed()),
                Integer.toString(state.refusals()),
                sum.isBuilt() ? Long.toString(sum.packages()) : none,
                sum.isBuilt() ? Text.bytes(sum.size()) : none,
                sum.scanWords(sum.fixable()),
                sum.openWords(),
                sum.scanWords(sum.unknown()),
                sum.scanWords(sum.cveDays()),
                sum.hasWords(sum.shells()),
                sum.hasWords(sum.managers()),
                sum.hasWords(sum.roots()),
                state.smoke() == null ? "not run" : state.smoke().passed() ? "passes" : "fails");
    }
}
