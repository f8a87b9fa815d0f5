package dev.cairn.migrate;

import java.util.ArrayList;
import java.util.List;

/// The difference of two texts as `diff -u` and `git diff` print it, with three lines of context. Bytes are kept.
public final class UnifiedDiff {
    private static final int CONTEXT = 3;
    /// Above this many changed lines the smallest difference is not searched for: all of the middle changes.
    private static final int MOST_CHANGES = 3_000;

    private final List<String> before;
    private final List<String> after;

    private UnifiedDiff(SourceText before, SourceText after) {
        this.before = lines(before.chars());
        this.after = lines(after.chars());
    }

    /// The difference, one char per byte; empty where there is none.
    ///
    /// @param path the file, as the header names it behind `a/` and `b/`
    public static String of(String path, SourceText before, SourceText after) {
        if (before.chars().equals(after.chars())) {
            return "";
        }
        String name = SourceText.chars(path);
        return "--- a/" + name + "\n+++ b/" + name + "\n" + new UnifiedDiff(before, after).hunks();
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline + 1;
            lines.add(text.substring(start, end));
            start = end;
        }
        return lines;
    }

    /// One step from top left to bottom right: a line that goes, comes or stays.
    private record Step(char kind, int before, int after) {}

    private String hunks() {
        List<Step> steps = steps();
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < steps.size()) {
            if (steps.get(i).kind == ' ') {
                i++;
                continue;
            }
            int from = Math.max(0, i - CONTEXT);
            int last = i;
            for (int j = i; j < steps.size() && j - last <= 2 * CONTEXT; j++) {
                last = steps.get(j).kind == ' ' ? last : j;
            }
            int to = Math.min(steps.size(), last + CONTEXT + 1);
            hunk(steps.subList(from, to), out);
            i = to;
        }
        return out.toString();
    }

    private void hunk(List<Step> steps, StringBuilder out) {
        int removed = 0;
        int added = 0;
        for (Step step : steps) {
            removed += step.kind == '+' ? 0 : 1;
            added += step.kind == '-' ? 0 : 1;
        }
        Step first = steps.getFirst();
        out.append("@@ -").append(span(first.before, removed));
        out.append(" +").append(span(first.after, added)).append(" @@\n");
        for (Step step : steps) {
            String line = step.kind == '+' ? after.get(step.after) : before.get(step.before);
            out.append(step.kind).append(line);
            if (!line.endsWith("\n")) {
                out.append("\n\\ No newline at end of file\n");
            }
        }
    }

    private static String span(int start, int count) {
        int shown = count == 0 ? start : start + 1;
        return count == 1 ? Integer.toString(shown) : shown + "," + count;
    }

    private List<Step> steps() {
        int prefix = 0;
        while (prefix < Math.min(before.size(), after.size())
                && before.get(prefix).equals(after.get(prefix))) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < Math.min(before.size(), after.size()) - prefix
                && before.get(before.size() - 1 - suffix).equals(after.get(after.size() - 1 - suffix))) {
            suffix++;
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < prefix; i++) {
            steps.add(new Step(' ', i, i));
        }
        steps.addAll(middle(prefix, before.size() - suffix, after.size() - suffix));
        for (int i = suffix; i > 0; i--) {
            steps.add(new Step(' ', before.size() - i, after.size() - i));
        }
        return steps;
    }

    /// E. Myers, "An O(ND) Difference Algorithm" (1986), forward only, with the trace kept.
    private List<Step> middle(int start, int beforeEnd, int afterEnd) {
        int n = beforeEnd - start;
        int m = afterEnd - start;
        int most = Math.min(n + m, MOST_CHANGES);
        int[] reach = new int[2 * most + 3];
        List<int[]> trace = new ArrayList<>();
        for (int d = 0; d <= most; d++) {
            trace.add(java.util.Arrays.copyOfRange(reach, most - d, most + d + 3));
            for (int k = -d; k <= d; k += 2) {
                int at = most + 1 + k;
                boolean down = k == -d || (k != d && reach[at - 1] < reach[at + 1]);
                int x = down ? reach[at + 1] : reach[at - 1] + 1;
                while (x < n && x - k < m && before.get(start + x).equals(after.get(start + x - k))) {
                    x++;
                }
                reach[at] = x;
                if (x >= n && x - k >= m) {
                    return walk(trace, start, n, m);
                }
            }
        }
        return replaced(start, beforeEnd, afterEnd);
    }

    private static List<Step> walk(List<int[]> trace, int start, int n, int m) {
        List<Step> back = new ArrayList<>();
        int x = n;
        int y = m;
        for (int d = trace.size() - 1; d >= 0; d--) {
            // reach[most + 1 + k] of that round is at d + 1 + k in the part that was kept
            int[] reach = trace.get(d);
            int k = x - y;
            boolean down = k == -d || (k != d && reach[d + k] < reach[d + k + 2]);
            int previousX = down ? reach[d + k + 2] : reach[d + k];
            int previousY = previousX - (down ? k + 1 : k - 1);
            while (x > Math.max(previousX, 0) && y > Math.max(previousY, 0)) {
                back.add(new Step(' ', start + --x, start + --y));
            }
            if (d > 0) {
                back.add(down ? new Step('+', start + x, start + --y) : new Step('-', start + --x, start + y));
            }
        }
        return back.reversed();
    }

    private static List<Step> replaced(int start, int beforeEnd, int afterEnd) {
        List<Step> steps = new ArrayList<>();
        for (int i = start; i < beforeEnd; i++) {
            steps.add(new Step('-', i, start));
        }
        for (int i = start; i < afterEnd; i++) {
            steps.add(new Step('+', beforeEnd, i));
        }
        return steps;
    }
}
