package dev.cairn.mapping.derive;

import dev.cairn.archive.Decompressor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads `APKINDEX.tar.gz` for what its packages provide (`cmd:`, `so:`, `pc:`, `py3.N:`). Only lines of the index's
/// own form are looked at, so that the archive around it does not matter. It is read as data for tables, not trusted.
final class ApkIndexFacts {
    private ApkIndexFacts() {}

    static Index read(Path file) throws IOException {
        Index index = new Index();
        try (InputStream in = Decompressor.open(Files.newInputStream(file));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Facts current = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.length() < 2 || line.charAt(1) != ':') {
                    continue;
                }
                String value = line.substring(2);
                if (line.charAt(0) == 'P') {
                    current = index.facts(value);
                    current.otherFile();
                } else if (current != null) {
                    field(index, current, line.charAt(0), value);
                }
            }
        }
        return index;
    }

    private static void field(Index index, Facts facts, char key, String value) {
        switch (key) {
            case 'o' -> facts.origin(value);
            case 'D' -> {
                for (String word : value.split(" ", -1)) {
                    facts.depends().add(word.split("[=<>~]", 2)[0]);
                }
            }
            case 'p' -> {
                for (String word : value.split(" ", -1)) {
                    provide(index, facts, word);
                }
            }
            default -> {}
        }
    }

    private static void provide(Index index, Facts facts, String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        int colon = name.indexOf(':');
        String thing = name.substring(colon + 1);
        String kind = colon < 0 ? "" : name.substring(0, colon);
        if (colon < 0) {
            index.virtual(name);
        } else if (kind.equals("cmd")) {
            facts.commands().add(thing);
        } else if (kind.equals("so")) {
            facts.libraries().add(Facts.stem(thing));
        } else if (kind.equals("pc")) {
            facts.pkgConfig().add(thing);
        } else if (kind.startsWith("py3")) {
            facts.modules().add(thing);
        }
    }
}
