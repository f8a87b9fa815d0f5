package dev.cairn.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Fixes that Debian's changelogs name, as JSON lines: `{source, version, date, suite, cves[]}`.
///
/// A CVE that several uploads name counts as fixed with the last of them: a later upload that names it again repairs
/// an incomplete fix. The lines are of uploads that have reached the suite, so nothing is said of flaws that are open.
final class ChangelogReader {
    private ChangelogReader() {}

    static void read(InputStream in, String what, FactSink sink) throws IOException {
        try (FeedJson json = new FeedJson(in, what)) {
            int line = 0;
            for (FeedJson.Value value = json.next(); value != null; value = json.next()) {
                line++;
                String source = value.get("source").text();
                String version = value.get("version").text();
                String suite = value.get("suite").text();
                if (source.isEmpty() || version.isEmpty() || suite.isEmpty()) {
                    throw AdvisoryException.malformed(what, "record " + line + " has no source, version or suite");
                }
                Target target = new Target(Ecosystem.DEBIAN, Branches.normal(Ecosystem.DEBIAN, suite));
                int day = Days.parse(value.get("date").text());
                for (String cve : value.get("cves").texts()) {
                    sink.fact(target, Fact.fixed(source, cve, List.of(), version, day));
                }
            }
        }
    }
}
