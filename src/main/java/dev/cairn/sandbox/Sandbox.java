package dev.cairn.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs commands in root file systems with runc or bubblewrap, as root or as an ordinary user. See [SandboxSpec] for
/// what holds by default. Nothing outlives this process, however it ends: processes and mounts go away with it by the
/// kernel's hand, and files that it left are swept away by the next [#open].
///
/// Safe for use by several threads.
public final class Sandbox {
    /// A question mark: not every architecture has the call.
    private static final String TRACED =
            "trace=execve,openat,?open,newfstatat,?stat,?lstat,?readlink,readlinkat,?access,faccessat,?faccessat2";

    private final Path state;
    private final Host host;
    private final Engine engine;

    private Sandbox(Path state, Host host, Engine engine) {
        this.state = state;
        this.host = host;
        this.engine = engine;
    }

    /// A sandbox with this machine's best engine.
    ///
    /// @param state a folder of ours for temporary files, on a disk with room for what sandboxes write; several
    ///     processes may share it
    public static Sandbox open(Path state) throws IOException {
        Host host = Host.detect();
        return open(state, host, host.engine());
    }

    /// A sandbox with this engine.
    public static Sandbox open(Path state, Engine engine) throws IOException {
        Host host = Host.detect();
        host.require(engine.program(), engine == Engine.RUNC ? "runc" : "bubblewrap");
        return open(state, host, engine);
    }

    private static Sandbox open(Path state, Host host, Engine engine) throws IOException {
        Path absolute = state.toAbsolutePath().normalize();
        Scratch.sweep(absolute, host);
        return new Sandbox(absolute, host, engine);
    }

    public Engine engine() {
        return engine;
    }

    /// Runs to the end and keeps what it prints.
    ///
    /// @param timeout after which it is killed
    /// @param outputLimit how many bytes of each stream are kept
    public SandboxResult run(SandboxSpec spec, Duration timeout, int outputLimit)
            throws IOException, InterruptedException {
        try (RunningSandbox running = start(spec, outputLimit)) {
            boolean ended = running.waitFor(timeout);
            if (!ended) {
                running.kill();
            }
            return running.result(!ended);
        }
    }

    /// Starts it. The caller closes the handle, which kills what still runs.
    public RunningSandbox start(SandboxSpec spec) throws IOException {
        return start(spec, 1 << 20);
    }

    private RunningSandbox start(SandboxSpec spec, int outputLimit) throws IOException {
        checkSupported(spec);
        Commands.check(spec);
        SandboxUser user = SandboxUser.resolve(spec.root(), spec.user());
        if (engine == Engine.RUNC && !host.privileged() && user.uid() != 0) {
            throw new SandboxException(
                    SandboxException.Code.UNSUPPORTED,
                    "runc without root can run an image as its root only\ntry: apt-get install bubblewrap\ntry: -u 0");
        }
        Scratch scratch = Scratch.create(state, host);
        try {
            prepare(spec, user, scratch);
            return RunningSandbox.start(spec, host, engine, scratch, outer(spec, scratch), outputLimit);
        } catch (IOException | RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    private void checkSupported(SandboxSpec spec) {
        if (!Files.isDirectory(spec.root())) {
            throw new SandboxException(SandboxException.Code.INVALID, "the root is not a folder: " + spec.root());
        }
        boolean limits = spec.limits().memoryBytes() > 0 || spec.limits().milliCpus() > 0;
        if (limits && !(engine == Engine.RUNC && host.privileged())) {
            throw new SandboxException(
                    SandboxException.Code.UNSUPPORTED,
                    "memory and CPU limits need runc and root\ntry: without them, or as root with runc installed");
        }
    }

    private void prepare(SandboxSpec spec, SandboxUser user, Scratch scratch) throws IOException {
        Stage stage = new Stage(spec, user, host, scratch);
        Map<String, String> env = Stage.environment(spec, user);
        Seccomp seccomp = Seccomp.load(spec.capabilities());
        Files.write(stage.filter(), engine == Engine.BUBBLEWRAP ? seccomp.bpf(host.arm()) : new byte[0]);
        BubblewrapCommand bubblewrap = new BubblewrapCommand(spec, user, host);
        boolean reachable = engine == Engine.BUBBLEWRAP && bubblewrap.dropsUser();
        String root = stage.root(reachable);
        List<String> command = switch (engine) {
            case RUNC -> {
                String config = new RuncConfig(spec, user, host).json(root, env, seccomp);
                Files.writeString(scratch.file("config.json"), config);
                yield runc(scratch);
            }
            case BUBBLEWRAP -> bubblewrap.arguments(root, env);
        };
        Files.writeString(
                scratch.file("stage.sh"), stage.script(traced(spec, command), reachable), StandardCharsets.UTF_8);
    }

    /// The engine under strace, where the specification asks for it. What the engine itself does is in the log, too.
    private List<String> traced(SandboxSpec spec, List<String> engineCommand) throws IOException {
        Path log = spec.trace();
        if (log == null) {
            return engineCommand;
        }
        List<String> command = new ArrayList<>(List.of(host.require("strace", "strace"), "-f", "-qq", "-s", "4096"));
        command.addAll(List.of("-e", TRACED, "-e", "signal=none", "-o", log.toString(), "--"));
        command.addAll(engineCommand);
        return command;
    }

    private List<String> runc(Scratch scratch) {
        return List.of(
                host.require("runc", "runc"),
                "--root",
                scratch.file(Scratch.RUNC_STATE).toString(),
                "--log",
                scratch.file(RunningSandbox.RUNC_LOG).toString(),
                "run",
                "--bundle",
                scratch.dir().toString(),
                scratch.id());
    }

    /// The command line around the stage.
    private List<String> outer(SandboxSpec spec, Scratch scratch) {
        List<String> command = new ArrayList<>();
        if (!spec.terminal()) {
            // the terminal's own signals reach this process only, which passes them on once
            command.add(host.require("setsid", "util-linux"));
        }
        command.addAll(List.of(host.require("setpriv", "util-linux"), "--pdeathsig", "KILL"));
        command.addAll(List.of(host.require("unshare", "util-linux"), "--mount", "--pid", "--fork"));
        command.addAll(List.of("--kill-child", "--mount-proc"));
        if (!host.privileged()) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("/bin/sh", scratch.file("stage.sh").toString()));
        return command;
    }
}
