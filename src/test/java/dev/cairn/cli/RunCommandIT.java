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
import dev.cairn.testing.ClassPath;
import dev.cairn.testing.SharedData;
import dev.cairn.testing.Tool;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                ClassPath.text(),
                Main.class.getName(),
                "--cache",
                dir.resolve("cache").toString(),
                "run"));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(dir.resolve("err").toFile());
        builder.environment().put("XDG_DATA_HOME", dir.resolve("data").toString());
        builder.environment().put("GIVEN", "by the caller");
        return builder;
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

    /// Every option with both engines, or with the one that is here.
    @ParameterizedTest
    @ValueSource(strings = {"runc", "bwrap"})
    void theOptionsDoWhatTheySay(String engine) throws Exception {
        Tool.require(engine);
        Tool.requireRoot();
        Path shared = Files.createDirectories(dir.resolve("shared-" + engine));
        Files.writeString(shared.resolve("given"), "from the host\n");
        shared.toFile().setWritable(true, false);

        assertThat(script(engine, "id -u; id -g", "-u", "1234:2345")).isEqualTo("1234\n2345\n");
        assertThat(script(engine, "echo $A $GIVEN", "-e", "A=1", "-e", "GIVEN")).isEqualTo("1 by the caller\n");
        assertThat(script(engine, "cat /s/given; echo x > /s/new 2>/dev/null || echo ro", "-v", shared + ":/s:ro"))
                .isEqualTo("from the host\nro\n");
        script(engine, "echo written > /s/new", "-u", "0", "-v", shared + ":/s");
        assertThat(shared.resolve("new")).hasContent("written");
        assertThat(script(engine, "touch /t/x && df -k /t | tail -1 | awk '{print $2}'", "--tmpfs", "/t:size=1m"))
                .isEqualTo("1024\n");
        assertThat(script(engine, "tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '"))
                .isEqualTo("lo\n");
        assertThat(script(engine, "cat /proc/net/dev | wc -l", "--network", "host"))
                .isEqualTo(Files.readAllLines(Path.of("/proc/net/dev")).size() + "\n");
        assertThat(script(engine, "touch /y 2>/dev/null || echo no")).isEqualTo("no\n");
        assertThat(script(engine, "touch /y && echo yes", "--writable", "-u", "0"))
                .isEqualTo("yes\n");
        assertThat(script(engine, "grep CapEff /proc/self/status")).isEqualTo("CapEff:\t0000000000000000\n");
        assertThat(script(engine, "grep CapEff /proc/self/status", "-u", "0", "--cap-add", "NET_BIND_SERVICE"))
                .isEqualTo("CapEff:\t0000000000000400\n");
        assertThat(run("--engine", engine, layout.toString(), "exit 42").code()).isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runc", "bwrap"})
    void aNamedVolumeIsKept(String engine) throws Exception {
        Tool.require(engine);
        Tool.requireRoot();
        String volume = "kept-" + engine + ":/etc/apk";
        assertThat(script(engine, "cat /etc/apk/arch; echo mine > /etc/apk/new", "-u", "0", "-v", volume))
                .as("begins with what the image has there")
                .isEqualTo("x86_64\n");
        assertThat(script(engine, "cat /etc/apk/new", "-v", volume)).isEqualTo("mine\n");
        assertThat(script(engine, "echo x > /etc/apk/new || echo ro", "-u", "0", "-v", volume + ":ro"))
                .isEqualTo("ro\n");
        assertThat(dir.resolve("data/cairn/volumes/kept-" + engine + "/new")).hasContent("mine");
        script(engine, "echo own > /fresh/file", "-v", "fresh-" + engine + ":/fresh");
        assertThat(script(engine, "cat /fresh/file", "-v", "fresh-" + engine + ":/fresh"))
                .isEqualTo("own\n");
        assertThat(run("-v", "a b:/x", layout.toString()).code()).isEqualTo(2);
    }

    private static String script(String engine, String script, String... options) throws Exception {
        List<String> words = new ArrayList<>(List.of("--engine", engine));
        words.addAll(List.of(options));
        words.addAll(List.of(layout.toString(), script));
        Ran ran = run(words.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isZero();
        return ran.out();
    }

    @Test
    void dockersHabitsThatCannotBeAreRefused() throws Exception {
        assertThat(run("--name", "x", layout.toString()).err()).contains("a run has no name", "try: --hostname");
        assertThat(run("-d", layout.toString()).code()).isEqualTo(2);
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
