package dev.cairn.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One build with docker's engine. An engine that runs has its registries already, so redirects are written into a
/// copy of the Dockerfile instead.
final class DockerBuild {
    private static final String NAME = "cairn-build:latest";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Path program;
    private final Path state;
    private final Programs programs;

    DockerBuild(Path program, Path state, Programs programs) {
        this.program = program;
        this.state = state;
        this.programs = programs;
    }

    /// Whether the client has an engine to talk to.
    static boolean answers(Path program) throws IOException, InterruptedException {
        Path log = Files.createTempFile("docker", ".log");
        try {
            new Programs(log, Map.of()).run(List.of(program.toString(), "version"), PATIENCE);
            return true;
        } catch (BuilderException _) {
            return false;
        } finally {
            Files.delete(log);
        }
    }

    void build(BuildRequest request, Path to) throws IOException, InterruptedException {
        if (request.certificates() != null) {
            throw new BuilderException(
                    BuilderException.Code.UNAVAILABLE,
                    "docker build cannot lend certificates to a build\ntry: apt-get install buildah");
        }
        Path dockerfile = state.resolve("Dockerfile");
        byte[] bytes = Files.readAllBytes(request.dockerfile());
        Files.write(dockerfile, new RedirectedImages(request.redirects()).in(bytes));
        programs.run(command(request, dockerfile), request.limit());
        Path beside = to.resolveSibling(to.getFileName() + ".part");
        programs.run(List.of(program.toString(), "save", "--output", beside.toString(), NAME), request.limit());
        Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
        programs.run(List.of(program.toString(), "rmi", "--force", NAME), request.limit());
    }

    private List<String> command(BuildRequest request, Path dockerfile) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "build", "--force-rm"));
        command.addAll(List.of("--network", request.network() ? "host" : "none"));
        Map<String, String> arguments = new TreeMap<>(request.arguments());
        if (request.proxies()) {
            for (String name : List.of("http_proxy", "https_proxy", "no_proxy")) {
                String value = System.getenv(name);
                if (value != null) {
                    arguments.putIfAbsent(name, value);
                }
            }
        }
        arguments.forEach((name, value) -> command.addAll(List.of("--build-arg", name + "=" + value)));
        command.addAll(List.of("--tag", NAME, "--file", dockerfile.toString()));
        command.add(request.context().toString());
        return command;
    }
}
