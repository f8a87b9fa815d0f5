package dev.cairn.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Compares what two images did. Without a smoke script the output is all that tells whether a program worked, so that
/// other words count as a defect; with one that passed, they are for a person to look at.
final class ConductRows {
    private static final int SHOWN = 60;

    private ConductRows() {}

    static List<Row> of(Conduct before, Conduct after) {
        List<Row> rows = new ArrayList<>();
        rows.add(row("end", before.ending(), after.ending(), Verdict.BROKEN, "the program ends in another way"));
        rows.add(row("ports", ports(before.ports()), ports(after.ports()), Verdict.BROKEN, "it listens elsewhere"));
        Conduct.Smoke was = before.smoke();
        Conduct.Smoke is = after.smoke();
        boolean passed = false;
        if (was != null || is != null) {
            passed = is != null && is.exit() == 0;
            rows.add(smoke(was, is));
        }
        rows.add(output(before, after, passed));
        return rows;
    }

    private static Row smoke(Conduct.@Nullable Smoke was, Conduct.@Nullable Smoke is) {
        String old = was == null ? "not run" : "exit code " + was.exit();
        String now = is == null ? "not run" : "exit code " + is.exit();
        if (was != null && was.exit() != 0) {
            return new Row(
                    "smoke script", old, now, Verdict.LOOK, "it fails before the migration: " + last(was.output()));
        }
        if (was == null && is != null && is.exit() == 0) {
            return new Row("smoke script", old, now, Verdict.LOOK, "the program had ended before the migration");
        }
        boolean fine = is != null && is.exit() == 0;
        String why = fine ? "" : is == null ? "the program ended before" : last(is.output());
        return new Row("smoke script", old, now, fine ? Verdict.SAME : Verdict.BROKEN, why);
    }

    private static Row output(Conduct before, Conduct after, boolean passed) {
        List<String> was = OutputLines.of(before.output());
        List<String> is = OutputLines.of(after.output());
        String old = lines(was);
        String now = lines(is);
        if (Objects.equals(was, is)) {
            return new Row("output", old, now, Verdict.SAME, "");
        }
        List<String> come = new ArrayList<>(is);
        come.removeAll(was);
        List<String> gone = new ArrayList<>(was);
        gone.removeAll(is);
        if (come.isEmpty() && gone.isEmpty()) {
            return new Row("output", old, now, Verdict.SAME, "the same lines in another order");
        }
        String why = (gone.isEmpty() ? "" : "gone: " + brief(gone.getFirst()))
                + (gone.isEmpty() || come.isEmpty() ? "" : "; ")
                + (come.isEmpty() ? "" : "new: " + brief(come.getFirst()));
        return new Row("output", old, now, passed ? Verdict.LOOK : Verdict.BROKEN, why);
    }

    private static Row row(String name, String before, String after, Verdict otherwise, String why) {
        boolean same = before.equals(after);
        return new Row(name, before, after, same ? Verdict.SAME : otherwise, same ? "" : why);
    }

    private static String ports(SortedSet<Integer> ports) {
        return ports.isEmpty()
                ? "none"
                : String.join(" ", ports.stream().map(String::valueOf).toList());
    }

    private static String lines(List<String> lines) {
        return lines.size() == 1 ? "1 line" : lines.size() + " lines";
    }

    private static String last(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "it printed nothing" : brief(lines.getLast());
    }

    private static String brief(String line) {
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
