package dev.cairn.mapping.derive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The program behind `./dev derive SOURCES TARGET`: writes the tables of package names anew.
///
/// SOURCES is a folder with, for each Debian suite, `SUITE-Packages.xz`, `SUITE-Contents-amd64.gz` and
/// `SUITE-Contents-all.gz`; with Alpine's `*APKINDEX.tar.gz`; and with lists of names, one a line, `alpine*.txt` and
/// `wolfi*.txt`, also compressed with xz; and with Wolfi's build recipes in `wolfi-recipes`. The greatest name is the
/// newest.
final class DeriveTables {
    private DeriveTables() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        List<List<Path>> suites = new ArrayList<>();
        for (Path packages : find(folder, "-Packages.xz")) {
            String name = packages.getFileName().toString();
            String suite = name.substring(0, name.indexOf('-'));
            List<Path> files = new ArrayList<>(List.of(packages));
            find(folder, ".gz").stream()
                    .filter(each -> each.getFileName().toString().startsWith(suite + "-Contents"))
                    .forEach(files::add);
            suites.add(files);
        }
        Tables.Sources sources = new Tables.Sources(
                suites,
                find(folder, "APKINDEX.tar.gz"),
                lists(folder, "alpine"),
                lists(folder, "wolfi"),
                folder.resolve("wolfi-recipes"),
                Path.of(args[1], "reviewed.tsv"));
        new Tables(sources).write(Path.of(args[1]));
    }

    private static List<Path> lists(Path folder, String distribution) throws IOException {
        List<Path> all = new ArrayList<>(find(folder, ".txt"));
        all.addAll(find(folder, ".txt.xz"));
        all.removeIf(each -> !each.getFileName().toString().startsWith(distribution));
        return all;
    }

    private static List<Path> find(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.getFileName().toString().endsWith(suffix))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }
}
