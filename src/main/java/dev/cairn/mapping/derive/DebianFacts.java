package dev.cairn.mapping.derive;

import dev.cairn.archive.Decompressor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Reads a suite's `Packages` and `Contents` files for what its packages install. They are read as data for tables:
/// names are compared, nothing is installed from them, so that an unsigned or outdated file does no harm.
final class DebianFacts {
    private static final String PYTHON = "usr/lib/python3/dist-packages/";

    private DebianFacts() {}

    static void packages(Index index, Path file) throws IOException {
        try (BufferedReader lines = open(file)) {
            Facts current = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("Package: ")) {
                    current = index.facts(line.substring(9));
                } else if (current != null && line.startsWith("Source: ")) {
                    current.origin(word(line.substring(8)));
                } else if (current != null && line.startsWith("Depends: ")) {
                    for (String each : line.substring(9).split(", ", -1)) {
                        current.depends().add(word(each));
                    }
                }
            }
        }
    }

    /// A name in front of a blank, `(` or `:`.
    private static String word(String text) {
        int end = 0;
        while (end < text.length() && " (:|".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, end);
    }

    static void contents(Index index, Path file) throws IOException {
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int gap = line.lastIndexOf(' ');
                if (gap > 0 && !line.startsWith("usr/share/doc/") && !line.startsWith("usr/share/man/")) {
                    place(index, line, gap);
                }
            }
        }
    }

    private static void place(Index index, String line, int gap) {
        int end = gap;
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        String path = line.substring(0, end);
        int start = gap + 1;
        while (start <= line.length()) {
            int comma = line.indexOf(',', start);
            int stop = comma < 0 ? line.length() : comma;
            int slash = line.lastIndexOf('/', stop - 1);
            Facts facts = index.find(line.substring(Math.max(start, slash + 1), stop));
            if (facts != null) {
                file(facts, path);
            }
            start = stop + 1;
        }
    }

    private static void file(Facts facts, String path) {
        if (path.startsWith("usr/share/lintian/") || path.startsWith("usr/share/bug/")) {
            return;
        }
        facts.otherFile();
        String name = path.substring(path.lastIndexOf('/') + 1);
        String folder = path.substring(0, path.length() - name.length());
        switch (folder) {
            case "bin/", "sbin/", "usr/bin/", "usr/sbin/" -> facts.commands().add(name);
            case "lib/", "usr/lib/", "lib/x86_64-linux-gnu/", "usr/lib/x86_64-linux-gnu/" -> {
                if (name.startsWith("lib") && name.contains(".so")) {
                    facts.libraries().add(Facts.stem(name));
                }
            }
            default -> other(facts, folder, name, path);
        }
    }

    private static void other(Facts facts, String folder, String name, String path) {
        if (folder.endsWith("/pkgconfig/") && name.endsWith(".pc")) {
            facts.pkgConfig().add(name.substring(0, name.length() - 3));
        }
        String module = module(path);
        if (module != null) {
            facts.modules().add(module);
        }
    }

    private static @Nullable String module(String path) {
        if (!path.startsWith(PYTHON)) {
            return null;
        }
        int slash = path.indexOf('/', PYTHON.length());
        String first = path.substring(PYTHON.length(), slash < 0 ? path.length() : slash);
        if (slash < 0) {
            return first.endsWith(".py") ? first.substring(0, first.length() - 3) : null;
        }
        return first.contains("-info") || first.startsWith("_") ? null : first;
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream in = Decompressor.open(Files.newInputStream(file));
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }
}
