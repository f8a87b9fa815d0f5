package dev.cairn.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The programs of this machine that run containers, and how each puts a second container beside a first.
final class ContainerTools {
    private static final List<String> KNOWN = List.of("docker", "podman", "nerdctl", "kubectl");
    private static final long PATIENCE = 10;

    private final Map<String, String> environment;

    ContainerTools(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Those that are on the PATH.
    List<String> engines() {
        return KNOWN.stream().filter(each -> find(each) != null).toList();
    }

    private @Nullable Path find(String program) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return Path.of(folder, program);
            }
        }
        return null;
    }

    private List<String> located(String... command) {
        List<String> located = new ArrayList<>(List.of(command));
        located.set(0, String.valueOf(find(command[0])));
        return located;
    }

    /// The command line that puts the tools beside a container; none where the engine knows no such container.
    ///
    /// @param tools the image with the tools; null for the container's own image with `-dev`
    List<String> lines(String engine, String container, @Nullable String tools) {
        if (engine.equals("kubectl")) {
            return kubectl(container, tools);
        }
        List<String> facts = ask(engine, "inspect", "--format", "{{.Config.Image}}|{{.Config.User}}", container);
        if (facts.isEmpty()) {
            return List.of();
        }
        String[] parts = facts.getFirst().split("\\|", -1);
        String with = tools == null ? DebugCommand.devNameOf(parts[0]) : tools;
        // The same user may look into the process's root; root needs the capability.
        String user = parts.length > 1 && !parts[1].isEmpty() ? " --user " + parts[1] : "";
        return List.of(engine + " run --rm -it --pid container:" + container + " --network container:" + container
                + " --cap-add SYS_PTRACE" + user + " --entrypoint sh " + with);
    }

    private List<String> kubectl(String pod, @Nullable String tools) {
        String name = pod.startsWith("pod/") ? pod.substring(4) : pod;
        List<String> facts = ask(
                "kubectl", "get", "pod", name, "-o", "jsonpath={.spec.containers[0].image}|{.spec.containers[0].name}");
        if (facts.isEmpty()) {
            return List.of();
        }
        String[] parts = facts.getFirst().split("\\|", -1);
        String with = tools == null ? DebugCommand.devNameOf(parts[0]) : tools;
        String target = parts.length > 1 ? " --target=" + parts[1] : "";
        return List.of("kubectl debug -it " + name + " --image=" + with + target + " --profile=general -- sh");
    }

    /// The first lines of what a program says; none when it fails or does not answer.
    private List<String> ask(String... command) {
        try {
            Process process = new ProcessBuilder(located(command))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return List.of();
            }
            String said = new String(process.getInputStream().readNBytes(1 << 16), StandardCharsets.UTF_8);
            return process.exitValue() == 0 && !said.isBlank()
                    ? said.strip().lines().toList()
                    : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
