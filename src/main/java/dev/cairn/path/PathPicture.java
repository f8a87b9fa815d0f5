package dev.cairn.path;

import dev.cairn.scan.report.Html;
import java.util.List;

/// The path as inline SVG: a box for each state with its numbers, bars for size and fixable findings, arrows between.
final class PathPicture {
    private static final int BOX = 196;
    private static final int GAP = 34;
    private static final int HEIGHT = 262;
    private static final int BAR = BOX - 28;

    private final StringBuilder out = new StringBuilder(1 << 14);

    static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    String draw(List<StateReport> states) {
        int width = states.size() * (BOX + GAP) - GAP + 4;
        long largest = 1;
        long most = 1;
        for (StateReport each : states) {
            largest = Math.max(largest, Sum.of(each).size());
            most = Math.max(most, Sum.of(each).fixable());
        }
        out.append("<svg role=\"img\" viewBox=\"0 0 ").append(width).append(' ').append(HEIGHT + 8);
        out.append("\" aria-label=\"The steps of the path\">");
        for (int i = 0; i < states.size(); i++) {
            int x = 2 + i * (BOX + GAP);
            if (i > 0) {
                int y = HEIGHT / 2;
                out.append("<path class=\"arrow\" d=\"M")
                        .append(x - GAP + 4)
                        .append(' ')
                        .append(y)
                        .append('H')
                        .append(x - 4);
                out.append("m-7 -5l7 5l-7 5\"/>");
            }
            box(states.get(i), x, largest, most);
        }
        return out.append("</svg>").toString();
    }

    private void box(StateReport state, int x, long largest, long most) {
        Sum sum = Sum.of(state);
        out.append("<rect class=\"box\" x=\"")
                .append(x)
                .append("\" y=\"2\" width=\"")
                .append(BOX)
                .append("\" height=\"")
                .append(HEIGHT);
        out.append("\" rx=\"10\"/>");
        int left = x + 14;
        text(left, 28, "head", state.step().id());
        String files = state.step() == PathStep.TODAY
                ? "as it is"
                : counted(state.changed(), "file") + ", " + state.step().contention() + " contention";
        text(left, 46, "dim", files);
        text(
                left,
                74,
                "label",
                sum.isBuilt() ? megabytes(sum.size()) + ", " + sum.packages() + " packages" : "not built");
        bar(left, 80, sum.isBuilt() ? sum.size() : 0, largest, "package");
        text(
                left,
                112,
                "label",
                sum.isScanned() ? sum.fixable() + " fixable findings" : sum.isBuilt() ? "not scanned" : "–");
        bar(left, 118, Math.max(0, sum.fixable()), most, "high");
        text(left, 150, "label", sum.isScanned() ? sum.cveDays() + " CVE-days in a year" : "CVE-days not known");
        has(left, 176, "shell", sum, sum.shells());
        has(left, 196, "package manager", sum, sum.managers());
        has(left, 216, "root", sum, sum.roots());
        SmokeReport smoke = state.smoke();
        String tested =
                smoke == null ? "smoke test not run" : smoke.passed() ? "smoke test passes" : "smoke test fails";
        text(left, 246, smoke == null ? "dim" : smoke.passed() ? "goodtext" : "badtext", tested);
    }

    private void has(int x, int y, String what, Sum sum, long some) {
        String words = !sum.isBuilt() ? what + ": –" : some == 0 ? "no " + what : what + " in " + sum.hasWords(some);
        text(x, y, !sum.isBuilt() ? "dim" : some == 0 ? "goodtext" : "label", words);
    }

    private void bar(int x, int y, long value, long most, String css) {
        out.append("<rect class=\"")
                .append(css)
                .append(" faint\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y);
        out.append("\" width=\"").append(BAR).append("\" height=\"7\" rx=\"3\" style=\"fill-opacity:.14\"/>");
        long width = value <= 0 ? 0 : Math.max(2, value * BAR / most);
        out.append("<rect class=\"")
                .append(css)
                .append("\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y);
        out.append("\" width=\"").append(width).append("\" height=\"7\" rx=\"3\"/>");
    }

    private void text(int x, int y, String css, String words) {
        out.append("<text class=\"")
                .append(css)
                .append("\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\">");
        Html.escape(out, words);
        out.append("</text>");
    }

    /// A size in whole megabytes, or with a decimal below ten.
    static String megabytes(long bytes) {
        long tenths = (bytes + 50_000) / 100_000;
        return tenths >= 100 ? (tenths + 5) / 10 + " MB" : tenths / 10 + "." + tenths % 10 + " MB";
    }
}
