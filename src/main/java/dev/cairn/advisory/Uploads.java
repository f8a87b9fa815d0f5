package dev.cairn.advisory;

import dev.cairn.advisory.version.VersionOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The uploads of Debian packages whose changelogs name a CVE, and what they mean together.
///
/// The first upload that names a CVE fixes it. Where later ones name it again, those to the release's own security
/// suite
/// count too: they repair an incomplete fix in about half of the cases. Those to a point release do not: they rename a
/// patch, drop one that upstream has taken over, or undo a regression. `docs/explanation/matching.md` has the numbers.
final class Uploads {
    private final FactSink sink;
    private final Map<Key, List<Upload>> uploads = new TreeMap<>();

    private record Key(Target target, String source, String cve) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTarget = target.compareTo(other.target);
            int bySource = byTarget != 0 ? byTarget : source.compareTo(other.source);
            return bySource != 0 ? bySource : cve.compareTo(other.cve);
        }
    }

    private record Upload(String version, int day, boolean security) {}

    Uploads(FactSink sink) {
        this.sink = sink;
    }

    /// Adds what one upload names.
    ///
    /// @param suite where it was uploaded to, such as `bookworm-security`; may be several words
    void add(Target target, String source, String version, int day, String suite, Iterable<String> cves) {
        boolean security = suite.toLowerCase(Locale.ROOT).contains(target.branch() + "-security");
        Upload upload = new Upload(version, day, security);
        for (String cve : cves) {
            List<Upload> list = uploads.computeIfAbsent(new Key(target, source, cve), key -> new ArrayList<>(1));
            if (!list.contains(upload)) {
                list.add(upload);
            }
        }
    }

    /// Says what was added, a fact for each CVE of each source.
    void tell() {
        uploads.forEach((key, list) -> {
            VersionOrder order = key.target.ecosystem().order();
            list.sort(Comparator.comparing(Upload::version, order::compare));
            Upload first = list.getFirst();
            Upload fixing = first;
            for (Upload later : list.subList(1, list.size())) {
                fixing = later.security ? later : fixing;
            }
            sink.fact(key.target, Fact.fixed(key.source, key.cve, List.of(), fixing.version, first.day));
        });
    }
}
