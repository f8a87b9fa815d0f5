package dev.cairn.mapping.derive;

import dev.cairn.archive.Decompressor;
import dev.cairn.mapping.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the tables that are shipped. Equal sources give equal bytes.
public final class Tables {
    private static final int LEAST = 60;
    private static final int MOST_BY_NAME = 85;

    /// A name that short means different things in different places: `mpc` is a player here and a library there.
    private static final int SHORT = 3;

    private static final String HEADER =
            "# derived by `./dev derive`; docs/reference/package-names.md says what the columns are\n";

    private final Sources sources;

    /// Where the tables come from.
    ///
    /// @param suites for each Debian suite, newest first, its `Packages` file and its `Contents` files
    /// @param apkIndexes `APKINDEX.tar.gz` files of Alpine, newest branch first
    /// @param alpineNames lists of further names of Alpine, of which no index is at hand
    /// @param wolfiNames lists of the names that Wolfi has
    /// @param wolfiRecipes a folder of Wolfi's build recipes; one that does not exist has none
    /// @param reviewed the reviewed rows, whose Alpine names exist too
    public record Sources(
            List<List<Path>> suites,
            List<Path> apkIndexes,
            List<Path> alpineNames,
            List<Path> wolfiNames,
            Path wolfiRecipes,
            Path reviewed) {
        public Sources {
            suites = suites.stream().map(List::copyOf).toList();
            apkIndexes = List.copyOf(apkIndexes);
            alpineNames = List.copyOf(alpineNames);
            wolfiNames = List.copyOf(wolfiNames);
        }
    }

    /// Tables from these sources.
    public Tables(Sources sources) {
        this.sources = sources;
    }

    /// Writes `debian.tsv`, `alpine.tsv`, `alpine-names.txt`, `wolfi-names.txt`, `runtime-debian.tsv` and
    /// `runtime-alpine.tsv` into `folder`.
    public void write(Path folder) throws IOException {
        Index newest = new Index();
        boolean first = true;
        Index debian = new Index();
        List<Index> suites = new ArrayList<>();
        for (List<Path> suite : sources.suites()) {
            Index index = new Index();
            DebianFacts.packages(index, suite.getFirst());
            for (Path contents : suite.subList(1, suite.size())) {
                DebianFacts.contents(index, contents);
            }
            newest = first ? index : newest;
            first = false;
            suites.add(index);
            debian.addMissing(index);
        }
        Index apk = new Index();
        List<Index> branches = new ArrayList<>();
        for (Path file : sources.apkIndexes()) {
            branches.add(ApkIndexFacts.read(file));
            apk.addMissing(branches.getLast());
        }
        put(folder.resolve("runtime-debian.tsv"), HEADER + RuntimeLibraries.rows(suites));
        put(folder.resolve("runtime-alpine.tsv"), HEADER + RuntimeLibraries.rows(branches));
        names(sources.alpineNames()).forEach(name -> apk.facts(name).otherFile());
        alpineSpellings(sources.reviewed()).forEach(name -> apk.facts(name).otherFile());
        Set<String> wolfi = names(sources.wolfiNames());
        if (Files.isDirectory(sources.wolfiRecipes())) {
            wolfi.addAll(WolfiRecipes.names(sources.wolfiRecipes()));
        }
        put(folder.resolve("debian.tsv"), fromDebian(debian, apk, wolfi));
        put(folder.resolve("alpine.tsv"), fromApk(apk, newest));
        put(folder.resolve("alpine-names.txt"), lines(apk.names().stream()));
        put(folder.resolve("wolfi-names.txt"), lines(wolfi.stream()));
    }

    private static String lines(java.util.stream.Stream<String> names) {
        return names.sorted().collect(Collectors.joining("\n", "", "\n"));
    }

    /// The names of all these lists; a name with a variable in it is none.
    private static Set<String> names(List<Path> files) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files) {
            try (InputStream in = Decompressor.open(Files.newInputStream(file))) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(name -> !name.isEmpty() && name.indexOf('$') < 0)
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static Set<String> alpineSpellings(Path reviewed) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(reviewed)) {
            String[] cells = line.split("\t", -1);
            if (!line.startsWith("#") && cells.length > 2) {
                names.addAll(List.of(cells[2].split(" ", -1)));
            }
        }
        names.removeIf(name -> name.equals("-")
                || name.indexOf('#') >= 0
                || name.indexOf('%') >= 0
                || (name.replace("++", "").indexOf('+') > 0 && !name.startsWith("gtk+")));
        return names;
    }

    private static void put(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /// name, names in Alpine, confidence, evidence, names in Wolfi, confidence.
    private static String fromDebian(Index debian, Index apk, Set<String> wolfi) {
        Matcher matcher = new Matcher(debian, apk, false);
        List<String> rows = new ArrayList<>();
        for (Facts each : debian.all()) {
            Match match = matcher.match(each.name());
            Match usable = match == null || match.confidence() < LEAST ? null : match;
            boolean contradicted =
                    match != null && usable == null && match.names().contains(each.name());
            Match named = contradicted ? null : inWolfi(each, usable, wolfi);
            if (usable != null || named != null) {
                rows.add(row(each.name(), usable) + "\t" + cells(named == null ? "" : same(each.name(), named), named));
            }
        }
        rows.addAll(LibraryStems.rows(rows));
        return HEADER + lines(rows.stream());
    }

    /// Only names are known: the proven Alpine name where Wolfi has it, else what naming rules give.
    private static @Nullable Match inWolfi(Facts facts, @Nullable Match alpine, Set<String> wolfi) {
        if (alpine != null && wolfi.containsAll(alpine.names())) {
            return new Match(alpine.names(), Math.min(alpine.confidence(), MOST_BY_NAME), alpine.evidence());
        }
        for (String candidate : Likeness.candidates(facts.name())) {
            if (wolfi.contains(candidate) && candidate.length() > SHORT) {
                int confidence = candidate.equals(facts.name()) ? 76 : 68;
                return new Match(
                        List.of(candidate), confidence, List.of(new Evidence(Evidence.Kind.NAME_ONLY, candidate)));
            }
        }
        return null;
    }

    private static String fromApk(Index apk, Index debian) {
        Matcher matcher = new Matcher(apk, debian, true);
        List<String> rows = new ArrayList<>();
        for (Facts each : apk.all()) {
            Match match = matcher.match(each.name());
            if (match != null && match.confidence() >= LEAST) {
                rows.add(row(each.name(), match));
            }
        }
        return HEADER + lines(rows.stream());
    }

    private static String row(String name, @Nullable Match match) {
        if (match == null) {
            return name + "\t\t\t";
        }
        String evidence = match.evidence().stream()
                .map(each -> letter(each.kind()) + each.detail())
                .collect(Collectors.joining(","));
        return name + "\t" + cells(same(name, match), match) + "\t" + evidence;
    }

    private static String same(String name, Match match) {
        return match.names().equals(List.of(name)) ? "=" : String.join(" ", match.names());
    }

    private static String cells(String names, @Nullable Match match) {
        return match == null ? "\t" : names + "\t" + match.confidence();
    }

    private static String letter(Evidence.Kind kind) {
        return kind.code();
    }
}
