package dev.cairn.builder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// One build with buildah or podman, which share their flags.
final class ContainersBuild {
    private static final String NAME = "localhost/cairn-build";

    private final Engine engine;
    private final Path program;
    private final Storage storage;
    private final Path log;

    ContainersBuild(Engine engine, Path program, Storage storage, Path log) {
        this.engine = engine;
        this.program = program;
        this.storage = storage;
        this.log = log;
    }

    void build(BuildRequest request, Path to) throws IOException, InterruptedException {
        Files.writeString(storage.registries(), registries(request.redirects()), StandardCharsets.UTF_8);
        Programs programs = new Programs(log, storage.environment());
        // containers of a build that was killed would lie there for ever
        List<String> clean = engine == Engine.BUILDAH ? List.of("rm", "--all") : List.of("container", "prune", "-f");
        programs.run(command(clean), request.limit());
        programs.run(command(arguments(request)), request.limit());
        // layers as they are: compressing what is only read again here takes longer than the build
        List<String> push = new ArrayList<>(List.of("push", "--quiet"));
        push.addAll(engine == Engine.BUILDAH ? List.of("--disable-compression") : List.of("--format", "oci"));
        push.addAll(List.of(NAME, "oci:" + to + ":latest"));
        programs.run(command(push), request.limit());
        programs.run(command(List.of("rmi", "--force", NAME)), request.limit());
    }

    private List<String> command(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        Path unshare = HostProgram.find("unshare");
        if (unshare != null && System.getProperty("user.name", "").equals("root")) {
            // what they mount goes away with them
            command.addAll(List.of(unshare.toString(), "--mount", "--"));
        }
        command.add(program.toString());
        command.addAll(storage.flags(engine == Engine.PODMAN));
        command.addAll(arguments);
        return command;
    }

    private List<String> arguments(BuildRequest request) {
        List<String> command = new ArrayList<>(List.of(engine == Engine.BUILDAH ? "bud" : "build"));
        command.addAll(List.of("--format", "oci", "--layers=" + request.reuse(), "--force-rm", "--pull"));
        command.addAll(isolation());
        command.addAll(List.of("--network", request.network() ? "host" : "none"));
        command.add("--http-proxy=" + request.proxies());
        new TreeMap<>(request.arguments())
                .forEach((name, value) -> command.addAll(List.of("--build-arg", name + "=" + value)));
        if (request.certificates() != null) {
            Path bundle = request.certificates().toAbsolutePath();
            command.addAll(List.of("--volume", bundle + ":" + BuildRequest.BUNDLE + ":ro"));
        }
        command.addAll(List.of("--tag", NAME, "--file", request.dockerfile().toString()));
        command.add(request.context().toString());
        return command;
    }

    /// A container of its own for each command, by an engine that works without systemd.
    private static List<String> isolation() {
        for (String runtime : List.of("runc", "crun")) {
            Path found = HostProgram.find(runtime);
            if (found != null) {
                return List.of("--isolation", "oci", "--runtime", found.toString());
            }
        }
        return List.of("--isolation", "oci");
    }

    /// The file in which these tools look up registries, in TOML: containers-registries.conf(5).
    static String registries(List<Redirect> redirects) {
        StringBuilder text = new StringBuilder("unqualified-search-registries = [\"docker.io\"]\n");
        text.append("short-name-mode = \"disabled\"\n");
        for (Redirect redirect : redirects) {
            text.append("\n[[registry]]\nprefix = \"").append(redirect.registry());
            text.append("\"\nlocation = \"").append(redirect.location()).append("\"\ninsecure = true\n");
        }
        for (String location :
                redirects.stream().map(Redirect::location).distinct().sorted().toList()) {
            text.append("\n[[registry]]\nlocation = \"").append(host(location)).append("\"\ninsecure = true\n");
        }
        return text.toString();
    }

    private static String host(String location) {
        int slash = location.indexOf('/');
        return slash < 0 ? location : location.substring(0, slash);
    }
}
