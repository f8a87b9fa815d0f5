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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cairn run` as a process of its own, on an image made of a real Alpine root file system.
class RunCommandIT {
    @TempDir
    static Path dir;

    static Path layout;

    @BeforeAll
    static void writeImage() throws IOException {
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
        Execution execution = Execution.NONE
                .withUser("nobody")
                .withEnv(List.of("GREETING=hello"))
                .withEntrypoint(List.of("/bin/sh", "-c"))
                .withCmd(List.of("echo $GREETING from $(id -un) in $(pwd)"))
                .withWorkingDir("/srv")
                .withVolumes(List.of("/state"));
        ImageConfig config = ImageConfig.of(null, Platform.LINUX_AMD64, execution, List.of(layer.diffId()));
        layout = dir.resolve("layout");
        new LayoutWriter().add(Image.of(config, List.of(layer)), List.of()).writeFolder(layout);
    }

    private static ProcessBuilder command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--cache",
                dir.resolve("cache").toString(),
                "run"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(dir.resolve("err").toFile());
    }

    private static Ran run(String... args) throws Exception {
        Process process = command(args).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, Files.readString(dir.resolve("err")));
    }

    @Test
    void theImageSaysHowItIsRun() throws Exception {
        assertThat(run(layout.toString())).isEqualTo(new Ran(0, "hello from nobody in /srv\n", ""));
        assertThat(dir.resolve("cache/run")).isEmptyDirectory();
    }

    @Test
    void theCallerSaysOtherwise() throws Exception {
        Ran ran = run(
                "-u",
                "0",
                "-e",
                "GREETING=hi",
                "-w",
                "/new",
                layout.toString(),
                "--",
                "id -u; pwd; echo $GREETING; exit 9");
        assertThat(ran).isEqualTo(new Ran(9, "0\n/new\nhi\n", ""));
        assertThat(run("--entrypoint", "/bin/echo", layout.toString(), "-n", "-u")
                        .out())
                .isEqualTo("-u");
        assertThat(run(layout.toString(), "touch /state/x && touch /y").err()).contains("/y: Read-only file system");
    }

    @Test
    void inputIsPassedOnWhenAsked() throws Exception {
        Process process = command("-i", layout.toString(), "cat").start();
        process.getOutputStream().write("typed".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(process.getInputStream().readAllBytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("typed");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void whatCannotRunIsTold() throws Exception {
        Ran missing = run("--entrypoint", "/no/such", layout.toString());
        assertThat(missing.code()).isEqualTo(127);
        assertThat(missing.err()).isEqualTo("cairn: error: the image has no program '/no/such'\n");
        assertThat(run(dir.resolve("nowhere").toString()).code()).isEqualTo(2);
        assertThat(run("-u", "nosuch", layout.toString()).err()).contains("has no user 'nosuch'");
    }

    @Test
    void signalsReachTheProgram() throws Exception {
        String script = "trap 'echo usr1' USR1; trap 'echo int; exit 4' INT; echo ready; while :; do sleep 0.1; done";
        Process process =
                command("--stop-signal", "SIGINT", layout.toString(), script).start();
        var out = process.inputReader();
        assertThat(out.readLine()).isEqualTo("ready");
        kill("-USR1", process);
        assertThat(out.readLine()).isEqualTo("usr1");
        kill("-TERM", process);
        assertThat(out.readLine()).isEqualTo("int");
        assertThat(process.waitFor()).isEqualTo(4);
    }

    private static void kill(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }
}
