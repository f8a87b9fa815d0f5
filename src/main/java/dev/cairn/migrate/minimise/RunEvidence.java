package dev.cairn.migrate.minimise;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What runs of an image opened, and what its programs are linked with: kept beside the Dockerfile, for people to
/// review and for the step to read again. docs/reference/run-evidence.md says how it is written.
///
/// @param runs the commands that were traced
/// @param installed packages of the Dockerfile's lines that the image had
/// @param opened for each package, the first of its files that a run opened
/// @param needed for each package, a library of it and a program outside of all packages that is linked with it
/// @param libraries for each package for development, the packages of libraries that it depends on
/// @param linked whether the image's programs were looked at for what they are linked with
public record RunEvidence(
        SortedSet<String> runs,
        SortedSet<String> installed,
        SortedMap<String, String> opened,
        SortedMap<String, String> needed,
        SortedMap<String, String> libraries,
        boolean linked) {
    /// What the name of the file ends in, behind the Dockerfile's.
    public static final String SUFFIX = ".evidence";

    private static final String HEADER =
            "# What runs of the image opened; written by `cairn migrate --step minimise`," + " which reads it again.\n";
    private static final int LARGEST = 1 << 20;
    private static final int LONGEST = 4096;

    public RunEvidence {
        runs = Collections.unmodifiableSortedSet(new TreeSet<>(runs));
        installed = Collections.unmodifiableSortedSet(new TreeSet<>(installed));
        opened = Collections.unmodifiableSortedMap(new TreeMap<>(opened));
        needed = Collections.unmodifiableSortedMap(new TreeMap<>(needed));
        libraries = Collections.unmodifiableSortedMap(new TreeMap<>(libraries));
    }

    /// Nothing was looked at.
    public static RunEvidence none() {
        return new RunEvidence(
                new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), false);
    }

    /// A file that was read.
    public sealed interface Reading {
        /// It is evidence.
        record Read(RunEvidence evidence) implements Reading {}

        /// It is not.
        ///
        /// @param line the 1-based line
        /// @param problem what is wrong
        record Refused(int line, String problem) implements Reading {}
    }

    /// Reads a file. Any bytes may be given.
    public static Reading read(byte[] bytes) {
        if (bytes.length > LARGEST) {
            return new Reading.Refused(1, "more than " + LARGEST + " bytes");
        }
        List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
        SortedSet<String> runs = new TreeSet<>();
        SortedSet<String> installed = new TreeSet<>();
        SortedMap<String, String> opened = new TreeMap<>();
        SortedMap<String, String> needed = new TreeMap<>();
        SortedMap<String, String> libraries = new TreeMap<>();
        boolean linked = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t", -1);
            String problem = problem(line, cells);
            if (problem != null) {
                return new Reading.Refused(i + 1, problem);
            }
            switch (cells[0]) {
                case "run" -> runs.add(cells[1]);
                case "installed" -> installed.add(cells[1]);
                case "opened" -> opened.merge(cells[1], cells[2], RunEvidence::first);
                case "needed" -> needed.merge(cells[1], cells[2], RunEvidence::first);
                case "library" -> libraries.merge(cells[1], cells[2], RunEvidence::first);
                default -> linked = true;
            }
        }
        return new Reading.Read(new RunEvidence(runs, installed, opened, needed, libraries, linked));
    }

    private static @Nullable String problem(String line, String[] cells) {
        int wanted = switch (cells[0]) {
            case "run", "installed" -> 2;
            case "opened", "needed", "library" -> 3;
            case "linked" -> 1;
            default -> 0;
        };
        if (wanted == 0) {
            return "a line begins with run, installed, opened, needed, library or linked";
        }
        if (line.length() > LONGEST) {
            return "a line of more than " + LONGEST + " characters";
        }
        boolean empty = List.of(cells).contains("");
        boolean control = line.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f || c == 0xfffd);
        return cells.length != wanted || empty || control
                ? cells[0] + " wants " + (wanted - 1) + " cells behind it"
                : null;
    }

    /// This and that of another run.
    public RunEvidence with(RunEvidence other) {
        SortedSet<String> all = new TreeSet<>(runs);
        all.addAll(other.runs);
        SortedSet<String> packages = new TreeSet<>(installed);
        packages.addAll(other.installed);
        return new RunEvidence(
                all,
                packages,
                merged(opened, other.opened),
                merged(needed, other.needed),
                merged(libraries, other.libraries),
                linked || other.linked);
    }

    private static SortedMap<String, String> merged(Map<String, String> one, Map<String, String> other) {
        SortedMap<String, String> all = new TreeMap<>(one);
        other.forEach((name, detail) -> all.merge(name, detail, RunEvidence::first));
        return all;
    }

    private static String first(String one, String other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /// The file's text: the same for the same evidence.
    public String text() {
        List<String> lines = new ArrayList<>();
        runs.forEach(each -> line(lines, "run", each));
        if (linked) {
            lines.add("linked");
        }
        installed.forEach(each -> line(lines, "installed", each));
        opened.forEach((name, path) -> line(lines, "opened", name, path));
        needed.forEach((name, detail) -> line(lines, "needed", name, detail));
        libraries.forEach((name, names) -> line(lines, "library", name, names));
        return HEADER + String.join("\n", lines) + (lines.isEmpty() ? "" : "\n");
    }

    /// What cannot stand in a line is left out: a strange name in an image must not make the file unreadable.
    private static void line(List<String> lines, String... cells) {
        String line = String.join("\t", cells);
        if (problem(line, line.split("\t", -1)) == null) {
            lines.add(line);
        }
    }

    /// Whether a run was traced of an image that had the package.
    boolean isTraced(String name) {
        return !runs.isEmpty() && installed.contains(name);
    }

    /// Whether the programs of an image that had the package were looked at.
    boolean isLinked(String name) {
        return linked && installed.contains(name);
    }

    /// Why the package is needed; empty where nothing shows that it is.
    Optional<String> use(String name) {
        String path = opened.get(name);
        if (path != null) {
            return Optional.of("a traced run opened " + path);
        }
        String detail = needed.get(name);
        return detail == null ? Optional.empty() : Optional.of(detail);
    }
}
