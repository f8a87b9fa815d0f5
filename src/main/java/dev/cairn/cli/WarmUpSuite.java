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
import java.util.Map;
import java.util.TreeMap;

/// A made-up Debian suite with a few packages, so that [WarmUp] can build images without the network: an application
/// with the libraries that it needs, one that is left out, a certificate and the facts of a distribution.
final class WarmUpSuite {
    private static final int LIBRARIES = 6;

    private final Path root;
    private final StringBuilder packages = new StringBuilder();

    WarmUpSuite(Path root) {
        this.root = root;
    }

    /// Writes it, and the definition of an image of it; returns the definition.
    Path write(Path folder) throws IOException {
        StringBuilder depends = new StringBuilder("base-files, adduser");
        for (int i = 0; i < LIBRARIES; i++) {
            depends.append(", libapp").append(i);
            add("libapp" + i, "base-files", Map.of("usr/lib/libapp" + i + ".so", text("a library", 400)));
        }
        add("adduser", "base-files", Map.of("usr/sbin/adduser", text("#!/usr/bin/perl", 1)));
        add("base-files", "", Map.of("usr/lib/os-release", "ID=debian\nVERSION_ID=\"1\"\nNAME=\"Debian\"\n"));
        String certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        add("ca-certificates", "base-files", Map.of("usr/share/ca-certificates/warm/a.crt", certificate));
        add("app", depends.toString(), Map.of("usr/bin/app", "#!/usr/bin/app\n", "etc/app.conf", text("a = b", 200)));
        publish();
        return Files.writeString(
                folder.resolve("suite.yaml"), """
                contents:
                  repositories:
                    - deb [trusted=yes] %s warm main
                  packages: [app, ca-certificates]
                accounts:
                  users: [{username: app, uid: 1000}]
                  run-as: app
                paths:
                  - {path: /var/lib/app, type: directory, uid: 1000, gid: 1000, permissions: 0o750}
                environment: {PATH: /usr/bin}
                layering: {strategy: origin, budget: 5}
                entrypoint:
                  command: /usr/bin/app
                archs: [amd64]
                """.replace("%s", root.toUri().toString()));
    }

    private static String text(String line, int times) {
        return (line + "\n").repeat(times);
    }

    private void add(String name, String depends, Map<String, String> files) throws IOException {
        String control = "Package: " + name
                + "\nVersion: 1.0-1\nArchitecture: amd64\nMaintainer: Nobody <nobody@example.org>\nInstalled-Size: 1\n"
                + (depends.isEmpty() ? "" : "Depends: " + depends + "\n")
                + "Description: a package to warm up with\n";
        byte[] deb = deb(control, files);
        Files.write(Files.createDirectories(root.resolve("pool")).resolve(name + ".deb"), deb);
        packages.append(control)
                .append("Filename: pool/")
                .append(name)
                .append(".deb\nSize: ")
                .append(deb.length)
                .append("\nSHA256: ")
                .append(Digest.of(deb).hex())
                .append("\n\n");
    }

    private void publish() throws IOException {
        byte[] bytes = utf8(packages.toString());
        Path index = Files.createDirectories(root.resolve("dists/warm/main/binary-amd64"));
        Files.write(index.resolve("Packages"), bytes);
        String release = "Suite: warm\nCodename: warm\nDate: Sat, 1 Jan 2000 00:00:00 UTC\nSHA256:\n "
                + Digest.of(bytes).hex() + " " + bytes.length + " main/binary-amd64/Packages\n";
        Files.writeString(root.resolve("dists/warm/InRelease"), release);
    }

    private static byte[] deb(String control, Map<String, String> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(utf8("!<arch>\n"));
        member(out, "debian-binary", utf8("2.0\n"));
        member(out, "control.tar.gz", tar(Map.of("control", control)));
        member(out, "data.tar.gz", tar(files));
        return out.toByteArray();
    }

    private static byte[] tar(Map<String, String> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipOutputStream gzip = new GzipOutputStream(out)) {
            TarWriter tar = new TarWriter(gzip);
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                byte[] content = utf8(file.getValue());
                tar.put(TarEntry.file(file.getKey(), 0755, content.length), content);
            }
            tar.end();
        }
        return out.toByteArray();
    }

    /// A member of an ar archive (ar(5)).
    private static void member(ByteArrayOutputStream out, String name, byte[] content) {
        out.writeBytes(utf8(padded(name, 16) + padded("0", 12) + padded("0", 6) + padded("0", 6) + padded("100644", 8)
                + padded(Integer.toString(content.length), 10) + "`\n"));
        out.writeBytes(content);
        if (content.length % 2 == 1) {
            out.write('\n');
        }
    }

    private static String padded(String text, int length) {
        return text + " ".repeat(length - text.length());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
