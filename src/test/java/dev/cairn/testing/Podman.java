package dev.cairn.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// podman with a storage of its own and the flags that work without systemd and with cgroup v1.
public final class Podman {
    private final Tool tool;
    private final List<String> global;

    private Podman(Tool tool, List<String> global) {
        this.tool = tool;
        this.global = global;
    }

    /// podman with its storage in this folder, or the test is skipped.
    public static Podman in(Path folder) throws IOException {
        Tool.requireRoot();
        return new Podman(
                Tool.require("podman"),
                List.of(
                        "--root", folder.resolve("root").toString(),
                        "--runroot", folder.resolve("run").toString(),
                        "--storage-driver", "vfs",
                        "--runtime", "runc",
                        "--cgroup-manager", "cgroupfs",
                        "--events-backend", "file"));
    }

    /// Runs a command that needs no container.
    public Tool.Result command(Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(global);
        all.addAll(Arrays.asList(arguments));
        return tool.run(all.toArray());
    }

    /// `podman run --rm` without a network.
    public Tool.Result run(Object... arguments) throws IOException {
        List<Object> all = new ArrayList<>(global);
        all.addAll(List.of("run", "--rm", "--network", "none"));
        all.addAll(List.of("--ulimit", "nofile=20000:20000", "--ulimit", "nproc=10000:10000"));
        all.addAll(Arrays.asList(arguments));
        return tool.run(all.toArray());
    }
}
