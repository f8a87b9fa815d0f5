package dev.cairn.path;

import dev.cairn.builder.HostProgram;
import dev.cairn.builder.Storage;
import dev.cairn.path.ComposeFile.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Starts the services of a Compose file with podman, all on one loopback interface of their own where each is found by
/// its name, and runs a smoke test there. Nothing of it can be reached from outside, and nothing reaches out.
final class SmokeRun {
    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration TEST = Duration.ofMinutes(3);
    private static final String LAYOUT = "oci:";
    private static final int LAST_LINES = 6;

    private final Path podman;
    private final Path nsenter;
    private final Path state;
    private final Path log;
    private final Storage storage;
    private final List<String> started = new ArrayList<>();
    private final List<String> pulled = new ArrayList<>();

    private SmokeRun(Path podman, Path nsenter, Path state) {
        this.podman = podman;
        this.nsenter = nsenter;
        this.state = state;
        this.log = state.resolve("run.log");
        this.storage = new Storage(state);
    }

    /// A run; null where this machine cannot do it, see [#advice].
    ///
    /// @param state the builder's folder, whose images need not be unpacked again
    static @Nullable SmokeRun find(Path state) {
        Path podman = HostProgram.find("podman");
        Path nsenter = HostProgram.find("nsenter");
        return podman == null || nsenter == null ? null : new SmokeRun(podman, nsenter, state);
    }

    /// How to get what is missing.
    static String advice() {
        return "smoke test: this machine has no podman to run the services with; try: apt-get install podman";
    }

    /// Runs it.
    ///
    /// @param images what each service runs: `oci:FOLDER`, or a name that can be pulled
    /// @param script the smoke test
    SmokeReport run(List<Service> services, Map<String, String> images, Path script)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        stopAll();
        try {
            String first = "";
            for (Service each : services) {
                String problem = start(each, String.valueOf(images.get(each.name())), services, first);
                if (!problem.isEmpty()) {
                    return new SmokeReport(false, each.name() + " does not start\n" + problem, millis(start), false);
                }
                first = first.isEmpty() ? name(each) : first;
            }
            HostProgram.Ended ended = test(first, script);
            String words = ended.isFine() ? ended.words() : ended.words() + logs();
            return new SmokeReport(ended.isFine(), words, millis(start), false);
        } finally {
            stopAll();
        }
    }

    private static long millis(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }

    /// podman calls what it takes from a folder after it, and refuses where that is no name: the folder gets another.
    private Path linked(String folder) throws IOException {
        Path link = storage.runRoot().resolve("image" + started.size());
        Files.deleteIfExists(link);
        return Files.createSymbolicLink(link, Path.of(folder));
    }

    private static String name(Service service) {
        return "cairn-path-" + service.name();
    }

    private String start(Service service, String image, List<Service> all, String first)
            throws IOException, InterruptedException {
        String source = image.startsWith(LAYOUT) ? LAYOUT + linked(image.substring(LAYOUT.length())) : image;
        boolean ours = source.startsWith("127.0.0.1:");
        HostProgram.Ended pull = podman(
                ours ? List.of("pull", "--quiet", "--tls-verify=false", source) : List.of("pull", "--quiet", source));
        if (!pull.isFine()) {
            return last(pull.words());
        }
        String id = pull.words().lines().reduce("", (a, b) -> b).strip();
        pulled.add(id);
        List<String> run = new ArrayList<>(List.of("run", "--detach", "--name", name(service)));
        run.addAll(List.of("--ulimit", "nofile=20000:20000", "--ulimit", "nproc=10000:10000"));
        run.addAll(List.of("--network", first.isEmpty() ? "none" : "container:" + first));
        run.addAll(List.of("--volume", hosts(all) + ":/etc/hosts:ro"));
        service.environment().forEach((name, value) -> run.addAll(List.of("--env", name + "=" + value)));
        run.add(id);
        run.addAll(service.command());
        started.add(name(service));
        HostProgram.Ended ended = podman(run);
        return ended.isFine() ? "" : last(ended.words());
    }

    /// Where each service is found by its name; containers that share a network do not share this file by themselves.
    private Path hosts(List<Service> all) throws IOException {
        StringBuilder lines = new StringBuilder("127.0.0.1 localhost\n");
        all.forEach(each -> lines.append("127.0.0.1 ").append(each.name()).append('\n'));
        return Files.writeString(state.resolve("hosts"), lines, StandardCharsets.UTF_8);
    }

    private HostProgram.Ended test(String first, Path script) throws IOException, InterruptedException {
        HostProgram.Ended process = podman(List.of("inspect", "--format", "{{.State.Pid}}", first));
        String pid = process.words().strip();
        if (!process.isFine() || pid.equals("0")) {
            return new HostProgram.Ended(1, first + " ended at once");
        }
        List<String> command = new ArrayList<>();
        if (!"root".equals(System.getProperty("user.name"))) {
            // a user's containers are in a user namespace of podman's
            command.addAll(List.of(podman.toString(), "unshare"));
        }
        command.addAll(List.of(
                nsenter.toString(),
                "--target",
                pid,
                "--net",
                "sh",
                script.toAbsolutePath().toString()));
        return HostProgram.run(
                command,
                Map.of("HOST", "127.0.0.1"),
                script.toAbsolutePath().getParent(),
                state.resolve("smoke.log"),
                TEST);
    }

    /// What the services said last.
    private String logs() throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder();
        for (String each : started) {
            String words = podman(List.of("logs", "--tail", Integer.toString(LAST_LINES), each))
                    .words();
            all.append('\n').append(each.substring("cairn-path-".length())).append(" said:\n  ");
            all.append(words.replace("\n", "\n  "));
        }
        return all.toString();
    }

    private void stopAll() throws IOException, InterruptedException {
        // the first has the network that the others are in, and is not removed before them
        for (String each : started.reversed()) {
            podman(List.of("rm", "--force", "--time", "1", each));
        }
        podman(List.of("rm", "--force", "--all", "--time", "1"));
        for (String each : pulled) {
            podman(List.of("untag", each));
        }
        pulled.clear();
        started.clear();
    }

    private static String last(String words) {
        List<String> lines = words.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private HostProgram.Ended podman(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(podman.toString()));
        command.addAll(storage.flags(true));
        Path runc = HostProgram.find("runc");
        if (runc != null) {
            command.addAll(List.of("--runtime", runc.toString()));
        }
        command.addAll(arguments);
        return HostProgram.run(command, storage.environment(), null, log, START);
    }
}
