package dev.cairn.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What this machine offers.
///
/// @param privileged whether we may mount and make namespaces without a user namespace
/// @param arm whether it is aarch64 rather than x86_64
record Host(boolean privileged, boolean arm, List<Path> path) {
    private static final int CAP_SYS_ADMIN = 21;

    static Host detect() throws IOException {
        String architecture = System.getProperty("os.arch", "");
        if (!architecture.equals("amd64") && !architecture.equals("aarch64")) {
            throw new SandboxException(
                    SandboxException.Code.UNSUPPORTED,
                    "the system call filter is for x86_64 and aarch64, not for " + architecture);
        }
        List<Path> path = new ArrayList<>();
        String configured = System.getenv("PATH");
        for (String dir : ((configured == null ? "" : configured) + ":/usr/sbin:/usr/bin:/sbin:/bin").split(":", -1)) {
            if (dir.startsWith("/")) {
                path.add(Path.of(dir));
            }
        }
        return new Host(isPrivileged(), architecture.equals("aarch64"), path);
    }

    private static boolean isPrivileged() throws IOException {
        boolean root = false;
        boolean admin = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8)) {
            if (line.startsWith("Uid:")) {
                root = line.split("\t", -1)[2].equals("0");
            } else if (line.startsWith("CapEff:")) {
                long effective = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                admin = (effective >> CAP_SYS_ADMIN & 1) != 0;
            }
        }
        return root && admin;
    }

    @Nullable
    Path find(String program) {
        for (Path dir : path) {
            Path file = dir.resolve(program);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return file;
            }
        }
        return null;
    }

    /// The program's path; without it nothing runs.
    String require(String program, String debianPackage) {
        Path found = find(program);
        if (found == null) {
            throw new SandboxException(
                    SandboxException.Code.UNSUPPORTED,
                    "there is no " + program + " on the PATH\ntry: apt-get install " + debianPackage);
        }
        return found.toString();
    }

    /// The engine to use: root's is runc, which can limit memory and processes; an ordinary user's is bubblewrap,
    /// which needs no range of subordinate user ids to show the image's user.
    Engine engine() {
        List<Engine> order =
                privileged ? List.of(Engine.RUNC, Engine.BUBBLEWRAP) : List.of(Engine.BUBBLEWRAP, Engine.RUNC);
        for (Engine engine : order) {
            if (find(engine.program()) != null) {
                return engine;
            }
        }
        throw new SandboxException(
                SandboxException.Code.UNSUPPORTED,
                "running an image needs runc or bubblewrap, and neither is on the PATH\n"
                        + "try: apt-get install runc\ntry: apt-get install bubblewrap");
    }
}
