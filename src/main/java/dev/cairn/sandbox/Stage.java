package dev.cairn.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the shell script that prepares the root and then becomes the engine. It runs in a mount and a process
/// namespace of its own (and, without privileges, in a user namespace): whatever ends it, the kernel takes every mount
/// and every process below it away.
///
/// The root is an overlay over the unpacked one, which therefore never changes, not even by a mount's place that must
/// be made. Its upper side is in memory, or on disk where the sandbox may write.
final class Stage {
    /// Appears just before the engine starts.
    static final String READY = "ready";

    static final String ROOT = "root";
    /// Exists on every machine (FHS 3.12) and is within every user's reach, which the state folder may not be.
    private static final String REACHABLE = "/mnt";

    private final SandboxSpec spec;
    private final Host host;
    private final Scratch scratch;
    private final SandboxUser user;
    private final StringBuilder script = new StringBuilder();

    Stage(SandboxSpec spec, SandboxUser user, Host host, Scratch scratch) {
        this.spec = spec;
        this.user = user;
        this.host = host;
        this.scratch = scratch;
    }

    /// The script's text for the engine's command line.
    String script(List<String> engine, boolean reachable) throws IOException {
        line("set -e", "umask 022", "cd " + quoted(scratch.dir().toString()));
        Files.createSymbolicLink(scratch.file("lower"), spec.root());
        for (String dir : List.of(ROOT, "mem")) {
            Files.createDirectory(scratch.file(dir));
        }
        root();
        networkFiles();
        int volumes = 0;
        for (Mount mount : spec.mounts()) {
            // not a switch over types: its bootstrap costs more than all the rest of this class
            if (mount instanceof Mount.Bind bind) {
                bind(bind.source(), bind.target(), bind.readOnly());
            } else if (mount instanceof Mount.Tmpfs tmpfs) {
                tmpfs(tmpfs);
            } else if (mount instanceof Mount.Volume volume) {
                volume(volume, "v" + volumes++);
            } else if (mount instanceof Mount.Kept kept) {
                kept(kept, "v" + volumes++);
            }
        }
        if (!spec.workDir().isEmpty()) {
            folder(place(spec.workDir()));
        }
        // places that an image may lack and an engine mounts to
        folder(place("/proc"));
        folder(place("/dev"));
        folder(place("/sys"));
        if (reachable) {
            line("mount --rbind " + ROOT + " " + REACHABLE);
        }
        line(": > " + READY, "cd /");
        line("exec " + quoted(engine) + " " + BubblewrapCommand.FILTER + "< " + quoted(filter().toString()));
        return script.toString();
    }

    /// Where the prepared root is for the engine.
    String root(boolean reachable) {
        return reachable ? REACHABLE : scratch.file(ROOT).toString();
    }

    Path filter() {
        return scratch.file("filter");
    }

    private void root() {
        String options = host.privileged() ? "" : ",userxattr";
        String overlay =
                "mount -t overlay -o lowerdir=lower,upperdir=%/upper,workdir=%/work" + options + " overlay " + ROOT;
        String inMemory =
                "mount -t tmpfs -o mode=0755 tmpfs mem && mkdir mem/upper mem/work && " + overlay.replace("%", "mem");
        if (spec.writable()) {
            // not every file system can be an overlay's upper side
            line("mkdir upper work");
            line(overlay.replace("%", ".") + " 2> overlay.log || { " + inMemory + "; }");
        } else {
            line("{ " + inMemory + "; } 2> overlay.log || " + "{ mount --rbind lower " + ROOT
                    + " && mount -o remount,bind,ro " + ROOT + "; }");
        }
    }

    private void networkFiles() throws IOException {
        String name = spec.hostname();
        if (spec.network() == Network.HOST) {
            for (String file : List.of("/etc/hosts", "/etc/resolv.conf")) {
                if (Files.isRegularFile(Path.of(file))) {
                    bind(Path.of(file).toRealPath(), file, true);
                }
            }
        } else {
            write("/etc/hosts", "127.0.0.1\tlocalhost " + name + "\n::1\tlocalhost " + name + "\n");
        }
        write("/etc/hostname", name + "\n");
    }

