package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Entry;
import dev.cairn.image.layer.PathHashes;
import dev.cairn.packages.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a person should know of a selection: not wrong, but most likely not what was meant.
final class Doubts {
    private static final Set<String> LOCALE_VARIABLES = Set.of("LANG", "LC_ALL", "LC_CTYPE");
    private static final Set<String> UTF8_LOCALES = Set.of("C.UTF-8", "C.utf8");
    private static final String UTF8_LOCALE_FILE = "usr/lib/locale/C.utf8/LC_CTYPE";
    private static final String GLIBC = "libc.so.6";

    private Doubts() {}

    static List<String> of(Definition definition, Resolution.Solved solved, List<InstalledPackage> packages) {
        List<String> doubts = new ArrayList<>();
        if (packages.isEmpty()) {
            doubts.add(definition.file() + ": the image holds no package: contents has no packages, or excludes them");
        }
        unused(definition, solved, doubts);
        locale(definition, packages, doubts);
        return doubts;
    }

    /// Names in `exclude` and `keep` that fit no package: likely mistyped.
    private static void unused(Definition definition, Resolution.Solved solved, List<String> doubts) {
        List<Entry> named = new ArrayList<>(definition.contents().exclude());
        named.addAll(definition.contents().keep());
        for (Entry each : named) {
            if (solved.packages().stream().noneMatch(one -> one.name().equals(each.text()))) {
                doubts.add(each.position() + ": " + each.text() + " is not among the packages");
            }
        }
    }

    /// glibc reads even `C.UTF-8` from files. Where they are missing, programs fall back to ASCII without a word; musl
    /// has no such files and needs none.
    private static void locale(Definition definition, List<InstalledPackage> packages, List<String> doubts) {
        long file = PathHashes.hash(UTF8_LOCALE_FILE);
        boolean glibc =
                packages.stream().anyMatch(each -> each.facts().sonames().contains(GLIBC));
        if (!glibc || packages.stream().anyMatch(each -> each.facts().paths().mayContain(file))) {
            return;
        }
        for (Map.Entry<String, String> each : definition.environment().entrySet()) {
            if (LOCALE_VARIABLES.contains(each.getKey()) && UTF8_LOCALES.contains(each.getValue())) {
                doubts.add(definition.file() + ": " + each.getKey() + " is " + each.getValue()
                        + ", but no package brings that locale; add libc-bin (deb) or glibc-locale-posix (apk)");
            }
        }
    }
}
