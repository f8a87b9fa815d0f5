package dev.cairn.packages.apk;

import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the database of installed packages below `lib/apk/db`: `installed`, `scripts.tar` and `triggers`, as
/// apk-tools 2.14 does, so that an `apk` in the image takes over from there. Packages are sorted as apk sorts them.
public final class InstalledDatabase {
    private static final String[][] HEADER = {
        {"T", "pkgdesc"},
        {"U", "url"},
        {"L", "license"},
        {"o", "origin"},
        {"m", "maintainer"},
        {"t", "builddate"},
        {"c", "commit"},
        {"k", "provider_priority"}
    };

    private final List<Installed> packages;

    /// One installed package.
    ///
    /// @param info its `.PKGINFO`
    /// @param checksum its checksum as the index has it (`Q1…`)
    /// @param size the size of its file
    /// @param tag the repository tag that it was pinned to, or empty
    /// @param files its entries in the order of its data tar
    /// @param scripts its scripts, by member name with the dot
    public record Installed(
            PkgInfo info,
            String checksum,
            long size,
            String tag,
            List<InstalledFile> files,
            Map<String, byte[]> scripts) {
        public Installed {
            files = List.copyOf(files);
            scripts = Map.copyOf(scripts);
        }
    }

    /// One entry of a package.
    ///
    /// @param checksum `Q1` and the base64 SHA-1 of a file's content or a symbolic link's target; empty for others
    public record InstalledFile(TarEntry entry, String checksum) {}

    /// A database of these packages.
    public InstalledDatabase(List<Installed> packages) {
        List<Installed> sorted = new ArrayList<>(packages);
        sorted.sort(Comparator.comparing((Installed p) -> Solver.foldCase(p.info.name()))
                .thenComparing(p -> p.info.name()));
        this.packages = List.copyOf(sorted);
    }

    /// The text of `lib/apk/db/installed`.
    public String installed() {
        StringBuilder text = new StringBuilder();
        for (Installed installed : packages) {
            writeStanza(installed, text);
            text.append('\n');
        }
        return text.toString();
    }

    /// One package's stanza, without the empty line that ends it.
    public static String stanza(Installed installed) {
        StringBuilder text = new StringBuilder();
        writeStanza(installed, text);
        return text.toString();
    }

    private static void writeStanza(Installed installed, StringBuilder text) {
        PkgInfo info = installed.info;
        line(text, "C", installed.checksum);
        line(text, "P", info.name());
        line(text, "V", info.version());
        line(text, "A", info.architecture());
        line(text, "S", Long.toString(installed.size));
        line(text, "I", info.find("size").orElse("0"));
        for (String[] field : HEADER) {
            line(text, field[0], info.find(field[1]).orElse(""));
        }
        line(text, "D", String.join(" ", info.all("depend")));
        line(text, "p", String.join(" ", info.all("provides")));
        line(text, "i", String.join(" ", info.all("install_if")));
        line(text, "r", String.join(" ", info.replaces()));
        line(text, "q", info.replacesPriority() == 0 ? "" : Integer.toString(info.replacesPriority()));
        line(text, "s", installed.tag);
        writeFiles(installed, text);
    }

    private static void line(StringBuilder text, String letter, String value) {
        if (!value.isEmpty()) {
            text.append(letter).append(':').append(value).append('\n');
        }
    }

    /// Directories in the order of the tar, each with its files.
    private static void writeFiles(Installed installed, StringBuilder text) {
        Map<String, TarEntry> directories = new HashMap<>();
        Map<String, List<InstalledFile>> filesOf = new LinkedHashMap<>();
        for (InstalledFile file : installed.files) {
            TarEntry entry = file.entry;
            if (entry.isDirectory()) {
                directories.put(entry.path(), entry);
                filesOf.computeIfAbsent(entry.path(), d -> new ArrayList<>());
            } else {
                filesOf.computeIfAbsent(entry.parent(), d -> new ArrayList<>()).add(file);
            }
        }
        for (Map.Entry<String, List<InstalledFile>> directory : filesOf.entrySet()) {
            text.append("F:").append(directory.getKey()).append('\n');
            TarEntry entry = directories.get(directory.getKey());
            if (entry != null) {
                writeOwner(text, "M", entry, 0755);
            }
            for (InstalledFile file : directory.getValue()) {
                text.append("R:").append(file.entry.name()).append('\n');
                writeOwner(text, "a", file.entry, 0644);
                line(text, "Z", file.checksum);
            }
        }
    }

    private static void writeOwner(StringBuilder text, String letter, TarEntry entry, int usualMode) {
        if (entry.uid() != 0 || entry.gid() != 0 || entry.mode() != usualMode) {
            line(text, letter, entry.uid() + ":" + entry.gid() + ":" + Integer.toOctalString(entry.mode()));
        }
    }

    /// `lib/apk/db/scripts.tar`: the scripts of all packages, for when they are upgraded or removed.
    public byte[] scripts() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(bytes);
        for (Installed installed : packages) {
            for (String kind : SCRIPTS) {
                byte[] script = installed.scripts.get(kind);
                if (script != null) {
                    tar.put(scriptEntry(installed, kind, script), script);
                }
            }
        }
        tar.end();
        return bytes.toByteArray();
    }

    /// In the order of apk's database.
    private static final List<String> SCRIPTS = List.of(
            ".pre-install",
            ".post-install",
            ".pre-deinstall",
            ".post-deinstall",
            ".pre-upgrade",
            ".post-upgrade",
            ".trigger");

    private static TarEntry scriptEntry(Installed installed, String kind, byte[] script) {
        PkgInfo info = installed.info;
        String checksum = installed.checksum.contains("//") ? hexadecimal(installed.checksum) : installed.checksum;
        String name = info.name() + "-" + info.version() + "." + checksum + kind;
        long time = Long.parseLong(info.find("builddate").orElse("0"));
        return TarEntry.file(name, 0755, script.length).withMtime(time);
    }

    /// apk's other form of a checksum: base64 may hold two slashes in a row, which a path may not.
    private static String hexadecimal(String checksum) {
        return "X1" + HexFormat.of().formatHex(Base64.getDecoder().decode(checksum.substring(2)));
    }

    /// `lib/apk/db/triggers`: which packages want to be run after a change in which folders.
    public String triggers() {
        StringBuilder text = new StringBuilder();
        for (Installed installed : packages) {
            List<String> triggers = installed.info.triggers();
            if (!triggers.isEmpty()) {
                text.append(installed.checksum)
                        .append(' ')
                        .append(String.join(" ", triggers))
                        .append('\n');
            }
        }
        return text.toString();
    }

    /// `etc/apk/world`: what was asked for, one item a line.
    public static String world(List<String> items) {
        List<String> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparing(Solver::foldCase).thenComparing(Comparator.naturalOrder()));
        return sorted.isEmpty() ? "" : String.join("\n", sorted) + "\n";
    }

    /// The checksum of some content in the form that the database wants.
    public static String checksumOf(byte[] content) {
        try {
            byte[] sha1 = java.security.MessageDigest.getInstance("SHA-1").digest(content);
            return "Q1" + Base64.getEncoder().encodeToString(sha1);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /// The checksum of a symbolic link, by its target.
    public static String checksumOfLink(String target) {
        return checksumOf(target.getBytes(StandardCharsets.UTF_8));
    }
}
