package dev.cairn.scan;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.ContentStore;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.PackageUrl;
import dev.cairn.sbom.Sbom;
import dev.cairn.sbom.SbomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was scanned and when: a log that is only ever added to, each line with the digest of the line before, so that a
/// line that was changed or taken out later shows; and the packages of each image, so that every database can be
/// held against them anew.
public final class History {
    private static final String LOG = "scans.log";
    private static final String START = "cairn scan history 1";

    private final Path folder;
    private final ContentStore content;

    /// One scan.
    ///
    /// @param image the image's name
    /// @param packages the digest of its list of packages
    /// @param database the database that it was held against
    /// @param totals the numbers in words
    public record Entry(
            Instant time, String image, String imageDigest, Digest packages, Digest database, String totals) {
        /// How many fixable findings it had; 0 where the log does not say.
        public int fixable() {
            int blank = totals.indexOf(' ');
            try {
                return Integer.parseInt(blank < 0 ? totals : totals.substring(0, blank));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    /// The history in this folder, which need not exist yet.
    public History(Path folder) {
        this.folder = folder;
        this.content = new CacheDirectory(folder).content();
    }

    /// Adds a scan.
    public void add(ScanResult result) throws IOException {
        byte[] list = packages(result.sbom());
        Digest packages = content.add(out -> out.write(list)).digest();
        Digest imageDigest = result.sbom().subject().digest();
        append(List.of(new Entry(
                result.scannedAt(),
                clean(result.name()),
                imageDigest == null ? "-" : imageDigest.toString(),
                packages,
                result.databaseDigest(),
                numbers(result))));
    }

    /// Adds entries at the end, in one write.
    void append(List<Entry> entries) throws IOException {
        List<String> lines = lines();
        StringBuilder text = new StringBuilder(lines.isEmpty() ? START + "\n" : "");
        String before = lines.isEmpty() ? START : lines.getLast();
        for (Entry entry : entries) {
            before = String.join(
                    "\t",
                    Digest.of(before.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32),
                    entry.time.toString(),
                    entry.image,
                    entry.imageDigest,
                    entry.packages.toString(),
                    entry.database.toString(),
                    entry.totals);
            text.append(before).append('\n');
        }
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve(LOG),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    /// The three numbers as the log has them.
    static String numbers(ScanResult result) {
        Totals totals = result.totals();
        return totals.fixable() + " " + totals.open() + " " + totals.unknown();
    }

    private static String clean(String text) {
        return text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(folder.resolve(LOG));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static Component component(int line, String[] w, String name) {
        try {
            return Component.builder(Integer.toString(line), Component.Kind.LIBRARY, w[2])
                    .version(w[3])
                    .purl(PackageUrl.of(w[0], w[1], w[2], w[3], Map.of()))
                    .source(w[4].isEmpty() ? null : new Component.SourcePackage(w[4], w[5]))
                    .build();
        } catch (SbomException e) {
            throw new ScanException(
                    ScanException.Code.MALFORMED,
                    name + ": not a list of packages: line " + (line + 1) + ": " + e.getMessage());
        }
    }

    /// Whether nothing was ever recorded.
    public boolean isEmpty() {
        return !Files.exists(folder.resolve(LOG));
    }

    /// All scans, the earliest first.
    ///
    /// @throws ScanException when a line was changed or taken out
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        String before = "";
        int number = 0;
        for (String line : lines()) {
            number++;
            if (number > 1) {
                entries.add(entry(line, before, number));
            } else if (!line.equals(START)) {
                throw broken(number, "it does not begin as a history does");
            }
            before = line;
        }
        return entries;
    }

    private Entry entry(String line, String before, int number) {
        String[] w = line.split("\t", -1);
        if (w.length != 7
                || !w[0].equals(
                        Digest.of(before.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32))) {
            throw broken(number, "it does not follow from the line before: the history was changed");
        }
        try {
            return new Entry(Instant.parse(w[1]), w[2], w[3], Digest.parse(w[4]), Digest.parse(w[5]), w[6]);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw broken(number, String.valueOf(e.getMessage()));
        }
    }

    private ScanException broken(int number, String problem) {
        return new ScanException(
                ScanException.Code.MALFORMED, folder.resolve(LOG) + ", line " + number + ": " + problem);
    }

    /// The packages of a scan, as far as matching needs them.
    public Sbom packages(Entry entry) throws IOException {
        Path file = content.find(entry.packages)
                .orElseThrow(() -> new ScanException(
                        ScanException.Code.MALFORMED,
                        "the packages of " + entry.image + " (" + entry.packages + ") are missing in " + folder));
        return parse(Files.readAllBytes(file), entry.image);
    }

    /// The distribution, then a line for each package: its package URL, its source and the source's version.
    static byte[] packages(Sbom sbom) {
        StringBuilder text = new StringBuilder("packages 1\n");
        Sbom.Distribution distribution = sbom.distribution();
        if (distribution != null) {
            text.append(clean(distribution.id()))
                    .append('\t')
                    .append(clean(distribution.version()))
                    .append('\t')
                    .append(clean(distribution.name()));
        }
        text.append('\n');
        for (Component component : sbom.components()) {
            PackageUrl purl = component.purl();
            if (purl != null && !component.properties().containsKey(Scanner.OWNER)) {
                Component.SourcePackage source = component.source();
                text.append(purl.type())
                        .append('\t')
                        .append(clean(purl.namespace()))
                        .append('\t')
                        .append(clean(purl.name()))
                        .append('\t')
                        .append(clean(component.version()))
                        .append('\t')
                        .append(source == null ? "" : clean(source.name()))
                        .append('\t')
                        .append(source == null ? "" : clean(source.version()))
                        .append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Sbom parse(byte[] bytes, String name) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length < 2 || !lines[0].equals("packages 1")) {
            throw new ScanException(ScanException.Code.MALFORMED, name + ": not a list of packages");
        }
        String[] d = lines[1].split("\t", -1);
        List<Component> components = new ArrayList<>();
        for (int i = 2; i < lines.length; i++) {
            String[] w = lines[i].split("\t", -1);
            if (w.length == 6) {
                components.add(component(i, w, name));
            }
        }
        return new Sbom(
                new Sbom.Subject("image", name, "", null, null, new TreeMap<>()),
                d.length == 3 ? new Sbom.Distribution(d[0], d[1], d[2]) : null,
                components,
                List.of(),
                null,
                List.of());
    }

    /// The last entry of each image.
    Map<String, Entry> latest() throws IOException {
        Map<String, Entry> latest = new LinkedHashMap<>();
        for (Entry entry : entries()) {
            latest.put(entry.image, entry);
        }
        return latest;
    }

    /// The scans by image, each digest once: when it was first scanned.
    public Map<String, List<Entry>> rollouts() throws IOException {
        Map<String, List<Entry>> byImage = new LinkedHashMap<>();
        for (Entry entry : entries()) {
            List<Entry> list = byImage.computeIfAbsent(entry.image, i -> new ArrayList<>());
            @Nullable Entry last = list.isEmpty() ? null : list.getLast();
            if (last == null || !last.packages.equals(entry.packages)) {
                list.add(entry);
            }
        }
        return byImage;
    }
}
