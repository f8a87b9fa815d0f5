package dev.cairn.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Debian's security tracker as one document: `{source: {id: {releases: {branch: {status, fixed_version, urgency,
/// nodsa}}}}}`. Ids that are not CVEs (`TEMP-…`) are kept as they are.
final class DebianTrackerReader {
    private DebianTrackerReader() {}

    static void read(InputStream in, String what, FactSink sink) throws IOException {
        try (FeedJson json = new FeedJson(in, what)) {
            json.members((source, flaws) -> flaws.members()
                    .forEach((id, flaw) -> flaw.get("releases")
                            .members()
                            .forEach((branch, release) -> readRelease(source, id, branch, release, sink))));
        }
    }

    private static void readRelease(String source, String id, String branch, FeedJson.Value release, FactSink sink) {
        if (source.isEmpty() || id.isEmpty()) {
            return;
        }
        Target target = new Target(Ecosystem.DEBIAN, Branches.normal(Ecosystem.DEBIAN, branch));
        String fixed = release.get("fixed_version").text();
        String urgency = release.get("urgency").text();
        String note = note(release);
        Severity severity = severity(urgency);
        switch (release.get("status").text()) {
            case "resolved" -> sink.fact(target, resolved(source, id, fixed, severity, note));
            case "open" -> {
                Fact.Status status =
                        release.get("nodsa_reason").text().equals("ignored") || urgency.equals("end-of-life")
                                ? Fact.Status.WONT_FIX
                                : Fact.Status.AFFECTED;
                sink.fact(target, rated(source, id, status, Range.ALL, severity, note));
            }
            case "undetermined" ->
                sink.fact(target, rated(source, id, Fact.Status.UNDETERMINED, Range.ALL, severity, note));
            default -> {}
        }
    }

    private static Fact resolved(String source, String id, String fixed, Severity severity, String note) {
        if (fixed.equals("0") || fixed.isEmpty()) {
            return Fact.notAffected(source, id, List.of(), "not affected");
        }
        // a placeholder such as <unfixed> is no version
        return fixed.startsWith("<") || fixed.equals("undetermined")
                ? rated(source, id, Fact.Status.UNDETERMINED, Range.ALL, severity, note)
                : rated(source, id, Fact.Status.AFFECTED, Range.below(fixed), severity, note);
    }

    private static Fact rated(
            String source, String id, Fact.Status status, Range range, Severity severity, String note) {
        return new Fact(source, id, List.of(), status, List.of(range), false, Fact.NO_DAY, severity, "", note);
    }

    /// Debian's urgencies, of which most are "not yet assigned".
    private static Severity severity(String urgency) {
        return Severity.of(urgency.replace("*", ""));
    }

    private static String note(FeedJson.Value release) {
        String nodsa = release.get("nodsa").text();
        return nodsa.isEmpty() ? "" : "no DSA: " + nodsa;
    }
}
