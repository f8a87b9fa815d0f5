package dev.cairn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs small programs of a real Alpine root file system, with each engine.
@ParameterizedClass
@EnumSource(Engine.class)
class SandboxIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    static Path shared;

    static Path root;

    private final Engine engine;
    private Sandbox sandbox;

    @TempDir
    Path dir;

    SandboxIT(Engine engine) {
        this.engine = engine;
    }

    @BeforeAll
    static void unpack() throws Exception {
        Path archive = SharedData.require("rootfs/alpine-minirootfs-3.20.3-x86_64.tar.gz");
        root = Files.createDirectories(shared.resolve("root"));
        int code = new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", root.toString())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).isZero();
        Files.writeString(
                root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001:App:/home/app:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\napp:x:1001:\nextra:x:1500:app\n");
        Files.createDirectories(root.resolve("data/inner"));
        Files.writeString(root.resolve("data/inner/file"), "from the image");
        Files.writeString(root.resolve("secret"), "root's");
        Files.setPosixFilePermissions(root.resolve("secret"), PosixFilePermissions.fromString("rw-------"));
    }

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Host.detect().find(engine.program()) != null, engine.program() + " is not installed");
        assumeTrue(Host.detect().privileged() || engine == Engine.BUBBLEWRAP, "runc without root runs as root only");
        sandbox = Sandbox.open(dir.resolve("state"), engine);
    }

    private SandboxResult run(SandboxSpec.Builder spec) throws Exception {
        return sandbox.run(spec.build(), LONG, 1 << 20);
    }

    private SandboxResult sh(String script) throws Exception {
        return run(shell(script));
    }

    private static SandboxSpec.Builder shell(String script) {
        return SandboxSpec.of(root, "/bin/sh", "-c", script);
    }

    @Test
    void theExitCodeAndTheOutputComeBack() throws Exception {
        SandboxResult result = sh("echo out; echo err >&2; exit 7");
        assertThat(result).isEqualTo(new SandboxResult(7, "out\n", "err\n", false, false));
    }

    @Test
    void theEndBySignalIs128AndItsNumber() throws Exception {
        // the first process is immune to its own signals: a child of the shell dies and tells
        assertThat(sh("(kill -9 $$) ; sh -c 'kill -TERM $$'; exit $?").exitCode())
                .isEqualTo(128 + 15);
    }

    @Test
    void aSignalReachesTheProgram() throws Exception {
        SandboxSpec spec = shell("trap 'echo got; exit 3' USR1; echo ready; while :; do sleep 0.05; done")
                .build();
        try (RunningSandbox running = sandbox.start(spec)) {
            await(running, "ready");
            running.signal("USR1");
            assertThat(running.waitFor(LONG)).isTrue();
            assertThat(running.waitFor()).isEqualTo(3);
            assertThat(running.output()).endsWith("got\n");
        }
    }

    @Test
    void whatIgnoresItsSignalIsKilled() throws Exception {
        SandboxSpec spec =
                shell("trap '' TERM; echo ready; while :; do sleep 0.05; done").build();
        try (RunningSandbox running = sandbox.start(spec)) {
            await(running, "ready");
            assertThat(running.stop("TERM", Duration.ofMillis(200))).isEqualTo(128 + 9);
        }
    }

    @Test
    void theTimeIsLimited() throws Exception {
        SandboxResult result = sandbox.run(shell("echo begun; sleep 100").build(), Duration.ofSeconds(2), 1 << 20);
        assertThat(result.timedOut()).isTrue();
        assertThat(result.out()).isEqualTo("begun\n");
    }

    @Test
    void theOutputIsLimited() throws Exception {
        SandboxResult result =
                sandbox.run(shell("yes | head -c 1000000; echo end >&2").build(), LONG, 1000);
        assertThat(result.truncated()).isTrue();
        assertThat(result.out()).hasSize(1000);
        assertThat(result.err()).isEqualTo("end\n");
    }

    @Test
    void theUserIsTheImages() throws Exception {
        assertThat(run(shell("id; echo $HOME").user("app")).out())
                .contains("uid=1000(app) gid=1001(app)")
                .endsWith("/home/app\n");
        assertThat(run(shell("id -u; id -g").user("4321:app")).out()).isEqualTo("4321\n1001\n");
        assertThat(run(shell("id -u; id -g")).out()).isEqualTo("0\n0\n");
        assertThatThrownBy(() -> run(shell("id").user("nobodyhere")))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("/etc/passwd has no user 'nobodyhere'");
    }

    @Test
    void filesKeepTheirOwners() throws Exception {
        assumeTrue(Host.detect().privileged(), "an ordinary user's files are all the user's");
        assertThat(run(shell("cat /secret").user("app")).err()).contains("Permission denied");
        assertThat(run(shell("cat /secret")).out()).isEqualTo("root's");
        Files.writeString(root.resolve("ours"), "the group's");
        Files.setPosixFilePermissions(root.resolve("ours"), PosixFilePermissions.fromString("rw-r-----"));
        Files.setAttribute(root.resolve("ours"), "unix:gid", 1500);
        assertThat(run(shell("cat /ours").user("app")).out()).isEqualTo("the group's");
        assertThat(run(shell("cat /ours").user("app:app")).err()).contains("Permission denied");
    }

    @Test
    void theRootIsReadOnly() throws Exception {
        SandboxResult result = sh("touch /x /etc/x /data/x; echo $?");
        assertThat(result.out()).isEqualTo("1\n");
        assertThat(result.err()).contains("Read-only file system");
    }

    @Test
    void aWritableRootIsThrownAway() throws Exception {
        assertThat(run(shell("echo new > /data/x && rm -r /data/inner && cat /data/x")
                                .writable(true))
                        .out())
                .isEqualTo("new\n");
        assertThat(root.resolve("data/x")).doesNotExist();
        assertThat(root.resolve("data/inner/file")).exists();
    }

    @Test
    void thereAreNoCapabilitiesAndNoWayToGainAny() throws Exception {
        String status =
                sh("grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status").out();
        assertThat(status)
                .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "CapAmb:\t0000000000000000")
                .contains("NoNewPrivs:\t1", "Seccomp:\t2");
    }

    @Test
    void aCapabilityCanBeGiven() throws Exception {
        String status = run(shell("grep CapEff /proc/self/status").capability("cap_net_bind_service"))
                .out();
        assertThat(status).isEqualTo("CapEff:\t0000000000000400\n");
    }

    @Test
    void theFilterHolds() throws Exception {
        assertThat(sh("unshare -U true; echo $?").out()).isEqualTo("1\n");
        assertThat(run(shell("mount -t tmpfs x /tmp; unshare -m true; echo $?")).err())
                .contains("ermi", "not permitted");
    }

    @Test
    void thereIsNoNetworkButLoopback() throws Exception {
        assertThat(sh("tail -n +3 /proc/net/dev | cut -d: -f1; cat /sys/class/net/lo/operstate 2>/dev/null; true")
                        .out()
                        .strip())
                .startsWith("lo")
                .doesNotContain("eth");
        assertThat(sh("ping -c1 -W1 8.8.8.8 >/dev/null 2>&1 || echo none").out())
                .isEqualTo("none\n");
    }

    @Test
    void theHostsNetworkCanBeGiven() throws Exception {
        String ours = Files.readSymbolicLink(Path.of("/proc/self/ns/net")).toString();
        assertThat(run(shell("readlink /proc/self/ns/net").network(Network.HOST))
                        .out())
                .isEqualTo(ours + "\n");
        assertThat(sh("readlink /proc/self/ns/net").out()).isNotEqualTo(ours + "\n");
    }

    @Test
    void theEnvironmentIsOnlyWhatWasAsked() throws Exception {
        String env = run(shell("env | sort").env("A", "b 'c' \"d\" $E").hostname("box"))
                .out();
        assertThat(env)
                .contains("A=b 'c' \"d\" $E\n", "HOME=/root\n", "HOSTNAME=box\n", "PATH=/usr/local/sbin:")
                .doesNotContain("JAVA_HOME");
        assertThat(run(shell("hostname; cat /etc/hostname").hostname("box")).out())
                .isEqualTo("box\nbox\n");
    }

    @Test
    void foldersAndFilesAreMounted() throws Exception {
        Path data = Files.createDirectories(dir.resolve("it's data"));
        Files.writeString(data.resolve("in"), "from the host");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        SandboxResult result = run(shell("cat /made/here/in /file; echo back > /made/here/out; touch /ro/x")
                .mount(new Mount.Bind(data, "/made/here", false))
                .mount(new Mount.Bind(data, "/ro", true))
                .mount(new Mount.Bind(data.resolve("in"), "/file", true)));
        assertThat(result.out()).isEqualTo("from the hostfrom the host");
        assertThat(data.resolve("out")).hasContent("back");
        assertThat(result.err()).contains("/ro/x: Read-only file system");
        assertThat(root.resolve("made")).doesNotExist();
    }

    @Test
    void memoryAndVolumesAreWritable() throws Exception {
        SandboxResult result = run(shell("cat /data/inner/file && echo x > /data/inner/file && echo y > /run/a/x"
                        + " && echo z > /fresh/x && grep -c noexec.*size=1024k /proc/mounts")
                .mount(new Mount.Tmpfs("/run/a", "size=1m"))
                .mount(new Mount.Volume("/data"))
                .mount(new Mount.Volume("/fresh")));
        assertThat(result).isEqualTo(new SandboxResult(0, "from the image1\n", "", false, false));
        assertThat(root.resolve("data/inner/file")).hasContent("from the image");
    }

    @Test
    void aLinkInTheImageLeadsNowhereElse() throws Exception {
        Files.createDirectories(dir.resolve("outside"));
        Files.deleteIfExists(root.resolve("trap"));
        Files.createSymbolicLink(root.resolve("trap"), dir.resolve("outside"));
        run(shell("echo x > /trap/sub/x")
                .mount(new Mount.Tmpfs("/trap/sub", ""))
                .writable(true));
        assertThat(dir.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void theWorkingFolderIsMade() throws Exception {
        assertThat(run(shell("pwd").workDir("/not/there/yet").user("app")).out())
                .isEqualTo("/not/there/yet\n");
    }

    @Test
    void aMissingProgramIsTold() {
        assertThatThrownBy(() -> run(SandboxSpec.of(root, "nosuchthing")))
                .isInstanceOfSatisfying(
                        SandboxException.class,
                        e -> assertThat(e.code()).isEqualTo(SandboxException.Code.COMMAND_NOT_FOUND))
                .hasMessage("the image has no program 'nosuchthing'");
    }

    @Test
    void processesAreLimited() throws Exception {
        assumeTrue(engine == Engine.RUNC, "bubblewrap has no limits");
        SandboxResult result =
                run(shell("for i in $(seq 30); do sleep 5 & done; echo all").limits(new Limits(0, 10, 0)));
        assertThat(result.err()).contains("can't fork");
    }

    @Test
    void memoryIsLimited() throws Exception {
        SandboxSpec.Builder spec =
                shell("head -c 200m /dev/zero | tail > /dev/null; echo $?").limits(new Limits(50 << 20, 100, 0));
        if (engine == Engine.RUNC) {
            assertThat(run(spec).out()).isEqualTo("137\n");
        } else {
            assertThatThrownBy(() -> run(spec)).hasMessageContaining("memory and CPU limits need runc");
        }
    }

    @Test
    void aPortIsForwarded() throws Exception {
        SandboxSpec spec = shell("echo ready; while :; do echo hello | nc -l -p 8080; done")
                .port(new PortForward(PortForward.LOOPBACK, 0, 8080))
                .user("app")
                .build();
        try (RunningSandbox running = sandbox.start(spec)) {
            await(running, "ready");
            for (int round = 0; round < 3; round++) {
                String answer = "";
                for (int tries = 0; tries < 50 && answer.isEmpty(); tries++) {
                    Thread.sleep(50);
                    answer = ask(running.hostPorts().getFirst());
                }
                assertThat(answer).isEqualTo("hello\n");
            }
        }
    }

    private static String ask(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        run(shell("touch /a; mkdir /b").writable(true).mount(new Mount.Volume("/data")));
        assertThat(dir.resolve("state")).isEmptyDirectory();
    }

    @Test
    void nothingOutlivesAKilledParent() throws Exception {
        Path state = dir.resolve("state");
        String program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process parent = new ProcessBuilder(List.of(
                        program,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        state.toString(),
                        engine.name(),
                        root.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long pid = Long.parseLong(parent.inputReader().readLine());
        assertThat(ProcessHandle.of(pid)).isPresent();
        assertThat(state).isNotEmptyDirectory();

        parent.destroyForcibly().waitFor();

        ProcessHandle.of(pid)
                .ifPresent(handle ->
                        handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        Sandbox.open(state, engine);
        try (Stream<Path> left = Files.list(state)) {
            assertThat(left).isEmpty();
        }
    }

    /// Starts a sandbox and waits to be killed.
    static final class Victim {
        public static void main(String[] args) throws Exception {
            Sandbox sandbox = Sandbox.open(Path.of(args[0]), Engine.valueOf(args[1]));
            RunningSandbox running = sandbox.start(
                    SandboxSpec.of(Path.of(args[2]), "/bin/sleep", "1000").build());
            System.out.println(running.pid().orElseThrow());
            running.waitFor();
        }
    }

    private static void await(RunningSandbox running, String text) throws Exception {
        for (int tries = 0; !running.output().contains(text); tries++) {
            assertThat(tries)
                    .as("still waiting for '%s' in: %s", text, running.output() + running.errorOutput())
                    .isLessThan(1000);
            Thread.sleep(20);
        }
    }
}
