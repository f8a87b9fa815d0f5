package dev.cairn.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/// Gathers ratings of CVEs from KEV, EPSS, NVD and plain maps, on top of what the database had.
final class ScoreCollector {
    private final SortedMap<Long, Score> scores;
    private int changed;

    ScoreCollector(ScoreTable before) {
        this.scores = before.rows();
    }

    SortedMap<Long, Score> scores() {
        return scores;
    }

    /// Reads one feed and returns how many CVEs it spoke of.
    int read(FeedKind kind, InputStream in, String what) throws IOException {
        changed = 0;
        switch (kind) {
            case KEV -> kev(in, what);
            case EPSS -> new CsvScores(what, this::epss).read(in);
            case NVD -> nvd(in, what);
            case SCORES -> map(in, what);
            case SECDB, DEBIAN_TRACKER, OSV, DEBIAN_CHANGELOGS ->
                throw new IllegalArgumentException(kind + " rates nothing");
        }
        if (changed == 0) {
            throw AdvisoryException.malformed(what, "no CVE in it: is this a " + kind.id() + " feed?");
        }
        return changed;
    }

    private void change(String id, UnaryOperator<Score> change) {
        long key = ScoreTable.key(id);
        if (key > 0) {
            scores.put(key, change.apply(scores.getOrDefault(key, Score.NONE)));
            changed++;
        }
    }

    /// The whole catalogue: what is not in it any more is taken off.
    private void kev(InputStream in, String what) throws IOException {
        List<FeedJson.Value> entries = new ArrayList<>();
        try (FeedJson json = new FeedJson(in, what)) {
            json.elements("vulnerabilities", entries::add, (name, value) -> {});
        }
        if (!entries.isEmpty()) {
            scores.replaceAll((key, score) -> score.withKev(Fact.NO_DAY, Fact.NO_DAY));
        }
        for (FeedJson.Value entry : entries) {
            int added = Days.parse(entry.get("dateAdded").text());
            int due = Days.parse(entry.get("dueDate").text());
            change(entry.get("cveID").text(), score -> score.withKev(added, due));
        }
    }

    private void epss(CsvScores.Row row) {
        change(row.cve(), score -> {
            Score rated = row.cvss() > 0 && score.severity() == Severity.UNKNOWN
                    ? score.withRating(Severity.ofScore(row.cvss()), row.cvss(), "", row.source())
                    : score;
            Score dated = rated.published() == Fact.NO_DAY ? rated.withPublished(row.published()) : rated;
            return dated.withEpss(row.epss(), row.percentile(), row.day());
        });
    }

    private void nvd(InputStream in, String what) throws IOException {
        try (FeedJson json = new FeedJson(in, what)) {
            Map<String, Object> bare = new HashMap<>();
            json.elements("vulnerabilities", element -> nvdRecord(element.get("cve")), (name, value) -> {
                if (value.raw() != null && (name.equals("id") || name.equals("published") || name.equals("metrics"))) {
                    bare.put(name, value.raw());
                }
            });
            // one record by itself, as mirrors keep them in folders
            if (bare.containsKey("id")) {
                nvdRecord(new FeedJson.Value(bare));
            }
        }
    }

    private void nvdRecord(FeedJson.Value cve) {
        int published = Days.parse(cve.get("published").text());
        change(cve.get("id").text(), score -> {
            Score dated = score.withPublished(published);
            for (String version : new String[] {"cvssMetricV31", "cvssMetricV40", "cvssMetricV30", "cvssMetricV2"}) {
                FeedJson.Value best = primary(cve.get("metrics").get(version).list());
                FeedJson.Value data = best.get("cvssData");
                double number = data.get("baseScore").number();
                if (!Double.isNaN(number)) {
                    String source = best.get("source").text();
                    return dated.withRating(
                            Severity.ofScore(number),
                            number,
                            data.get("vectorString").text(),
                            source);
                }
            }
            return dated;
        });
    }

    private static FeedJson.Value primary(List<FeedJson.Value> metrics) {
        for (FeedJson.Value metric : metrics) {
            if (metric.get("type").text().equals("Primary")) {
                return metric;
            }
        }
        return metrics.isEmpty() ? FeedJson.Value.NONE : metrics.getFirst();
    }

    /// `{"CVE-…": {"sev", "score", "vector", "src", "published", "epss", "kev", "kevDue"}}`, all of them optional.
    private void map(InputStream in, String what) throws IOException {
        try (FeedJson json = new FeedJson(in, what)) {
            json.members((id, entry) -> change(id, score -> mapped(entry, score)));
        }
    }

    private static Score mapped(FeedJson.Value entry, Score before) {
        Score score = before;
        Map<String, FeedJson.Value> members = entry.members();
        String vector = entry.get("vector").text();
        double number = entry.get("score").number();
        Double computed = Double.isNaN(number) ? Cvss.baseScore(vector) : Double.valueOf(number);
        double cvss = computed == null || (vector.isEmpty() && Double.isNaN(number)) ? Double.NaN : computed;
        Severity said = Severity.of(entry.get("sev").text());
        Severity severity = said != Severity.UNKNOWN || Double.isNaN(cvss) ? said : Severity.ofScore(cvss);
        if (severity != Severity.UNKNOWN) {
            score = score.withRating(severity, cvss, vector, entry.get("src").text());
        }
        if (members.containsKey("published")) {
            score = score.withPublished(Days.parse(entry.get("published").text()));
        }
        double epss = entry.get("epss").number();
        if (!Double.isNaN(epss)) {
            score = score.withEpss(
                    epss,
                    entry.get("percentile").number(),
                    Days.parse(entry.get("epssDate").text()));
        }
        if (members.containsKey("kev")) {
            score = score.withKev(
                    Days.parse(entry.get("kev").text()),
                    Days.parse(entry.get("kevDue").text()));
        }
        return score;
    }
}
