package dev.cairn.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Records of the OSV schema (1.7): one JSON document, several, or JSON lines. Ranges of type GIT are left out: they
/// are of commits. Records that were withdrawn say nothing.
///
/// Two shapes beside the schema are read as well, since the databases themselves use them: requirement lists `patched`
/// and `unaffected` (RubySec, RustSec), and a `state` (Wolfi).
final class OsvReader {
    private final FactSink sink;
    private final Map<String, Integer> skipped = new HashMap<>();

    OsvReader(FactSink sink) {
        this.sink = sink;
    }

    /// How many affected packages were of ecosystems that are not kept, by ecosystem.
    Map<String, Integer> skipped() {
        return skipped;
    }

    /// Reads all records of a stream and returns how many there were.
    int read(InputStream in, String what) throws IOException {
        int count = 0;
        try (FeedJson json = new FeedJson(in, what)) {
            for (FeedJson.Value value = json.next(); value != null; value = json.next()) {
                List<FeedJson.Value> records = value.list().isEmpty() ? List.of(value) : value.list();
                for (FeedJson.Value record : records) {
                    record(record, what);
                    count++;
                }
            }
        }
        return count;
    }

    private void record(FeedJson.Value record, String what) {
        String id = record.get("id").text();
        if (id.isEmpty()) {
            throw AdvisoryException.malformed(what, "a record without an id: is this OSV?");
        }
        if (record.get("withdrawn").isPresent()) {
            return;
        }
        List<String> aliases = record.get("aliases").texts();
        aliases.addAll(upstream(record, aliases));
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(aliases);
        sink.aliases(ids);
        Map<String, Fact> facts = new LinkedHashMap<>();
        Map<String, Target> targets = new LinkedHashMap<>();
        for (FeedJson.Value affected : record.get("affected").list()) {
            affected(record, affected, id, aliases, (target, fact) -> {
                String key = target + "/" + fact.packageName() + "/" + fact.inverted();
                targets.put(key, target);
                facts.merge(key, fact, OsvReader::together);
            });
        }
        facts.forEach((key, fact) -> sink.fact(Objects.requireNonNull(targets.get(key)), fact));
    }

    /// A record names a package once for each release line: its stretches of versions belong together.
    private static Fact together(Fact a, Fact b) {
        List<Range> ranges = new ArrayList<>(a.ranges());
        ranges.addAll(b.ranges());
        return new Fact(
                a.packageName(),
                a.id(),
                a.aliases(),
                a.status(),
                ranges,
                a.inverted(),
                a.published(),
                a.severity(),
                a.vector().isEmpty() ? b.vector() : a.vector(),
                a.note());
    }

    /// Distributions' records name the CVEs that they are about in `upstream`.
    private static List<String> upstream(FeedJson.Value record, List<String> aliases) {
        return aliases.isEmpty() ? record.get("upstream").texts() : List.of();
    }

    private void affected(
            FeedJson.Value record,
            FeedJson.Value affected,
            String id,
            List<String> aliases,
            BiConsumer<Target, Fact> found) {
        FeedJson.Value pkg = affected.get("package");
        String ecosystem = pkg.get("ecosystem").text();
        Target target = Target.ofOsv(ecosystem);
        String name = pkg.get("name").text();
        if (target == null || name.isEmpty()) {
            skipped.merge(ecosystem, 1, Integer::sum);
            return;
        }
        FeedJson.Value specific = affected.get("database_specific");
        FeedJson.Value informational = specific.get("informational");
        if (informational.isPresent() && !informational.text().equals("unsound")) {
            // an unmaintained crate is no flaw
            return;
        }
        boolean requirements = specific.get("patched").isPresent()
                || specific.get("unaffected").isPresent();
        List<Range> ranges = requirements ? safe(specific) : ranges(target, affected);
        if (ranges.isEmpty() && !requirements) {
            return;
        }
        String vector = vector(record, affected);
        Severity severity = severity(record, affected, vector);
        found.accept(
                target,
                new Fact(
                        target.ecosystem().normalName(name),
                        id,
                        aliases,
                        status(specific.get("state").text()),
                        ranges,
                        requirements,
                        Days.parse(record.get("published").text()),
                        severity,
                        vector,
                        record.get("summary").text()));
    }

    private static Fact.Status status(String state) {
        return switch (state) {
            case "detection" -> Fact.Status.UNDER_INVESTIGATION;
            case "pending-upstream-fix" -> Fact.Status.PENDING;
            case "fix-not-planned" -> Fact.Status.WONT_FIX;
            case "false-positive-determination" -> Fact.Status.NOT_AFFECTED;
            default -> Fact.Status.AFFECTED;
        };
    }

    private static List<Range> safe(FeedJson.Value specific) {
        List<Range> safe = new ArrayList<>();
        for (String list : new String[] {"patched", "unaffected"}) {
            specific.get(list).texts().forEach(text -> safe.add(Requirement.range(text)));
        }
        return safe;
    }

    private static List<Range> ranges(Target target, FeedJson.Value affected) {
        List<Range> ranges = new ArrayList<>();
        for (FeedJson.Value range : affected.get("ranges").list()) {
            if (!range.get("type").text().equals("GIT")) {
                events(range.get("events").list(), ranges);
            }
        }
        List<Range> more = new ArrayList<>();
        for (String version : affected.get("versions").texts()) {
            boolean known =
                    ranges.stream().anyMatch(r -> r.contains(target.ecosystem().order(), version));
            if (!known) {
                more.add(new Range(version, false, version, true));
            }
        }
        ranges.addAll(more);
        return ranges;
    }

    private static void events(List<FeedJson.Value> events, List<Range> ranges) {
        String introduced = null;
        for (FeedJson.Value event : events) {
            String start = event.get("introduced").text();
            String fixed = event.get("fixed").text();
            String last = event.get("last_affected").text();
            if (!start.isEmpty()) {
                if (introduced != null) {
                    ranges.add(Range.between(introduced, ""));
                }
                introduced = start;
            } else if (introduced != null && !fixed.isEmpty()) {
                ranges.add(Range.between(introduced, fixed));
                introduced = null;
            } else if (introduced != null && !last.isEmpty()) {
                Range open = Range.between(introduced, last);
                ranges.add(new Range(open.from(), false, last, true));
                introduced = null;
            }
        }
        if (introduced != null) {
            ranges.add(Range.between(introduced, ""));
        }
    }

    private static String vector(FeedJson.Value record, FeedJson.Value affected) {
        String best = "";
        for (FeedJson.Value holder : List.of(affected, record)) {
            for (FeedJson.Value severity : holder.get("severity").list()) {
                String score = severity.get("score").text();
                if (score.startsWith("CVSS:3") || (best.isEmpty() && score.contains("/"))) {
                    best = score;
                }
            }
        }
        return best;
    }

    private static Severity severity(FeedJson.Value record, FeedJson.Value affected, String vector) {
        for (FeedJson.Value holder : List.of(affected, record)) {
            Severity said = Severity.of(
                    holder.get("database_specific").get("severity").text().toLowerCase(Locale.ROOT));
            if (said != Severity.UNKNOWN) {
                return said;
            }
        }
        @Nullable Double score = Cvss.baseScore(vector);
        if (score == null) {
            score = number(record.get("database_specific").get("cvss_v3"));
        }
        return score == null ? Severity.UNKNOWN : Severity.ofScore(score);
    }

    private static @Nullable Double number(FeedJson.Value value) {
        double number = value.number();
        return Double.isNaN(number) ? null : number;
    }
}
