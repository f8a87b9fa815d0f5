package dev.cairn.advisory;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.Decompressor;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.packages.deb.DebException;
import dev.cairn.packages.deb.DebFile;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Mines the changelogs of a folder of .deb files (a mirror's `pool`, apt's archive cache) for the CVEs that each
/// upload
/// names (Policy 4.4). Each source package in each version is read once, from the first of its .debs that has it.
final class ChangelogMiner {
    private static final int LONGEST = 64 << 20;
    private static final int MOST_LINES = 2_000_000;

    private final Target target;
    private final Uploads uploads;
    private final Set<String> done = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    ChangelogMiner(Target target, FactSink sink) {
        this.target = target;
        this.uploads = new Uploads(sink);
    }

    /// The files that could not be read.
    List<String> problems() {
        return problems;
    }

    /// Reads all .debs below a folder, and returns how many source packages had a changelog.
    int mine(Path folder) throws IOException {
        List<Path> debs;
        try (Stream<Path> walk = Files.walk(folder, 16)) {
            debs = walk.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList();
        }
        for (Path deb : debs) {
            try {
                mineDeb(deb);
            } catch (DebException | ArchiveException e) {
                problems.add(deb + ": " + e.getMessage());
            }
        }
        uploads.tell();
        return done.size();
    }

    private void mineDeb(Path file) throws IOException {
        DebFile deb = DebFile.open(file);
        String name = deb.control().require("Package");
        String field = deb.control().get("Source", name);
        int open = field.indexOf('(');
        String source = (open < 0 ? field : field.substring(0, open)).strip();
        String version = open < 0
                ? deb.control().require("Version")
                : field.substring(open + 1, Math.max(open + 1, field.indexOf(')')));
        if (done.contains(source + " " + version)) {
            return;
        }
        byte[] changelog = changelog(deb, name);
        if (changelog != null) {
            done.add(source + " " + version);
            read(new ByteArrayInputStream(changelog), source, target, uploads);
        }
    }

    private static byte @Nullable [] changelog(DebFile deb, String name) throws IOException {
        String folder = "usr/share/doc/" + name + "/";
        try (InputStream data = deb.openData()) {
            TarReader tar = new TarReader(data, TarLimits.STANDARD);
            byte[] plain = null;
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                boolean debian = entry.path().equals(folder + "changelog.Debian.gz");
                boolean other = entry.path().equals(folder + "changelog.gz");
                if (entry.isFile() && (debian || other)) {
                    byte[] text = Decompressor.open(
                                    new ByteArrayInputStream(tar.content().readNBytes(LONGEST)))
                            .readNBytes(LONGEST);
                    if (debian) {
                        return text;
                    }
                    // a native package's changelog has this name, an upstream's too
                    plain = text;
                }
            }
            return plain;
        }
    }

    /// Reads one changelog: `source (version) suites; …`, then lines, then ` -- who  when`.
    static void read(InputStream in, String source, Target target, Uploads uploads) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        String version = "";
        String suite = "";
        Set<String> cves = new LinkedHashSet<>();
        int lines = 0;
        for (String line = reader.readLine(); line != null && lines < MOST_LINES; line = reader.readLine()) {
            lines++;
            if (line.startsWith(source + " (")) {
                int close = line.indexOf(')');
                version = close < 0 ? "" : line.substring(source.length() + 2, close);
                int semicolon = line.indexOf(';', Math.max(0, close));
                suite = close < 0 || semicolon < 0 ? "" : line.substring(close + 1, semicolon);
                cves.clear();
            } else if (line.startsWith(" -- ")) {
                if (!version.isEmpty()) {
                    uploads.add(target, source, version, day(line), suite, cves);
                }
                version = "";
            } else {
                collect(line, cves);
            }
        }
    }

    private static void collect(String line, Set<String> cves) {
        for (int at = line.indexOf("CVE-"); at >= 0; at = line.indexOf("CVE-", at + 4)) {
            int end = at + 4;
            while (end < line.length() && (Character.isDigit(line.charAt(end)) || line.charAt(end) == '-')) {
                end++;
            }
            String id = line.substring(at, end);
            if (ScoreTable.key(id) > 0) {
                cves.add(id);
            }
        }
    }

    private static int day(String line) {
        int two = line.indexOf("  ", 4);
        try {
            return two < 0
                    ? Fact.NO_DAY
                    : Math.toIntExact(
                            OffsetDateTime.parse(line.substring(two).strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toLocalDate()
                                    .toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            return Fact.NO_DAY;
        }
    }
}
