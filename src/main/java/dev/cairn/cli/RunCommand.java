package dev.cairn.cli;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.oci.Execution;
import dev.cairn.oci.Image;
import dev.cairn.sandbox.Engine;
import dev.cairn.sandbox.ForwardedSignals;
import dev.cairn.sandbox.Mount;
import dev.cairn.sandbox.Network;
import dev.cairn.sandbox.PortForward;
import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxException;
import dev.cairn.sandbox.SandboxSpec;
import dev.cairn.sandbox.Stdio;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn run`: runs an image in a sandbox. The program's exit code is passed through; 125 says that it could not be
/// started, 127 that the image has no such program (docker's habit).
final class RunCommand implements Command {
    static final String NAME = "run";

    private static final String TEMPORARY = "/tmp";

    private final OptionSpec user = Spec.text("USER[:GROUP]", "Run as this user of the image.", "-u", "--user");
    private final OptionSpec env =
            Spec.texts("NAME[=VALUE]", "Set a variable; without a value, pass on the caller's.", "-e", "--env");
    private final OptionSpec envFile = Spec.texts("FILE", "Set the variables of a file, one a line.", "--env-file");
    private final OptionSpec volume = Spec.texts(
            "SOURCE:PLACE[:ro]",
            "Mount a folder or file of the host (./data), or a volume that is kept by its name (data);"
                    + " PLACE alone is a writable folder that goes away.",
            "-v",
            "--volume");
    private final OptionSpec tmpfs = Spec.texts("PLACE[:OPTIONS]", "Mount an empty folder in memory.", "--tmpfs");
    private final OptionSpec publish = Spec.texts(
            "[ADDRESS:][HOST:]PORT", "Forward a TCP port of the host, on loopback unless told.", "-p", "--publish");
    private final OptionSpec network = Spec.text("none|host", "What it can reach (none).", "--network", "--net");
    private final OptionSpec workDir = Spec.text("DIR", "Start in this folder.", "-w", "--workdir");
    private final OptionSpec entrypoint =
            Spec.text("PROGRAM", "Run this instead of the image's entrypoint and arguments.", "--entrypoint");
    private final OptionSpec writable = Spec.flag("Let it write to its root; what it writes goes away.", "--writable");
    private final OptionSpec capability = Spec.texts("NAME", "Give it a capability; it has none.", "--cap-add");
    private final OptionSpec memory = Spec.text("SIZE", "Limit its memory: 512m. Needs root.", "-m", "--memory");
    private final OptionSpec processes = Spec.text("N", "Limit its processes (4096; 0: no limit).", "--pids-limit");
    private final OptionSpec cpus = Spec.text("N", "Limit its CPUs: 1.5. Needs root.", "--cpus");
    private final OptionSpec hostname = Spec.text("NAME", "Its host name.", "--hostname");
    private final OptionSpec stopSignal = Spec.text(
            "SIGNAL", "What it is sent when cairn receives TERM (the image's choice, else TERM).", "--stop-signal");
    private final OptionSpec interactive = Spec.flag("Pass standard input on.", "-i", "--interactive");
    private final OptionSpec terminal = Spec.flag("Let it control the terminal.", "-t", "--tty");
    private final OptionSpec engine = Spec.text("runc|bwrap", "Use this engine.", "--engine");
    private final OptionSpec name =
            Spec.textBuilder("NAME", "Refused.", "--name").hidden(true).build();
    private final OptionSpec detach =
            Spec.flagBuilder("Refused.", "-d", "--detach").hidden(true).build();
    private final OptionSpec remove = Spec.flag("Nothing: nothing is ever left.", "--rm");
    private final PositionalParamSpec parameters = Spec.parameters(
            0, "IMAGE|ARG", "An OCI layout, an archive, or REGISTRY/NAME, maybe with :TAG; then arguments.", true);

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Run an image in a sandbox: read-only, without capabilities and network.",
                "cairn run redis.oci",
                "cairn run -p 6379 -v ./data:/data redis.oci --appendonly yes",
                "cairn run -it --entrypoint sh redis-dev.oci");
        // what follows the image is the program's, options too
        spec.parser().stopAtPositional(true);
        for (OptionSpec option : options()) {
            spec.addOption(option);
        }
        return spec.addPositional(parameters);
    }

    private List<OptionSpec> options() {
        return List.of(
                user,
                env,
                envFile,
                volume,
                tmpfs,
                publish,
                network,
                workDir,
                entrypoint,
                writable,
                capability,
                memory,
                processes,
                cpus,
                hostname,
                stopSignal,
                interactive,
                terminal,
                engine,
                name,
                detach,
                remove);
    }

    @Override
    public int run(Session session) throws IOException {
        checkAttached();
        String[] given = parameters.getValue();
        CacheDirectory cache = session.cache() == null
                ? CacheDirectory.of(session.environment())
                : new CacheDirectory(session.cache());
        Image image = new RunImage(session).find(given[0]);
        try (UnpackedImages.Root unpacked = UnpackedImages.in(cache).root(image)) {
            Path root = unpacked.folder();
            SandboxSpec spec = specification(session, root, image.config().execution(), RunInput.arguments(given));
            return run(
                    sandbox(cache.root().resolve("run")),
                    spec,
                    signal(image.config().execution()));
        } catch (SandboxException e) {
            throw new CliException(code(e.code()), e.getMessage() == null ? "" : e.getMessage());
        } catch (InterruptedException _) {
            throw new InterruptedIOException("interrupted");
        }
    }

    /// What docker's fingers type and nothing here could keep.
    private void checkAttached() {
        if (name.getValue() != null) {
            throw RunInput.usage("a run has no name: it ends with this command, and nothing is left to name\n"
                    + "try: --hostname, or -v NAME:PLACE for a volume that is kept");
        }
        if (detach.<Boolean>getValue()) {
            throw RunInput.usage("a run ends with this command and is not detached\ntry: the shell's &");
        }
    }

    private static CliException.Code code(SandboxException.Code code) {
        return switch (code) {
            case INVALID, NO_SUCH_USER -> CliException.Code.USAGE;
            case COMMAND_NOT_FOUND -> CliException.Code.NO_PROGRAM;
            case UNSUPPORTED, NOT_STARTED -> CliException.Code.NOT_STARTED;
        };
    }

    private static int run(Sandbox sandbox, SandboxSpec spec, String stopSignal)
            throws IOException, InterruptedException {
        try (ForwardedSignals signals = ForwardedSignals.begin(stopSignal);
                RunningSandbox running = sandbox.start(spec)) {
            signals.deliverTo(running);
            return running.waitFor();
        }
    }

    private Sandbox sandbox(Path state) throws IOException {
        String name = engine.getValue();
        if (name == null) {
            return Sandbox.open(state);
        }
        for (Engine known : Engine.values()) {
            if (known.program().equals(name)) {
                return Sandbox.open(state, known);
            }
        }
        throw RunInput.usage("the engines are runc and bwrap, not " + name);
    }

    private String signal(Execution execution) {
        String given = stopSignal.getValue();
        String signal = given != null ? given : execution.stopSignal();
        if (signal == null || signal.isEmpty()) {
            return "TERM";
        }
        return signal.startsWith("SIG") ? signal.substring(3) : signal;
    }

    private SandboxSpec specification(Session session, Path root, Execution execution, List<String> arguments)
            throws IOException {
        SandboxSpec.Builder spec = SandboxSpec.of(
                root, RunInput.command(entrypoint.getValue(), execution.entrypoint(), execution.cmd(), arguments));
        spec.user(or(user.getValue(), execution.user()));
        spec.workDir(or(workDir.getValue(), execution.workingDir()));
        spec.hostname(or(hostname.getValue(), NAME_OF_HOST));
        spec.writable(writable.<Boolean>getValue());
        spec.terminal(terminal.<Boolean>getValue());
        boolean input = interactive.<Boolean>getValue() || terminal.<Boolean>getValue();
        spec.stdio(input ? Stdio.INHERIT : Stdio.INHERIT_OUTPUT);
        spec.limits(RunInput.limits(memory.getValue(), processes.getValue(), cpus.getValue()));
        spec.network(network());
        for (String port : publish.<String[]>getValue()) {
            spec.port(PortForward.parse(port));
        }
        for (String name : capability.<String[]>getValue()) {
            spec.capability(name);
        }
        environment(session.environment(), execution.env()).forEach(spec::env);
        mounts(spec, execution, root, NamedVolumes.of(session.environment()));
        return spec.build();
    }

    private static final String NAME_OF_HOST = "cairn";

    private static String or(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }

    private Network network() {
        String name = network.getValue();
        if (name == null || name.equals("none")) {
            return Network.NONE;
        }
        if (name.equals("host")) {
            return Network.HOST;
        }
        throw RunInput.usage("the network is none or host, not " + name);
    }

    private Map<String, String> environment(Map<String, String> callers, List<String> image) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : image) {
            RunInput.environment(variable, Map.of(), variables);
        }
        for (String file : envFile.<String[]>getValue()) {
            RunInput.environmentFile(Path.of(file), callers, variables);
        }
        for (String variable : env.<String[]>getValue()) {
            RunInput.environment(variable, callers, variables);
        }
        return variables;
    }

    /// What was asked for goes before the image's own volumes. Where the root is read-only, an image that has a /tmp
    /// gets one in memory, as podman does it: programs take it for granted.
    private void mounts(SandboxSpec.Builder spec, Execution execution, Path root, NamedVolumes named) {
        List<String> places = new ArrayList<>();
        for (String text : volume.<String[]>getValue()) {
            Mount mount = RunInput.volume(text, named);
            places.add(mount.target());
            spec.mount(mount);
        }
        for (String text : tmpfs.<String[]>getValue()) {
            Mount mount = RunInput.tmpfs(text);
            places.add(mount.target());
            spec.mount(mount);
        }
        for (String place : execution.volumes()) {
            if (!places.contains(place)) {
                places.add(place);
                spec.mount(new Mount.Volume(place));
            }
        }
        boolean readOnly = !writable.<Boolean>getValue();
        if (readOnly && !places.contains(TEMPORARY) && Files.isDirectory(root.resolve("tmp"))) {
            spec.mount(new Mount.Tmpfs(TEMPORARY, ""));
        }
    }
}
