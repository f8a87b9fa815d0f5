package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.GzipOutputStream;
import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Execution;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.Layer;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.Platform;
import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.testing.SharedData;
import dev.cairn.testing.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cairn migrate --step minimise --image --trace`: images run under strace, and what they open decides.
class TraceIT {
    @TempDir
    Path dir;

    private Path dockerfile;

    @BeforeEach
    void tools() throws IOException {
        Tool.requireRoot();
        Tool.require("strace");
        Tool.require("runc");
        dockerfile = Files.createDirectories(dir.resolve("project")).resolve("Dockerfile");
    }

    private Ran minimise(String... more) {
        List<String> all = new java.util.ArrayList<>(
                List.of("--cache", dir.resolve("cache").toString(), "migrate", dockerfile.toString()));
        all.addAll(List.of("--step", "minimise", "--registry", "registry/my.co"));
        all.addAll(List.of(more));
        return Ran.cairn(all.toArray(String[]::new));
    }

    private Path alpine() throws IOException {
        Path archive = SharedData.require("rootfs/alpine-minirootfs-3.20.3-x86_64.tar.gz");
        byte[] tar;
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
            tar = in.readAllBytes();
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GzipOutputStream gzip = new GzipOutputStream(compressed)) {
            gzip.write(tar);
        }
        Layer layer = new Layer(Blob.of(compressed.toByteArray(), MediaType.LAYER_GZIP), Digest.of(tar));
        Execution execution = Execution.NONE.withCmd(List.of("/bin/sh", "-c", "cat /etc/issue; sleep 600"));
        ImageConfig config = ImageConfig.of(null, Platform.LINUX_AMD64, execution, List.of(layer.diffId()));
        Path layout = dir.resolve("layout");
        new LayoutWriter().add(Image.of(config, List.of(layer)), List.of()).writeFolder(layout);
        return layout;
    }

    @Test
    void runsAreMergedAndReadAgain() throws IOException {
        Files.writeString(
                dockerfile, "FROM alpine:3.20\nRUN apk add --no-cache ssl_client zlib curl\nCMD [\"/srv/run\"]\n");
        String image = alpine().toString();
        Ran first = minimise("--image", image, "--trace-for", "2s");
        assertThat(first.err()).contains("does not have curl, which the Dockerfile installs");
        Path file = dir.resolve("project/Dockerfile.evidence");
        String once = Files.readString(file);
        assertThat(once)
                .contains("run\t/bin/sh -c cat /etc/issue; sleep 600\n", "linked\n", "installed\tzlib\n")
                .contains("opened\tbusybox\t/bin/")
                .doesNotContain("ssl_client\t");
        minimise("--image", image, "--trace", "ssl_client -h", "--trace", "cat /etc/passwd | wc -l");
        String twice = Files.readString(file);
        assertThat(twice)
                .contains("opened\tssl_client\t/usr/bin/ssl_client\n", "run\tssl_client -h\n")
                .contains("opened\talpine-baselayout-data\t/etc/passwd\n")
                .contains("run\tcat /etc/passwd | wc -l\n", "run\t/bin/sh -c cat /etc/issue; sleep 600\n");
        assertThat(minimise("--image", image, "--trace", "ssl_client -h").code())
                .isZero();
        assertThat(Files.readString(file)).isEqualTo(twice);
        assertThat(minimise().err())
                .contains("ssl_client stays: a traced run opened /usr/bin/ssl_client")
                .contains("curl stays: no project beside it");
    }

    @Test
    void mistakesAreSaid() throws IOException {
        Files.writeString(dockerfile, "FROM alpine:3.20\nRUN apk add --no-cache curl\n");
        assertThat(minimise("--trace", "id").err()).contains("--image IMAGE");
        assertThat(minimise("--image", "x", "--trace-for", "1h").err()).contains("up to 10m");
        String image = alpine().toString();
        assertThat(minimise("--image", image, "--trace", "no-such-program").err())
                .contains("no program 'no-such-program'");
        assertThat(dir.resolve("project/Dockerfile.evidence")).doesNotExist();
        Files.writeString(dir.resolve("project/Dockerfile.evidence"), "what\n");
        assertThat(minimise("--image", image, "--trace", "id").err()).contains("Dockerfile.evidence:1: a line begins");
        assertThat(Files.readString(dir.resolve("project/Dockerfile.evidence"))).isEqualTo("what\n");
    }

    /// The dev variant of an example, as its Dockerfile would install it.
    @Test
    @Tag("e2e")
    void anExampleIsMinimisedByWhatItOpens() throws IOException {
        Path image = dir.resolve("python.oci");
        Ran built = Ran.cairn(
                Map.copyOf(System.getenv()),
                "build",
                "examples/python.yaml",
                "--variant",
                "dev",
                "--to",
                image.toString());
        assertThat(built.code()).describedAs(built.err()).isZero();
        Files.writeString(
                dockerfile,
                "FROM debian:trixie\nRUN apt-get update && apt-get install -y python3 libsqlite3-0 libexpat1 grep gzip\n"
                        + "COPY app.py /app/\nCMD [\"/app/run\"]\n");
        Ran ran = minimise(
                "--image", image.toString(), "--trace", "python3 -c 'import sqlite3, xml.parsers.expat'", "--write");
        assertThat(ran.code()).describedAs(ran.err()).isZero();
        assertThat(Files.readString(dir.resolve("project/Dockerfile.evidence")))
                .contains("opened\tlibsqlite3-0\t", "opened\tlibexpat1\t", "installed\tgzip\n")
                .doesNotContain("opened\tgzip\t", "opened\tgrep\t");
        assertThat(ran.err())
                .contains("libsqlite3-0 stays: a traced run opened")
                .contains("gzip stays: nothing tells whether it is needed; no traced run opened a file of it");
    }
}
