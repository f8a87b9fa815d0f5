package dev.cairn.packages.deb;

import dev.cairn.archive.Decompressor;
import dev.cairn.digest.Digest;
import dev.cairn.fetch.ContentStore;
import dev.cairn.fetch.Document;
import dev.cairn.fetch.Downloader;
import dev.cairn.fetch.FetchException;
import dev.cairn.fetch.RecordStore;
import dev.cairn.fetch.Stored;
import dev.cairn.packages.SearchHit;
import dev.cairn.packages.SearchQuery;
import java.io.BufferedInputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds packages by the files that they install, in the suites' Contents lists: downloaded when first asked for,
/// through the same signed chain as the package indexes.
///
/// Commands, shared libraries and pkg-config modules are found in a small excerpt that is kept of each list; other
/// paths by reading the whole list.
final class ContentsSearch {
    private static final String EXCERPT = "deb-contents-1";
    private static final String OTHER_SERVED = "deb-contents-other";

    /// Decompressed; Debian's largest has about 800 MB.
    private static final long LARGEST = 4L << 30;

    /// Compressed, where the size is not known from a signed file; Debian's largest has about 60 MB.
    private static final long LARGEST_SERVED = 256L << 20;

    private final List<ListedFile> lists;
    private final List<SuiteIndex> indexes;
    private final Downloader downloader;
    private final Consumer<String> warnings;
    private final Map<String, SearchHit> hits = new LinkedHashMap<>();

    ContentsSearch(List<ListedFile> lists, List<SuiteIndex> indexes, Downloader downloader, Consumer<String> warnings) {
        this.warnings = warnings;
        this.lists = lists;
        this.indexes = indexes;
        this.downloader = downloader;
    }

    List<SearchHit> search(SearchQuery query) throws IOException {
        Wanted wanted = switch (query) {
            case SearchQuery.Name name -> new Wanted('p', name.text());
            case SearchQuery.Command command -> new Wanted('c', command.name());
            case SearchQuery.Soname soname -> new Wanted('s', soname.name());
            case SearchQuery.PkgConfig module -> new Wanted('m', module.name() + ".pc");
            case SearchQuery.File file -> new Wanted('p', merged(file.path().substring(1)));
        };
        for (ListedFile list : lists) {
            Found found = fetch(list);
            try (InputStream in = wanted.kind == 'p' ? whole(found) : Files.newInputStream(excerpt(found))) {
                scan(in, wanted);
            }
        }
        return new ArrayList<>(hits.values());
    }

    /// What is looked for: `c`ommand, `s`oname, `m`odule or whole `p`ath.
    private record Wanted(char kind, String name) {
        boolean fits(String path) {
            if (kind == 'p') {
                return merged(path).equals(name);
            }
            return kindOf(path) == kind
                    && path.substring(path.lastIndexOf('/') + 1).equals(name);
        }
    }

    /// A list, or what the mirror serves in its place.
    private record Found(Path file, Digest digest) {}

    private Found fetch(ListedFile list) throws IOException {
        RecordStore records = downloader.cache().records();
        if (records.read(OTHER_SERVED, list.digest()).isEmpty()) {
            try {
                return new Found(list.download(downloader), list.digest());
            } catch (FetchException e) {
                boolean other =
                        e.code() == FetchException.Code.DIGEST_MISMATCH || e.code() == FetchException.Code.TOO_LARGE;
                if (!other) {
                    throw e;
                }
            }
        }
        Document served = downloader.get(list.address(), LARGEST_SERVED);
        if (!served.digest().equals(list.digest())) {
            // Asked for again, it would be downloaded whole to be refused again.
            records.write(OTHER_SERVED, list.digest(), new byte[0]);
            warnings.accept("the mirror's " + list.fileName() + " is not the one that its Release file signs; the names"
                    + " and paths shown are unverified");
        }
        return new Found(served.path(), served.digest());
    }

    private static InputStream whole(Found list) throws IOException {
        return Decompressor.open(new BufferedInputStream(Files.newInputStream(list.file()), 1 << 16));
    }

    private void scan(InputStream in, Wanted wanted) throws IOException {
        LineReader lines = new LineReader(in, 1 << 20);
        long left = LARGEST;
        for (String line = lines.next(); line != null && left > 0; line = lines.next()) {
            left -= line.length();
            int path = pathEnd(line);
            if (path > 0 && wanted.fits(line.substring(0, path))) {
                add(line.substring(0, path), line.substring(path).strip());
            }
        }
    }

    private void add(String path, String packages) {
        for (String entry : packages.split(",", -1)) {
            String name = entry.substring(entry.lastIndexOf('/') + 1);
            SearchHit hit = NameSearch.newest(indexes, name, "/" + path);
            if (hit != null) {
                hits.putIfAbsent(name, hit);
            }
        }
    }

    /// The lines about commands, libraries and modules, kept by the digest of the list.
    private Path excerpt(Found list) throws IOException {
        RecordStore records = downloader.cache().records();
        ContentStore content = downloader.cache().content();
        Optional<byte[]> known = records.read(EXCERPT, list.digest());
        if (known.isPresent()) {
            Optional<Path> file = content.find(Digest.parse(new String(known.get(), StandardCharsets.US_ASCII)));
            if (file.isPresent()) {
                return file.get();
            }
        }
        Stored stored = content.add(out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            try (InputStream in = whole(list)) {
                LineReader lines = new LineReader(in, 1 << 20);
                long left = LARGEST;
                for (String line = lines.next(); line != null && left > 0; line = lines.next()) {
                    left -= line.length();
                    int path = pathEnd(line);
                    if (path > 0 && kindOf(line.substring(0, path)) != 0) {
                        writer.append(line).append('\n');
                    }
                }
            }
            writer.flush();
        });
        records.write(EXCERPT, list.digest(), stored.digest().toString().getBytes(StandardCharsets.US_ASCII));
        return stored.path();
    }

    /// Where a line's path ends: before the last run of blanks. Paths may hold blanks, package lists may not.
    private static int pathEnd(@Nullable String line) {
        if (line == null) {
            return -1;
        }
        int i = line.length() - 1;
        while (i > 0 && line.charAt(i) != ' ' && line.charAt(i) != '\t') {
            i--;
        }
        while (i > 0 && (line.charAt(i - 1) == ' ' || line.charAt(i - 1) == '\t')) {
            i--;
        }
        return i;
    }

    private static char kindOf(String path) {
        String full = merged(path);
        int slash = full.lastIndexOf('/');
        String folder = slash < 0 ? "" : full.substring(0, slash);
        if (folder.equals("usr/bin") || folder.equals("usr/sbin") || folder.equals("usr/games")) {
            return 'c';
        }
        if (folder.equals("usr/share/pkgconfig") || (folder.startsWith("usr/lib/") && folder.endsWith("/pkgconfig"))) {
            return 'm';
        }
        boolean library = folder.equals("usr/lib") || (folder.startsWith("usr/lib/") && folder.indexOf('/', 8) < 0);
        return library && full.indexOf(".so", slash) > 0 ? 's' : 0;
    }

    /// Where a path lies once `/usr` is merged.
    private static String merged(String path) {
        for (String top : List.of("bin/", "sbin/", "lib/", "lib64/", "lib32/", "libx32/")) {
            if (path.startsWith(top)) {
                return "usr/" + path;
            }
        }
        return path;
    }
}
