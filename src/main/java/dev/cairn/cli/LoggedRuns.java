package dev.cairn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/// Runs shell scripts in a throw-away root in which there is nothing but bash, and every command only writes its words
/// down. There is no network, no program and no file of this machine in it; bubblewrap makes it.
final class LoggedRuns {
    private static final long MINUTES = 10;
    private static final String DRIVER = """
            log() { local line; printf -v line '%q ' "$@"; printf '%s\\n' "$line" >&9; }
            command_not_found_handle() { log "$@"; return 0; }
            cd() { log cd "$@"; }
            pushd() { log pushd "$@"; }
            popd() { log popd "$@"; }
            source() { log source "$@"; }
            umask() { log umask "$@"; }
            export -f log command_not_found_handle cd pushd popd source umask
            export PATH=/nowhere HOME=/ USER=root
            unset -v OLDPWD
            i=0
            while [ -e /cairn/bodies/$i ]; do
              ( ulimit -t 2; exec 9>/cairn/logs/$i </dev/null >/dev/null 2>&1
                exec /cairn/bash --norc --noprofile -c "$(</cairn/bodies/$i)" sh )
              i=$((i+1))
            done
            """;

    private LoggedRuns() {}

    /// The log of each script: a line for each command that it ran.
    static List<List<String>> run(List<String> scripts, Path scratch) throws IOException {
        Path root = Files.createDirectories(scratch.resolve("root"));
        Path bodies = Files.createDirectories(scratch.resolve("bodies"));
        Path logs = Files.createDirectories(scratch.resolve("logs"));
        Files.writeString(bodies.resolve("driver"), DRIVER);
        for (int i = 0; i < scripts.size(); i++) {
            Files.write(bodies.resolve(Integer.toString(i)), scripts.get(i).getBytes(StandardCharsets.ISO_8859_1));
        }
        for (String folder : List.of("usr/lib", "usr/lib64", "cairn/bodies", "cairn/logs", "dev", "tmp")) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String program : programs(scripts)) {
            stub(root.resolve(program.substring(1)));
        }
        Files.writeString(root.resolve("cairn/bash"), "");
        bubblewrap(root, bodies, logs);
        List<List<String>> found = new ArrayList<>();
        for (int i = 0; i < scripts.size(); i++) {
            Path log = logs.resolve(Integer.toString(i));
            byte[] bytes = Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
            found.add(new String(bytes, StandardCharsets.ISO_8859_1).lines().toList());
        }
        return found;
    }

    /// Programs that scripts call by their whole path.
    private static Set<String> programs(List<String> scripts) {
        Set<String> programs = new TreeSet<>();
        for (String script : scripts) {
            for (String word : script.split("[ \t\n;&|()`\"']+", -1)) {
                boolean bin = word.startsWith("/usr/bin/")
                        || word.startsWith("/bin/")
                        || word.startsWith("/usr/sbin/")
                        || word.startsWith("/sbin/")
                        || word.startsWith("/usr/local/bin/");
                if (bin
                        && word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._+-".indexOf(c) >= 0)
                        && !word.endsWith("/")
                        && !word.contains("..")) {
                    programs.add(word);
                }
            }
        }
        return programs;
    }

    private static void stub(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path parent = file.getParent();
        try {
            Files.createDirectories(parent == null ? file : parent);
        } catch (IOException e) {
            return; // a path below another program: it cannot be called either
        }
        Files.writeString(
                file, "#!/cairn/bash\nprintf -v line '%q ' \"${0##*/}\" \"$@\"; printf '%s\\n' \"$line\" >&9\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void bubblewrap(Path root, Path bodies, Path logs) throws IOException {
        List<String> command = new ArrayList<>(List.of("bwrap", "--unshare-all", "--die-with-parent", "--clearenv"));
        command.addAll(List.of("--ro-bind", root.toString(), "/"));
        for (String folder : List.of("/usr/lib", "/usr/lib64")) {
            if (Files.isDirectory(Path.of(folder))) {
                command.addAll(List.of("--ro-bind", folder, folder));
            }
        }
        command.addAll(List.of("--ro-bind", bash(), "/cairn/bash", "--ro-bind", bodies.toString(), "/cairn/bodies"));
        command.addAll(List.of("--bind", logs.toString(), "/cairn/logs", "--dev", "/dev", "--tmpfs", "/tmp"));
        command.addAll(List.of("/cairn/bash", "--norc", "--noprofile", "/cairn/bodies/driver"));
        for (String link : List.of("lib", "lib64")) {
            Path own = root.resolve(link);
            if (!Files.exists(own, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(own, Path.of("usr/" + link));
            }
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new CliException(CliException.Code.FAILED, "the scripts do not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String bash() {
        for (String place : List.of("/usr/bin/bash", "/bin/bash")) {
            if (Files.isExecutable(Path.of(place))) {
                return place;
            }
        }
        throw new CliException(CliException.Code.FAILED, "there is no bash to run scripts with");
    }
}
