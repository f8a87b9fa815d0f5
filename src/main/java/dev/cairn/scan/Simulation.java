package dev.cairn.scan;

import dev.cairn.advisory.Fact;
import dev.cairn.advisory.Score;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.Sbom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How a set of packages that nobody upgrades would have aged: on each day, the findings whose fix was known by then.
/// The day of a finding is the one on which its source published the fix, else the one on which the CVE was published;
/// findings of which neither is known are left out and counted.
public final class Simulation {
    private final Matcher matcher;

    /// A simulation on this matcher's database.
    public Simulation(Matcher matcher) {
        this.matcher = matcher;
    }

    /// A curve, and how many findings had no day.
    public record Aged(Trend trend, int undated) {}

    /// The curve from day to day, one point every `step` days and one on the last day.
    public Aged age(Sbom sbom, @Nullable String branch, String name, LocalDate from, LocalDate to, int step) {
        int[] undated = new int[1];
        List<LocalDate> days = days(sbom, branch, undated);
        List<Trend.Point> points = new ArrayList<>();
        for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(step)) {
            points.add(point(days, day));
        }
        if (points.isEmpty() || points.getLast().day().isBefore(to)) {
            points.add(point(days, to));
        }
        return new Aged(new Trend(name, points), undated[0]);
    }

    /// The curve of the findings of a scan that count and have a fix, with a point for each day on which it rises.
    Aged age(ScanResult result, String name, LocalDate from, LocalDate to) {
        int undated = 0;
        SortedMap<LocalDate, Integer> rises = new TreeMap<>();
        rises.put(from, 0);
        for (Finding finding : result.counted()) {
            LocalDate day = finding.isFixable() ? day(finding.match()) : null;
            if (day != null && day.isBefore(to)) {
                rises.merge(day.isBefore(from) ? from : day, 1, Integer::sum);
            } else if (day == null && finding.isFixable()) {
                undated++;
            }
        }
        List<Trend.Point> points = new ArrayList<>();
        int[] sum = new int[1];
        rises.forEach((day, more) -> points.add(new Trend.Point(day, sum[0] += more)));
        return new Aged(new Trend(name, points), undated);
    }

    private static Trend.Point point(List<LocalDate> days, LocalDate day) {
        return new Trend.Point(
                day, (int) days.stream().filter(d -> !d.isAfter(day)).count());
    }

    /// The days on which the findings of a set of packages became fixable.
    List<LocalDate> days(Sbom sbom, @Nullable String branch, int[] undated) {
        boolean needed = sbom.components().stream().anyMatch(Unit::isOfDistribution);
        Basis basis = Basis.of(sbom.distribution(), needed, branch, matcher.database());
        Set<String> seen = new HashSet<>();
        List<LocalDate> days = new ArrayList<>();
        for (Component component : sbom.components()) {
            Unit unit = Unit.of(component, basis);
            if (unit == null
                    || Scanner.isHeaders(component)
                    || component.properties().containsKey(Scanner.OWNER)) {
                continue;
            }
            for (Match match : matcher.match(unit)) {
                if (match.isFixable() && seen.add(unit.target() + "/" + unit.name() + "/" + match.id())) {
                    LocalDate day = day(match);
                    if (day == null) {
                        undated[0]++;
                    } else {
                        days.add(day);
                    }
                }
            }
        }
        return days;
    }

    @Nullable
    LocalDate day(Match match) {
        if (match.fact().published() != Fact.NO_DAY) {
            return LocalDate.ofEpochDay(match.fact().published());
        }
        Score score = matcher.database().score(match.id());
        return score.published() == Fact.NO_DAY ? null : LocalDate.ofEpochDay(score.published());
    }
}
