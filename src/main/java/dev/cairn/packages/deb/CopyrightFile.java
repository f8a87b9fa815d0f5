package dev.cairn.packages.deb;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The licences that a package's `copyright` file names, where it is machine-readable (DEP-5, the "Machine-readable
/// debian/copyright file", version 1.0). At most 200 are taken.
public final class CopyrightFile {
    private static final String FORMAT = "format:";
    private static final String LICENCE = "license:";
    private static final String FILES = "files:";
    private static final int MOST = 200;

    private CopyrightFile() {}

    /// Whether this is where a package's copyright file lies.
    public static boolean isOne(String path) {
        return path.startsWith("usr/share/doc/")
                && path.endsWith("/copyright")
                && path.indexOf('/', "usr/share/doc/".length()) == path.length() - "/copyright".length();
    }

    /// The licences of the file's `Files` paragraphs as they stand there (`GPL-2+`, `Expat or Artistic`), each once;
    /// none where the file is not machine-readable.
    public static List<String> licences(byte[] content) {
        Set<String> found = new LinkedHashSet<>();
        boolean readable = false;
        boolean files = false;
        String licence = "";
        for (String line : (new String(content, StandardCharsets.UTF_8) + "\n\n").split("\n", -1)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (line.isBlank()) {
                if (files && !licence.isEmpty() && found.size() < MOST) {
                    found.add(licence);
                }
                files = false;
                licence = "";
            } else if (lower.startsWith(FORMAT)) {
                readable |= lower.contains("copyright-format") || lower.contains("dep5") || lower.contains("dep-5");
            } else if (lower.startsWith(FILES)) {
                files = true;
            } else if (lower.startsWith(LICENCE)) {
                licence = line.substring(LICENCE.length()).strip();
            }
        }
        return readable ? new ArrayList<>(found) : List.of();
    }
}
