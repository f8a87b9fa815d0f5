package dev.cairn.packages.deb;

import dev.cairn.archive.ArEntry;
import dev.cairn.archive.ArReader;
import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.Decompressor;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A Debian binary package (deb(5)): an ar archive of `debian-binary`, `control.tar` and `data.tar`, in this order, the
/// tars compressed with gzip, xz or zstd, or not at all. Opening reads the control member, which may hold at most
/// 64 MiB; the data is streamed when it is asked for.
public final class DebFile {
    private static final long LARGEST_CONTROL = 64L << 20;

    private final Path path;
    private final ControlFields control;
    private final SortedMap<String, byte[]> controlFiles;

    private DebFile(Path path, ControlFields control, SortedMap<String, byte[]> controlFiles) {
        this.path = path;
        this.control = control;
        this.controlFiles = controlFiles;
    }

    /// Opens a package file.
    ///
    /// @throws DebException when it is no package of format 2
    public static DebFile open(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            ArReader members = new ArReader(in);
            ArEntry version = member(path, members, "debian-binary");
            String format = new String(members.content().readNBytes(64), StandardCharsets.US_ASCII);
            if (!version.name().equals("debian-binary") || !format.startsWith("2.")) {
                throw malformed(path, "its format is '" + format.strip() + "', only 2.x is known");
            }
            member(path, members, "control.tar");
            SortedMap<String, byte[]> files = controlFiles(path, members.content());
            byte[] control = files.get("control");
            if (control == null) {
                throw malformed(path, "it has no control file");
            }
            return new DebFile(path, ControlFields.parse(control), files);
        } catch (ArchiveException e) {
            throw new DebException(
                    DebException.Code.MALFORMED, path.getFileName() + " is no Debian package: " + e.getMessage(), e);
        }
    }

    private static ArEntry member(Path path, ArReader members, String prefix) throws IOException {
        ArEntry entry = members.next();
        // dpkg passes over members whose name begins with an underscore.
        while (entry != null && entry.name().startsWith("_")) {
            entry = members.next();
        }
        if (entry == null || !entry.name().startsWith(prefix)) {
            String found = entry == null ? "its end" : "'" + entry.name() + "'";
            throw malformed(path, "where its member " + prefix + " should be is " + found);
        }
        return entry;
    }

    private static SortedMap<String, byte[]> controlFiles(Path path, InputStream member) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        TarReader tar = new TarReader(Decompressor.open(member), TarLimits.SMALL.withTotalSize(LARGEST_CONTROL));
        for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
            if (entry.isFile() && files.put(entry.path(), tar.content().readAllBytes()) != null) {
                throw malformed(path, "its control member has two files " + entry.path());
            }
        }
        return files;
    }

    private static DebException malformed(Path path, String why) {
        return DebException.malformed(path.getFileName() + " is no Debian package: " + why);
    }

    /// The file.
    public Path path() {
        return path;
    }

    /// The package's control paragraph.
    public ControlFields control() {
        return control;
    }

    /// Every file of the control member by name: `control`, `md5sums`, `postinst`, `conffiles`, …
    public SortedMap<String, byte[]> controlFiles() {
        return Collections.unmodifiableSortedMap(controlFiles);
    }

    /// The data member's tar, decompressed.
    public InputStream openData() throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            ArReader members = new ArReader(file);
            member(path, members, "debian-binary");
            member(path, members, "control.tar");
            member(path, members, "data.tar");
            return new FilterInputStream(Decompressor.open(members.content())) {
                @Override
                public void close() throws IOException {
                    try (file) {
                        super.close();
                    }
                }
            };
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /// `name version architecture`, as the control paragraph says.
    String identity() {
        return control.require("Package") + " " + control.require("Version") + " " + control.require("Architecture");
    }
}
