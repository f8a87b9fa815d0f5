package dev.cairn.cli;

import dev.cairn.archive.GzipOutputStream;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarWriter;
import dev.cairn.digest.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A made-up Debian suite with one package, so that [WarmUp] can build an image without the network.
final class WarmUpSuite {
    private static final String CONTROL = """
            Package: app
            Version: 1.0-1
            Architecture: amd64
            Maintainer: Nobody <nobody@example.org>
            Installed-Size: 1
            Description: an application
            """;

    private final Path root;

    WarmUpSuite(Path root) {
        this.root = root;
    }

    /// Writes it, and the definition of an image of it; returns the definition.
    Path write(Path folder) throws IOException {
        byte[] deb = deb();
        Path pool = Files.createDirectories(root.resolve("pool"));
        Files.write(pool.resolve("app.deb"), deb);
        String packages = CONTROL + "Filename: pool/app.deb\nSize: " + deb.length + "\nSHA256: "
                + Digest.of(deb).hex() + "\n\n";
        Path index = Files.createDirectories(root.resolve("dists/warm/main/binary-amd64"));
        Files.writeString(index.resolve("Packages"), packages);
        byte[] bytes = packages.getBytes(StandardCharsets.UTF_8);
        String release = "Suite: warm\nCodename: warm\nDate: Sat, 1 Jan 2000 00:00:00 UTC\nSHA256:\n "
                + Digest.of(bytes).hex() + " " + bytes.length + " main/binary-amd64/Packages\n";
        Files.writeString(root.resolve("dists/warm/InRelease"), release);
        return Files.writeString(
                folder.resolve("suite.yaml"),
                "contents:\n  repositories:\n    - deb [trusted=yes] " + root.toUri()
                        + " warm main\n  packages: [app]\nentrypoint:\n  command: /usr/bin/app\narchs: [amd64]\n");
    }

    private static byte[] deb() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("!<arch>\n"));
        member(out, "debian-binary", ascii("2.0\n"));
        byte[] control = ascii(CONTROL);
        member(out, "control.tar.gz", tar(TarEntry.file("control", 0644, control.length), control));
        byte[] program = ascii("#!/usr/bin/app\n");
        member(out, "data.tar.gz", tar(TarEntry.file("usr/bin/app", 0755, program.length), program));
        return out.toByteArray();
    }

    private static byte[] tar(TarEntry entry, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipOutputStream gzip = new GzipOutputStream(out)) {
            TarWriter tar = new TarWriter(gzip);
            tar.put(entry, content);
            tar.end();
        }
        return out.toByteArray();
    }

    /// A member of an ar archive (ar(5)).
    private static void member(ByteArrayOutputStream out, String name, byte[] content) {
        out.writeBytes(ascii(padded(name, 16) + padded("0", 12) + padded("0", 6) + padded("0", 6) + padded("100644", 8)
                + padded(Integer.toString(content.length), 10) + "`\n"));
        out.writeBytes(content);
        if (content.length % 2 == 1) {
            out.write('\n');
        }
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
