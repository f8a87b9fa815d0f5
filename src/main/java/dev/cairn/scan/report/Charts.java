package dev.cairn.scan.report;

import dev.cairn.scan.Trend;
import java.time.LocalDate;
import java.util.List;

/// Charts as inline SVG, coloured by the page's style sheet, so that they follow its light and dark themes. Every mark
/// has a title for pointers and screen readers.
final class Charts {
    private static final int WIDTH = 640;

    /// One bar: what can be fixed and what cannot, stacked.
    ///
    /// @param css the class that colours it
    record Bar(String label, int fixable, int open, String css) {}

    private Charts() {}

    /// Horizontal bars with their numbers at the end.
    static void bars(Html html, String title, List<Bar> bars) {
        int most = Math.max(
                1, bars.stream().mapToInt(b -> b.fixable + b.open).max().orElse(1));
        int labels = 150;
        int room = WIDTH - labels - 70;
        int height = bars.size() * 26 + 6;
        open(html, title, WIDTH, height);
        int y = 4;
        for (Bar bar : bars) {
            int fix = width(bar.fixable, most, room);
            int rest = width(bar.open, most, room);
            html.raw("<text class=\"label\" x=\"" + (labels - 8) + "\" y=\"" + (y + 14) + "\" text-anchor=\"end\">")
                    .text(shortened(bar.label, 22))
                    .raw("</text>");
            rect(html, labels, y, fix, 18, bar.css, bar.label + ": " + bar.fixable + " fixable");
            rect(
                    html,
                    labels + fix + (fix > 0 ? 1 : 0),
                    y,
                    rest,
                    18,
                    bar.css + " faint",
                    bar.label + ": " + bar.open + " without a fix");
            html.raw("<text class=\"value\" x=\"" + (labels + fix + rest + 8) + "\" y=\"" + (y + 14) + "\">")
                    .text(bar.fixable + bar.open)
                    .raw("</text>");
            y += 26;
        }
        html.raw("</svg>");
    }

    private static int width(int value, int most, int room) {
        return value == 0 ? 0 : Math.max(2, (int) ((long) value * room / most));
    }

    private static void rect(Html html, int x, int y, int width, int height, String css, String title) {
        if (width > 0) {
            html.raw("<rect class=\"" + css + "\" x=\"" + x + "\" y=\"" + y + "\" width=\"" + width + "\" height=\""
                            + height + "\" rx=\"2\"><title>")
                    .text(title)
                    .raw("</title></rect>");
        }
    }

    private static void open(Html html, String title, int width, int height) {
        html.raw("<svg role=\"img\" viewBox=\"0 0 " + width + " " + height + "\" aria-label=\"")
                .text(title)
                .raw("\">");
    }

    static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }

    /// Step lines over time, one for each trend.
    static void lines(Html html, String title, List<Trend> trends) {
        LocalDate from = trends.stream()
                .filter(t -> !t.points().isEmpty())
                .map(t -> t.points().getFirst().day())
                .min(LocalDate::compareTo)
                .orElse(LocalDate.EPOCH);
        LocalDate to = trends.stream()
                .filter(t -> !t.points().isEmpty())
                .map(t -> t.points().getLast().day())
                .max(LocalDate::compareTo)
                .orElse(LocalDate.EPOCH);
        long days = Math.max(1, to.toEpochDay() - from.toEpochDay());
        int most = nice(trends.stream().mapToInt(Trend::peak).max().orElse(1));
        int left = 44;
        int bottom = 230;
        int room = WIDTH - left - 16;
        open(html, title, WIDTH, bottom + 34);
        for (int i = 0; i <= 4; i++) {
            int y = bottom - i * 50;
            html.raw("<line class=\"grid\" x1=\"" + left + "\" x2=\"" + (WIDTH - 16) + "\" y1=\"" + y + "\" y2=\"" + y
                    + "\"/>");
            html.raw("<text class=\"tick\" x=\"" + (left - 6) + "\" y=\"" + (y + 4) + "\" text-anchor=\"end\">")
                    .text((long) most * i / 4)
                    .raw("</text>");
        }
        for (int i = 0; i <= 4; i++) {
            LocalDate day = from.plusDays(days * i / 4);
            String anchor = i == 0 ? "start" : i == 4 ? "end" : "middle";
            html.raw("<text class=\"tick\" x=\"" + (left + room * i / 4) + "\" y=\"" + (bottom + 20)
                            + "\" text-anchor=\"" + anchor + "\">")
                    .text(day.toString())
                    .raw("</text>");
        }
        for (int i = 0; i < trends.size(); i++) {
            line(html, trends.get(i), new Frame(from, days, most, left, bottom, room), i);
        }
        html.raw("</svg>");
        legend(html, trends);
    }

    private record Frame(LocalDate from, long days, int most, int left, int bottom, int room) {
        long x(LocalDate day) {
            return left + room * (day.toEpochDay() - from.toEpochDay()) / days;
        }

        long y(int value) {
            return bottom - 200L * value / most;
        }
    }

    private static void line(Html html, Trend trend, Frame frame, int number) {
        StringBuilder path = new StringBuilder();
        for (Trend.Point point : trend.points()) {
            if (path.isEmpty()) {
                path.append('M').append(frame.x(point.day())).append(' ').append(frame.y(point.fixable()));
            } else {
                path.append('H').append(frame.x(point.day())).append('V').append(frame.y(point.fixable()));
            }
        }
        html.raw("<path class=\"line s" + number % 4 + "\" d=\"" + path + "\"><title>")
                .text(trend.name())
                .raw("</title></path>");
    }

    private static void legend(Html html, List<Trend> trends) {
        html.raw("<p class=\"legend\">");
        for (int i = 0; i < trends.size(); i++) {
            html.raw("<span class=\"key k" + i % 4 + "\"></span>")
                    .text(trends.get(i).name() + " ");
        }
        html.raw("</p>");
    }

    /// The next number that divides well by four.
    private static int nice(int value) {
        int step = 4;
        while (step < value) {
            step += step < 20 ? 4 : step < 100 ? 20 : step < 400 ? 40 : 200;
        }
        return step;
    }
}
