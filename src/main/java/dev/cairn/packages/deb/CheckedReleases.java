package dev.cairn.packages.deb;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.RecordStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Release files whose signature has been checked, in a short form that is quick to read: checking and parsing one
/// takes
/// a cold JVM longer than all else that a warm build does. A result holds for these bytes, these keys and this day, so
/// a
/// key that expires is noticed on the next.
final class CheckedReleases {
    private static final String KIND = "deb-release-2";

    private final RecordStore records;
    private final Clock clock;

    CheckedReleases(RecordStore records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /// Checks and parses a Release file.
    interface Check {
        Release check() throws IOException;
    }

    /// The Release file of these bytes for one architecture: as it was found before, else as `check` finds it.
    /// What is accepted from `anybody` is kept apart: it must not pass for signed later.
    Release get(Digest bytes, SigningKeys keys, String architecture, boolean anybody, Check check) throws IOException {
        String day = clock.instant().atZone(ZoneOffset.UTC).toLocalDate().toString();
        String text = bytes + " " + keys.id() + " " + architecture + " " + day + (anybody ? " anybody" : "");
        Digest key = Digest.of(text.getBytes(StandardCharsets.UTF_8));
        Optional<byte[]> kept = records.read(KIND, key);
        if (kept.isPresent()) {
            return read(new String(kept.get(), StandardCharsets.UTF_8));
        }
        Release checked = check.check();
        records.write(KIND, key, write(checked, architecture).getBytes(StandardCharsets.UTF_8));
        return checked;
    }

    private static String write(Release release, String architecture) {
        StringBuilder out = new StringBuilder();
        line(out, release.suite());
        line(out, release.codename());
        line(out, Long.toString(release.date().getEpochSecond()));
        line(
                out,
                release.validUntil()
                        .map(each -> Long.toString(each.getEpochSecond()))
                        .orElse(""));
        line(out, Boolean.toString(release.byHash()));
        line(out, Integer.toString(release.priority()));
        List<String> wanted = List.of(
                "/binary-" + architecture + "/Packages",
                "/binary-all/Packages",
                "/Contents-" + architecture + ".",
                "/Contents-all.");
        new TreeMap<>(release.files()).forEach((path, listed) -> {
            if (wanted.stream().anyMatch(path::contains)) {
                line(out, listed.digest() + " " + listed.size() + " " + path);
            }
        });
        return out.toString();
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }

    private static Release read(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        Map<String, Release.Listed> files = new HashMap<>();
        for (String line : lines.subList(6, lines.size() - 1)) {
            int first = line.indexOf(' ');
            int second = line.indexOf(' ', first + 1);
            Digest digest = Digest.parse(line.substring(0, first));
            files.put(
                    line.substring(second + 1),
                    new Release.Listed(digest, Long.parseLong(line.substring(first + 1, second))));
        }
        String until = lines.get(3);
        return new Release(
                lines.get(0),
                lines.get(1),
                Instant.ofEpochSecond(Long.parseLong(lines.get(2))),
                until.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(Long.parseLong(until))),
                Boolean.parseBoolean(lines.get(4)),
                Integer.parseInt(lines.get(5)),
                files);
    }
}
