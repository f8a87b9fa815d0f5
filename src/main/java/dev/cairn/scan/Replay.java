package dev.cairn.scan;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The history of an image, replayed with the facts that are known today: curves of different times are comparable.
public final class Replay {
    private final Simulation simulation;
    private final Matcher matcher;

    /// A replay on this matcher's database.
    public Replay(Matcher matcher) {
        this.matcher = matcher;
        this.simulation = new Simulation(matcher);
    }

    /// What a history shows.
    ///
    /// @param trend fixable findings by day
    /// @param daysToPatch for each finding that an upgrade removed, the days from the fix to the image without it
    /// @param open findings that are still there, by how many days they have been fixable
    /// @param forced rollouts that removed at least one finding, by quarter
    /// @param undated findings without a day, which are left out
    public record Result(
            Trend trend, List<Long> daysToPatch, List<Long> open, SortedMap<String, Integer> forced, int undated) {
        /// The value below which this share of the patched findings lies; -1 where there is none.
        public long percentile(double share) {
            List<Long> sorted = daysToPatch.stream().sorted().toList();
            return sorted.isEmpty()
                    ? -1
                    : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * (sorted.size() - 1))));
        }
    }

    /// Replays the rollouts of one image up to a day.
    public Result replay(History history, String image, List<History.Entry> rollouts, LocalDate end)
            throws IOException {
        List<Trend.Point> points = new ArrayList<>();
        List<Long> patched = new ArrayList<>();
        SortedMap<String, Integer> forced = new TreeMap<>();
        Map<String, LocalDate> before = Map.of();
        int[] undated = new int[1];
        for (int i = 0; i < rollouts.size(); i++) {
            LocalDate start = day(rollouts.get(i));
            LocalDate stop = i + 1 < rollouts.size() ? day(rollouts.get(i + 1)) : end.plusDays(1);
            undated[0] = 0;
            Map<String, LocalDate> findings = findings(history, rollouts.get(i), undated);
            curve(findings, start, stop, points);
            int removed = patched(before, findings, start, patched);
            if (removed > 0) {
                forced.merge(Trend.quarter(start), 1, Integer::sum);
            }
            before = findings;
        }
        List<Long> open = new ArrayList<>();
        before.values().stream()
                .filter(day -> !day.isAfter(end))
                .forEach(day -> open.add(ChronoUnit.DAYS.between(day, end)));
        return new Result(new Trend(image, points), patched, open, forced, undated[0]);
    }

    private static LocalDate day(History.Entry entry) {
        return LocalDate.ofInstant(entry.time(), ZoneOffset.UTC);
    }

    /// A point on the first day, and one on each day on which the number grows.
    private static void curve(
            Map<String, LocalDate> findings, LocalDate start, LocalDate stop, List<Trend.Point> points) {
        Set<LocalDate> days = new HashSet<>(findings.values());
        days.add(start);
        days.stream()
                .filter(day -> !day.isBefore(start) && day.isBefore(stop))
                .sorted()
                .forEach(day -> {
                    int count = (int) findings.values().stream()
                            .filter(d -> !d.isAfter(day))
                            .count();
                    points.add(new Trend.Point(day, count));
                });
    }

    private static int patched(
            Map<String, LocalDate> before, Map<String, LocalDate> after, LocalDate start, List<Long> into) {
        int removed = 0;
        for (Map.Entry<String, LocalDate> finding : before.entrySet()) {
            boolean gone =
                    !after.containsKey(finding.getKey()) && !finding.getValue().isAfter(start);
            if (gone) {
                removed++;
                into.add(ChronoUnit.DAYS.between(finding.getValue(), start));
            }
        }
        return removed;
    }

    /// The findings of a rollout, each with the day on which it became fixable.
    private Map<String, LocalDate> findings(History history, History.Entry entry, int[] undated) throws IOException {
        Map<String, LocalDate> findings = new HashMap<>();
        var sbom = history.packages(entry);
        boolean needed = sbom.components().stream().anyMatch(Unit::isOfDistribution);
        Basis basis = Basis.of(sbom.distribution(), needed, null, matcher.database());
        for (var component : sbom.components()) {
            Unit unit = Unit.of(component, basis);
            if (unit == null || Scanner.isHeaders(component)) {
                continue;
            }
            for (Match match : matcher.match(unit)) {
                @Nullable LocalDate day = match.isFixable() ? simulation.day(match) : null;
                if (day != null) {
                    findings.put(unit.target().ecosystem().id() + "/" + unit.name() + "/" + match.id(), day);
                } else if (match.isFixable()) {
                    undated[0]++;
                }
            }
        }
        return findings;
    }
}
