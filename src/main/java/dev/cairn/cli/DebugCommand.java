package dev.cairn.cli;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.oci.Image;
import dev.cairn.oci.source.SourceException;
import dev.cairn.sandbox.ForwardedSignals;
import dev.cairn.sandbox.Mount;
import dev.cairn.sandbox.Network;
import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxException;
import dev.cairn.sandbox.SandboxSpec;
import dev.cairn.sandbox.Stdio;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn debug`: the tools of a dev variant beside something that has none. For an image, a shell in the dev
/// variant with the image's files at a place of choice; for a container of docker, podman, nerdctl or Kubernetes,
/// the command lines that put the dev variant beside its process, whose files are then at `/proc/1/root`.
final class DebugCommand implements Command {
    static final String NAME = "debug";
    private static final String PLACE = "/target";

    private final PositionalParamSpec parameters = Spec.parameters(
            0, "CONTAINER-OR-IMAGE|ARG", "A container's name, or an image; then a command instead of a shell.", true);
    private final OptionSpec tools =
            Spec.text("IMAGE", "The image with the tools (default: the same name with -dev).", "--tools");
    private final OptionSpec rootAt =
            Spec.text("PLACE", "Where an image's files are to be seen (" + PLACE + ").", "--root-at");
    private final OptionSpec user = Spec.text("USER[:GROUP]", "Run as this user of the tools' image (root).", "--user");
    private final OptionSpec interactive = Spec.flag("Pass standard input on.", "-i", "--interactive");
    private final OptionSpec terminal = Spec.flag("Let it control the terminal.", "-t", "--tty");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Look into an image or container without a shell, with the tools of its dev variant.",
                "cairn debug -it redis.oci",
                "cairn debug redis.oci -- ls -l /target/usr/bin",
                "cairn debug -it --tools redis-dev.oci --root-at /mnt redis.oci",
                "cairn debug --tools registry.example.org/redis:8-dev my-container");
        spec.parser().stopAtPositional(true);
        return spec.addPositional(parameters)
                .addOption(tools)
                .addOption(rootAt)
                .addOption(user)
                .addOption(interactive)
                .addOption(terminal);
    }

    @Override
    public int run(Session session) throws IOException {
        String[] given = parameters.getValue();
        String name = given[0];
        Image image;
        try {
            image = new RunImage(session).find(name);
        } catch (SourceException e) {
            if (e.code() != SourceException.Code.NO_IMAGE) {
                throw e;
            }
            return container(session, name);
        }
        String with = toolsOf(name);
        Image kit;
        try {
            kit = new RunImage(session).find(with);
        } catch (SourceException e) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "the tools come from the dev variant, and there is no image at " + with
                            + "\ntry: cairn build DEFINITION --variant dev\ntry: --tools IMAGE");
        }
        try {
            return run(session, image, kit, RunInput.arguments(given));
        } catch (SandboxException e) {
            throw new CliException(CliException.Code.NOT_STARTED, String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private int run(Session session, Image image, Image kit, List<String> arguments)
            throws IOException, InterruptedException {
        UnpackedImages unpacked = UnpackedImages.in(session.cacheDirectory());
        try (UnpackedImages.Root toolRoot = unpacked.root(kit);
                UnpackedImages.Root imageRoot = unpacked.root(image)) {
            return run(session, kit, toolRoot.folder(), imageRoot.folder(), arguments);
        }
    }

    private int run(Session session, Image kit, Path toolRoot, Path imageRoot, List<String> arguments)
            throws IOException, InterruptedException {
        CacheDirectory cache = session.cacheDirectory();
        @Nullable String wanted = rootAt.getValue();
        String place = wanted == null ? PLACE : wanted;
        @Nullable String as = user.getValue();
        List<String> command = arguments.isEmpty() ? List.of("/bin/sh") : arguments;
        SandboxSpec.Builder spec = SandboxSpec.of(toolRoot, command)
                .user(as == null ? "0" : as)
                .workDir(place)
                .network(Network.NONE)
                .mount(new Mount.Bind(imageRoot, place, true))
                .mount(new Mount.Tmpfs("/tmp", ""));
        spec.terminal(terminal.<Boolean>getValue());
        boolean input = interactive.<Boolean>getValue() || terminal.<Boolean>getValue();
        spec.stdio(input ? Stdio.INHERIT : Stdio.INHERIT_OUTPUT);
        for (String variable : kit.config().execution().env()) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                spec.env(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        session.say("the image's files are at " + place + " (read-only)");
        try (ForwardedSignals signals = ForwardedSignals.begin("TERM");
                RunningSandbox running =
                        Sandbox.open(cache.root().resolve("run")).start(spec.build())) {
            signals.deliverTo(running);
            return running.waitFor();
        }
    }

    private String toolsOf(String name) {
        @Nullable String given = tools.getValue();
        return given == null ? devNameOf(name) : given;
    }

    /// `redis.oci` → `redis-dev.oci`; `host/redis:8` → `host/redis:8-dev`; no tag means latest.
    static String devNameOf(String name) {
        int slash = name.lastIndexOf('/');
        int colon = name.lastIndexOf(':');
        int dot = name.lastIndexOf('.');
        if (colon > slash) {
            return name + "-dev";
        }
        boolean reference = slash > 0 && (name.indexOf('.') < slash || name.indexOf(':') > 0) && dot < slash;
        if (reference && !name.startsWith(".") && !name.startsWith("/")) {
            return name + ":latest-dev";
        }
        return dot > slash ? name.substring(0, dot) + "-dev" + name.substring(dot) : name + "-dev";
    }

    private int container(Session session, String name) {
        ContainerTools found = new ContainerTools(session.environment());
        List<String> engines = found.engines();
        if (engines.isEmpty()) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "there is no image at " + name
                            + ", and neither docker, podman, nerdctl nor kubectl is here to ask for a container"
                            + "\ntry: the path of an image");
        }
        List<String> lines = new ArrayList<>();
        for (String engine : engines) {
            lines.addAll(found.lines(engine, name, tools.getValue()));
        }
        if (lines.isEmpty()) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "there is neither an image nor a container '" + name + "'\ntry: its name as docker ps shows it");
        }
        session.say("its files are at /proc/1/root in there:");
        lines.forEach(session.console().out()::println);
        return ExitCode.DONE;
    }
}
