package dev.cairn.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cairn.testing.DockerDaemon;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Runs the commands of the tutorial "A registry of your own" as they stand there, with real packages, docker, podman
/// and cosign; and sees that the layers that the registry then has are the cache's own files.
class QuickStartIT {
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final int PORT = 5000;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(Files.readString(HOME.resolve("docs/tutorial/own-registry.md")));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    @Test
    void theTutorialWorksAsItIsWritten() throws Exception {
        assumeTrue(Files.exists(HOME.resolve("target/cairn.jar")), "skipped: no target/cairn.jar (mvn package)");
        requireFreePort();
        Files.createSymbolicLink(folder.resolve("cairn"), HOME.resolve("cairn"));
        Files.createSymbolicLink(folder.resolve("examples"), HOME.resolve("examples"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("CAIRN_CACHE", folder.resolve("cache").toString());
        environment.put("CAIRN_KEY_PASSWORD", "a passphrase");
        environment.put("DOCKER_CONFIG", folder.resolve("docker").toString());
        environment.put("REGISTRY_AUTH_FILE", folder.resolve("auth.json").toString());
        podmanWrapper(bin);
        try (DockerDaemon daemon = daemon()) {
            if (daemon != null) {
                environment.put("DOCKER_HOST", daemon.host());
            }
            walk(daemon != null);
        }
    }

    private void walk(boolean docker) throws Exception {
        List<String> blocks = new ArrayList<>(blocks());
        Process server = process(blocks.removeFirst(), "serve.log");
        try {
            await(server);
            int versions = 0;
            for (String block : blocks) {
                String tool = block.substring(0, block.indexOf(' '));
                if (tool.equals("docker") ? !docker : tool.indexOf('/') < 0 && !isThere(tool)) {
                    System.out.println("skipped: there is no " + tool + " for: " + block.strip());
                    continue;
                }
                String output = run(block);
                if (block.contains("redis:8 --version")) {
                    assertThat(output).contains("Redis server v=8");
                    versions++;
                }
            }
            assertThat(versions).as("pulled by docker or podman").isPositive();
            noSecondCopies();
        } finally {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
        }
    }

    /// What the packages brought is in the registry as further names of the cache's files.
    private void noSecondCopies() throws IOException {
        long held = 0;
        long copied = 0;
        try (Stream<Path> all = Files.walk(folder.resolve("my-registry/blobs"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if ((int) Files.getAttribute(file, "unix:nlink") > 1) {
                    held += Files.size(file);
                } else {
                    copied += Files.size(file);
                }
            }
        }
        System.out.println("held in the cache " + held + " bytes, of the registry's own " + copied);
        assertThat(held).isGreaterThan(10_000_000);
        assertThat(copied).isLessThan(3_000_000);
    }

    private static void requireFreePort() throws IOException {
        try (ServerSocket _ = new ServerSocket(PORT, 1, InetAddress.getByName("127.0.0.1"))) {
            return;
        } catch (IOException e) {
            System.out.println("skipped: something listens on 127.0.0.1:" + PORT);
            abort("something listens on 127.0.0.1:" + PORT);
        }
    }

    private static DockerDaemon daemon() throws IOException {
        try {
            return DockerDaemon.start(Files.createTempDirectory("qs"));
        } catch (TestAbortedException e) {
            return null;
        }
    }

    private static boolean isThere(String tool) {
        try {
            Tool.require(tool);
            return true;
        } catch (TestAbortedException e) {
            return false;
        }
    }

    /// podman with the flags that machines without systemd need; the command itself is the tutorial's.
    private void podmanWrapper(Path bin) throws IOException {
        if (!isThere("podman")) {
            return;
        }
        Path wrapper = Files.writeString(
                bin.resolve("podman"), """
                #!/bin/sh
                word=$1; shift
                [ "$word" != run ] || set -- --network none --ulimit nofile=20000:20000 --ulimit nproc=10000:10000 "$@"
                exec %s --root %s/podman --runroot %s/podman-run --storage-driver vfs --runtime runc \\
                    --cgroup-manager cgroupfs --events-backend file $word "$@"
                """.formatted(Tool.require("podman").path(), folder, folder));
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    }

    private Process process(String script, String log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-ec", script);
        builder.environment().putAll(environment);
        return builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve(log).toFile())
                .start();
    }

    private String run(String block) throws Exception {
        Process process = process(block, "block.log");
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(block).isTrue();
        String output = new String(Files.readAllBytes(folder.resolve("block.log")), UTF_8);
        assertThat(process.exitValue()).as(block + output).isZero();
        return output;
    }

    private void await(Process server) throws Exception {
        while (server.isAlive()) {
            try (Socket _ = new Socket("127.0.0.1", PORT)) {
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError(Files.readString(folder.resolve("serve.log")));
    }
}
