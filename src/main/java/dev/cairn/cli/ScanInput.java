package dev.cairn.cli;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.Decompressor;
import dev.cairn.digest.Digest;
import dev.cairn.keys.PublicKey;
import dev.cairn.oci.Platform;
import dev.cairn.oci.layout.LayoutException;
import dev.cairn.oci.layout.LayoutReader;
import dev.cairn.oci.source.ImageSource;
import dev.cairn.sbom.Sbom;
import dev.cairn.sbom.SbomReader;
import dev.cairn.scan.inventory.Inventory;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/// What `scan` and its siblings are given: a registry's reference, an OCI layout, a docker archive, a folder or a tar
/// with a root file system, an SPDX or CycloneDX file. What it is, it says itself.
final class ScanInput {
    private final OptionSpec platform = Spec.text(
            "PLATFORM", "The platform to take from an index: linux/arm64 (default: this machine's).", "--platform");

    OptionSpec spec() {
        return platform;
    }

    /// What is inside, and the VEX that comes with it.
    record Read(Inventory.Found found, AttachedVex vex) {}

    /// What is inside; VEX that comes with an image counts when the owner of one of these keys signed it.
    Read read(Session session, String text, List<PublicKey> keys) throws IOException {
        ImageSource[] source = new ImageSource[1];
        Inventory.Found found = read(session, text, source);
        Digest digest = found.sbom().subject().digest();
        return source[0] == null || digest == null
                ? new Read(found, AttachedVex.NONE)
                : new Read(found, AttachedVex.of(session, source[0], digest, keys));
    }

    /// What is inside.
    Inventory.Found read(Session session, String text) throws IOException {
        return read(session, text, new ImageSource[1]);
    }

    private Inventory.Found read(Session session, String text, @Nullable ImageSource[] opened) throws IOException {
        Path path = path(text);
        if (path != null && Files.isDirectory(path) && !LayoutReader.isLayout(path)) {
            return Inventory.ofFolder(path, text);
        }
        if (path != null && Files.isRegularFile(path)) {
            byte[] start = start(path);
            if (isJson(start)) {
                return named(SbomReader.read(path), text);
            }
            if (Decompressor.detect(start, Math.min(start.length, 6)) != Decompressor.Format.NONE) {
                return rootfs(path, text);
            }
        }
        try {
            return image(session, text, opened);
        } catch (LayoutException e) {
            if (path != null && Files.isRegularFile(path) && e.code() == LayoutException.Code.NOT_A_LAYOUT) {
                return rootfs(path, text);
            }
            throw e;
        }
    }

    private Inventory.Found image(Session session, String text, @Nullable ImageSource[] opened) throws IOException {
        ImageSource source = session.image(text);
        opened[0] = source;
        String wanted = platform.getValue();
        return Inventory.of(source.image(wanted == null ? null : Platform.parse(wanted)), text);
    }

    private static Inventory.Found rootfs(Path path, String text) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Inventory.ofTar(in, text);
        } catch (ArchiveException e) {
            throw new CliException(
                    CliException.Code.FAILED,
                    text + ": not an image, not an SBOM, and no readable root file system: " + e.getMessage());
        }
    }

    /// A bill that does not say what it is of is called by its file.
    private static Inventory.Found named(Sbom sbom, String text) {
        Sbom.Subject subject = sbom.subject();
        if (!subject.name().isEmpty()) {
            return new Inventory.Found(sbom, List.of());
        }
        Sbom.Subject named = new Sbom.Subject(
                subject.id(), text, subject.version(), subject.digest(), subject.purl(), subject.properties());
        return new Inventory.Found(
                new Sbom(
                        named,
                        sbom.distribution(),
                        sbom.components(),
                        sbom.relationships(),
                        sbom.created(),
                        sbom.tools()),
                List.of());
    }

    private static @Nullable Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return in.readNBytes(64);
        }
    }

    private static boolean isJson(byte[] start) {
        for (byte b : start) {
            if (b == '{') {
                return true;
            }
            boolean skipped = b == ' ' || b == '\n' || b == '\r' || b == '\t' || (b & 0xff) >= 0xbb;
            if (!skipped) {
                return false;
            }
        }
        return false;
    }
}