    /// Writes a small file into the overlay; where there is none, the image's own stays.
    private void write(String target, String text) throws IOException {
        String place = place(target);
        folder(parent(place));
        line("{ printf %s " + quoted(text) + " > " + place + "; } 2> write.log || :");
    }

    private void bind(Path source, String target, boolean readOnly) throws IOException {
        if (!Files.exists(source)) {
            throw new SandboxException(SandboxException.Code.INVALID, "there is nothing to mount at " + source);
        }
        String place = place(target);
        if (Files.isDirectory(source)) {
            folder(place);
        } else {
            folder(parent(place));
            line("[ -e " + place + " ] || : > " + place);
        }
        mount(quoted(source.toString()), place, readOnly);
    }

    private void mount(String source, String place, boolean readOnly) {
        // a user namespace may not cut off what is mounted below the source
        String how = host.privileged() ? "--bind" : "--rbind";
        line("mount " + how + " " + source + " " + place);
        if (readOnly) {
            // flags of the source that a user namespace may not drop must be named
            String flags = "remount,bind,ro,nosuid,nodev";
            line("mount -o " + flags + " " + place + " 2> mount.log || mount -o " + flags + ",noexec " + place);
        }
    }

    private void tmpfs(Mount.Tmpfs tmpfs) throws IOException {
        String place = place(tmpfs.target());
        folder(place);
        String options = tmpfs.options().isEmpty() ? "mode=1777" : "mode=1777," + tmpfs.options();
        line("mount -t tmpfs -o nosuid,nodev,noexec," + options + " tmpfs " + place);
    }

    private void volume(Mount.Volume volume, String name) throws IOException {
        String place = place(volume.target());
        fill(name, place);
        folder(place);
        line("mount --bind " + name + " " + place);
    }

    /// The folder appears whole: it is filled here and moved. Of two runs that begin at once, the second one's is the
    /// one that is dropped.
    private void kept(Mount.Kept kept, String name) throws IOException {
        String place = place(kept.target());
        String folder = quoted(kept.folder().toString());
        line("if [ ! -d " + folder + " ]; then");
        fill(name, place);
        Path parent = kept.folder().resolveSibling(".");
        line("mkdir -p " + quoted(parent.normalize().toString()));
        line("made=" + folder + ".$$", "rm -rf \"$made\"", "mv " + name + " \"$made\"");
        line("mv -T \"$made\" " + folder + " 2> mv.log || rm -rf \"$made\"");
        line("fi");
        folder(place);
        mount(folder, place, kept.readOnly());
    }

    private void fill(String name, String place) {
        String owner = host.privileged() ? "chown " + user.uid() + ":" + user.gid() + " " + name : ":";
        line("mkdir " + name);
        line("if [ -d " + place + " ]; then cp -a " + place + "/. " + name + "; else " + owner + "; fi");
    }

    /// The quoted place below the root, relative to the scratch folder.
    private String place(String target) throws IOException {
        return quoted(ROOT + "/" + RootPaths.resolve(spec.root(), target));
    }

    private static String parent(String place) {
        return place.substring(0, place.lastIndexOf('/')) + "'";
    }

    private void folder(String place) {
        line("[ -d " + place + " ] || mkdir -p " + place);
    }

    private void line(String... lines) {
        for (String line : lines) {
            script.append(line).append('\n');
        }
    }

    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private static String quoted(List<String> words) {
        List<String> quoted = new ArrayList<>();
        words.forEach(word -> quoted.add(quoted(word)));
        return String.join(" ", quoted);
    }

    /// The environment that the program gets.
    static Map<String, String> environment(SandboxSpec spec, SandboxUser user) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        env.put("HOME", user.home());
        env.put("HOSTNAME", spec.hostname());
        if (spec.terminal()) {
            env.put("TERM", "xterm");
        }
        env.putAll(spec.env());
        return env;
    }
}
