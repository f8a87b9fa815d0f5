package dev.cairn.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/// Looks for the program in the root before anything starts, so that a missing one is told as such.
final class Commands {
    private Commands() {}

    static void check(SandboxSpec spec) throws IOException {
        String program = spec.command().getFirst();
        boolean broughtAlong = spec.mounts().stream().anyMatch(mount -> mount instanceof Mount.Bind);
        if (broughtAlong || program.isEmpty() || found(spec, program)) {
            return;
        }
        throw new SandboxException(
                SandboxException.Code.COMMAND_NOT_FOUND,
                "the image has no program '" + program + "'"
                        + (program.equals("sh") || program.endsWith("/sh") || program.endsWith("bash")
                                ? "\ntry: the image's -dev variant, which has a shell"
                                : ""));
    }

    private static boolean found(SandboxSpec spec, String program) throws IOException {
        String workDir = spec.workDir().isEmpty() ? "/" : spec.workDir();
        if (program.indexOf('/') >= 0) {
            return exists(spec.root(), program.startsWith("/") ? program : workDir + "/" + program);
        }
        String path =
                Stage.environment(spec, new SandboxUser(0, 0, List.of(), "/")).getOrDefault("PATH", "");
        for (String dir : path.split(":", -1)) {
            if (exists(spec.root(), (dir.startsWith("/") ? dir : workDir + "/" + dir) + "/" + program)) {
                return true;
            }
        }
        return false;
    }

    private static boolean exists(Path root, String path) throws IOException {
        return Files.isRegularFile(root.resolve(RootPaths.resolve(root, path)), LinkOption.NOFOLLOW_LINKS);
    }
}
