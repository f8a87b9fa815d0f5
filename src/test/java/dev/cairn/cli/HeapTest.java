package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.testing.ClassPath;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing is held whole: a package many times as large as the heap becomes a layer and an archive.
class HeapTest {
    private static final int MEGABYTES = 300;
    private static final int HEAP = 48;

    @TempDir
    Path folder;

    @Test
    void aPackageMayBeLargerThanTheHeap() throws Exception {
        Path definition = repository();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx" + HEAP + "m", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", ClassPath.text(), "dev.cairn.cli.Main"));
        command.addAll(List.of("--cache", folder.resolve("cache").toString(), "build", definition.toString()));
        command.addAll(List.of("--to", folder.resolve("large.tar").toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("315 MB unpacked");
    }

    /// A suite with one package of one large file. It is written as a stream, for the same reason.
    private Path repository() throws Exception {
        Path data = folder.resolve("data.tar");
        try (TarArchiveOutputStream tar = tar(data)) {
            put(tar, "usr/share/large", (long) MEGABYTES << 20);
        }
        byte[] control =
                "Package: large\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: x\n"
                        .getBytes(StandardCharsets.US_ASCII);
        Path controlTar = folder.resolve("control.tar");
        try (TarArchiveOutputStream tar = tar(controlTar)) {
            TarArchiveEntry entry = new TarArchiveEntry("./control");
            entry.setSize(control.length);
            tar.putArchiveEntry(entry);
            tar.write(control);
            tar.closeArchiveEntry();
        }
        Path deb = folder.resolve("repository/large.deb");
        Files.createDirectories(deb.getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(deb))) {
            out.write("!<arch>\n".getBytes(StandardCharsets.US_ASCII));
            Path version = Files.writeString(folder.resolve("debian-binary"), "2.0\n");
            for (Path member : List.of(version, controlTar, data)) {
                out.write("%-16s%-12s%-6s%-6s%-8s%-10d`\n"
                        .formatted(member.getFileName(), "0", "0", "0", "100644", Files.size(member))
                        .getBytes(StandardCharsets.US_ASCII));
                Files.copy(member, out);
            }
        }
        Files.delete(data);
        return suite(deb, control);
    }

    private Path suite(Path deb, byte[] control) throws Exception {
        String packages = new String(control, StandardCharsets.US_ASCII) + "Filename: large.deb\nSize: "
                + Files.size(deb) + "\nSHA256: " + sha256(deb) + "\n\n";
        Path root = deb.getParent();
        Path index = Files.createDirectories(root.resolve("dists/made/main/binary-amd64"));
        Files.writeString(index.resolve("Packages"), packages);
        byte[] bytes = packages.getBytes(StandardCharsets.US_ASCII);
        Files.writeString(
                root.resolve("dists/made/InRelease"),
                "Suite: made\nCodename: made\nDate: Sat, 1 Jan 2000 00:00:00 UTC\nSHA256:\n "
                        + Digest.of(bytes).hex() + " " + bytes.length + " main/binary-amd64/Packages\n");
        return Files.writeString(
                folder.resolve("large.yaml"),
                "contents:\n  repositories:\n    - deb [trusted=yes] " + root.toUri()
                        + " made main\n  packages: [large]\narchs: [amd64]\n");
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(hash.digest());
    }

    private static TarArchiveOutputStream tar(Path file) throws IOException {
        return new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    private static void put(TarArchiveOutputStream tar, String path, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("./" + path);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        SplittableRandom random = new SplittableRandom(1);
        byte[] block = new byte[1 << 16];
        DataOutputStream out = new DataOutputStream(tar);
        for (long at = 0; at < size; at += block.length) {
            // half of it compresses, so that the layer is large too
            random.nextBytes(block);
            java.util.Arrays.fill(block, 0, block.length / 2, (byte) at);
            out.write(block, 0, (int) Math.min(block.length, size - at));
        }
        out.flush();
        tar.closeArchiveEntry();
    }
}
