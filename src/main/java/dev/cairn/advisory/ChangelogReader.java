package dev.cairn.advisory;

import java.io.IOException;
import java.io.InputStream;

/// Fixes that Debian's changelogs name, as JSON lines: `{source, version, dist, date, suite, cves[]}`; `dist` is where
/// the upload went to, `suite` the release that it is of. What several uploads mean together is for [Uploads] to say.
/// The
/// lines are of uploads that have reached the suite, so nothing is said of flaws that are open.
final class ChangelogReader {
    private ChangelogReader() {}

    static void read(InputStream in, String what, FactSink sink) throws IOException {
        try (FeedJson json = new FeedJson(in, what)) {
            Uploads uploads = new Uploads(sink);
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
                uploads.add(
                        target,
                        source,
                        version,
                        day,
                        value.get("dist").text(),
                        value.get("cves").texts());
            }
            uploads.tell();
        }
    }
}
