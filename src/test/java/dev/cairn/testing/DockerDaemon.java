package dev.cairn.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A private Docker daemon, with its own storage, socket and containerd, that ends with the test.
public final class DockerDaemon implements AutoCloseable {
    private static final int TENTHS_TO_START = 300;
    private static final long SECONDS_TO_STOP = 60;

    private final Tool client;
    private final Process daemon;
    private final String host;

    private DockerDaemon(Tool client, Process daemon, String host) {
        this.client = client;
        this.daemon = daemon;
        this.host = host;
    }

    /// Starts a daemon that keeps everything in this folder, or skips the test. The folder's path must be short: a
    /// socket's has at most 107 characters.
    public static DockerDaemon start(Path folder, String... furtherFlags) throws IOException {
        Tool.requireRoot();
        Tool client = Tool.require("docker");
        String host = "unix://" + folder.resolve("d.sock");
        List<String> command = new ArrayList<>(List.of(
                Tool.require("dockerd").path().toString(),
                "--data-root",
                folder.resolve("data").toString(),
                "--exec-root",
                folder.resolve("exec").toString(),
                "-H",
                host,
                "-p",
                folder.resolve("d.pid").toString(),
                "--iptables=false",
                "--ip6tables=false",
                "--ip-forward=false",
                "--ip-masq=false",
                "--bridge=none",
                "-s",
                "overlay2",
                "--exec-opt",
                "native.cgroupdriver=cgroupfs"));
        command.addAll(List.of(furtherFlags));
        Path log = folder.resolve("d.log");
        Process daemon = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        DockerDaemon started = new DockerDaemon(client, daemon, host);
        if (!started.isReady()) {
            started.close();
            System.out.println("skipped: dockerd does not start here: " + Files.readString(log));
            return abort("dockerd does not start here");
        }
        return started;
    }

    private boolean isReady() throws IOException {
        try {
            for (int i = 0; i < TENTHS_TO_START && daemon.isAlive(); i++) {
                if (docker("version").exit() == 0) {
                    return true;
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// Runs the client against this daemon.
    public Tool.Result docker(Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(List.of("-H", host));
        all.addAll(Arrays.asList(arguments));
        return client.run(all.toArray());
    }

    /// The value of `DOCKER_HOST` for this daemon.
    public String host() {
        return host;
    }

    @Override
    public void close() {
        daemon.destroy();
        try {
            if (!daemon.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                daemon.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
