package dev.cairn.scan;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.Ecosystem;
import dev.cairn.advisory.Fact;
import dev.cairn.advisory.FeedKind;
import dev.cairn.advisory.Part;
import dev.cairn.advisory.Range;
import dev.cairn.advisory.Target;
import dev.cairn.advisory.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Holds package versions against facts. Each distinct version is matched once, however many images have it; safe for
/// many threads.
///
/// The rules, in the order in which they are applied to what the sources say of one flaw (one set of ids):
///
/// 1. the kind of feed with the lowest rank is believed: a tracker before changelogs;
/// 2. "never affected" from it ends the matter;
/// 3. a claim without an upper bound counts only where no source names a fix;
/// 4. what is left and has the version in its range makes the finding; the highest fix is the one that is named.
public final class Matcher {
    private final AdvisoryDatabase database;
    private final Map<Unit, List<Match>> known = new ConcurrentHashMap<>();

    /// A matcher on this database.
    public Matcher(AdvisoryDatabase database) {
        this.database = database;
    }

    AdvisoryDatabase database() {
        return database;
    }

    /// How many distinct versions have been matched so far.
    public int distinct() {
        return known.size();
    }

    /// One source's word on one flaw, and what it means for the version.
    record Judged(Fact fact, FeedKind feed, Verdict verdict) {}

    /// The flaws that this version has, by id.
    List<Match> match(Unit unit) {
        List<Match> matches = known.get(unit);
        if (matches == null) {
            matches = compute(unit);
            known.put(unit, matches);
        }
        return matches;
    }

    private List<Match> compute(Unit unit) {
        Set<String> ids = new HashSet<>();
        for (Part part : database.parts(unit.target())) {
            part.flaws(unit.name(), unit.version(), ids);
        }
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Match> matches = new ArrayList<>(ids.size());
        for (List<Judged> flaw : flaws(unit, ids)) {
            Match match = decide(flaw, unit.target().ecosystem());
            if (match != null) {
                matches.add(match);
            }
        }
        matches.sort(Comparator.comparing(Match::id));
        return List.copyOf(matches);
    }

    /// All that the sources say of these flaws, and of whatever they call by one of the same names.
    private Collection<List<Judged>> flaws(Unit unit, Set<String> ids) {
        Flaws flaws;
        int before;
        do {
            before = ids.size();
            flaws = new Flaws();
            for (Part part : database.parts(unit.target())) {
                for (Fact fact : part.find(unit.name(), ids)) {
                    flaws.add(judged(unit, part, fact));
                    ids.addAll(fact.aliases());
                    ids.add(fact.id());
                }
            }
        } while (ids.size() > before);
        return flaws.all();
    }

    /// All that the sources say of this package, one list for each flaw.
    Collection<List<Judged>> flaws(Unit unit) {
        Flaws flaws = new Flaws();
        for (Part part : database.parts(unit.target())) {
            for (Fact fact : part.find(unit.name())) {
                flaws.add(judged(unit, part, fact));
            }
        }
        return flaws.all();
    }

    private static Judged judged(Unit unit, Part part, Fact fact) {
        return new Judged(fact, part.kind(), fact.judge(unit.target().ecosystem(), unit.version()));
    }

    static @Nullable Match decide(List<Judged> flaw, Ecosystem ecosystem) {
        List<Judged> believed = believed(flaw);
        boolean bounded = false;
        for (Judged each : believed) {
            if (each.fact.status() == Fact.Status.NOT_AFFECTED) {
                return null;
            }
            bounded |= namesFix(each.fact);
        }
        Judged best = null;
        String fix = "";
        for (Judged each : believed) {
            if (each.verdict instanceof Verdict.Affected affected && (!bounded || namesFix(each.fact))) {
                boolean later = best == null || ecosystem.order().compare(affected.fixedIn(), fix) > 0;
                if (later) {
                    best = each;
                    fix = affected.fixedIn();
                }
            }
        }
        return best == null ? null : match(flaw, best, fix);
    }

    /// What the kind of feed with the lowest rank says.
    private static List<Judged> believed(List<Judged> flaw) {
        int lowest = Integer.MAX_VALUE;
        int highest = Integer.MIN_VALUE;
        for (Judged each : flaw) {
            lowest = Math.min(lowest, each.feed.rank());
            highest = Math.max(highest, each.feed.rank());
        }
        if (lowest == highest) {
            return flaw;
        }
        List<Judged> believed = new ArrayList<>(flaw);
        int rank = lowest;
        believed.removeIf(each -> each.feed.rank() != rank);
        return believed;
    }

    private static boolean namesFix(Fact fact) {
        if (fact.inverted()) {
            return !fact.ranges().isEmpty();
        }
        for (Range range : fact.ranges()) {
            if (!range.to().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Match match(List<Judged> flaw, Judged best, String fix) {
        TreeSet<String> ids = new TreeSet<>();
        for (Judged each : flaw) {
            ids.add(each.fact.id());
            ids.addAll(each.fact.aliases());
        }
        String cve = ids.ceiling("CVE-");
        String id = cve != null && cve.startsWith("CVE-") ? cve : best.fact.id();
        ids.remove(id);
        String because = best.verdict instanceof Verdict.Affected affected ? affected.because() : "";
        return new Match(id, ids, fix, best.fact, best.feed, because);
    }

    /// Whether the sources about this target also list flaws that nobody has fixed.
    boolean knowsOpenFlaws(Target target) {
        return database.parts(target).stream().anyMatch(part -> part.kind().listsOpen());
    }

    boolean knows(Target target) {
        return !database.parts(target).isEmpty();
    }
}
