package dev.cairn.scan;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many fixable findings something had over time.
///
/// @param name whose curve it is
/// @param points by day, the earliest first; a value holds until the next point
public record Trend(String name, List<Point> points) {
    /// A value from a day on.
    public record Point(LocalDate day, int fixable) {}

    public Trend {
        points = List.copyOf(points);
    }

    /// CVE-days: the area under the curve, from its first point up to and without `end`.
    public long cveDays(LocalDate end) {
        long sum = 0;
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            LocalDate next = i + 1 < points.size() ? points.get(i + 1).day : end;
            LocalDate stop = next.isAfter(end) ? end : next;
            sum += point.fixable * Math.max(0, ChronoUnit.DAYS.between(point.day, stop));
        }
        return sum;
    }

    /// CVE-days by quarter, `2026-Q3`.
    public SortedMap<String, Long> cveDaysByQuarter(LocalDate end) {
        SortedMap<String, Long> quarters = new TreeMap<>();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            LocalDate next = i + 1 < points.size() ? points.get(i + 1).day : end;
            LocalDate stop = next.isAfter(end) ? end : next;
            for (LocalDate from = point.day; from.isBefore(stop); ) {
                LocalDate quarterEnd = quarterStart(from).plusMonths(3);
                LocalDate to = quarterEnd.isBefore(stop) ? quarterEnd : stop;
                quarters.merge(quarter(from), point.fixable * ChronoUnit.DAYS.between(from, to), Long::sum);
                from = to;
            }
        }
        return quarters;
    }

    private static LocalDate quarterStart(LocalDate day) {
        return day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
    }

    static String quarter(LocalDate day) {
        return day.getYear() + "-Q" + ((day.getMonthValue() - 1) / 3 + 1);
    }

    /// The largest value.
    public int peak() {
        return points.stream().mapToInt(Point::fixable).max().orElse(0);
    }

    /// The last value; 0 where there is none.
    public int last() {
        return points.isEmpty() ? 0 : points.getLast().fixable;
    }

    /// The first value; 0 where there is none.
    public int first() {
        return points.isEmpty() ? 0 : points.getFirst().fixable;
    }
}
