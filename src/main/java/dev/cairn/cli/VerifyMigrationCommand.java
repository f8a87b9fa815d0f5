package dev.cairn.cli;

import dev.cairn.builder.BuildRequest;
import dev.cairn.builder.BuilderException;
import dev.cairn.builder.Redirect;
import dev.cairn.proof.MigrationProof;
import dev.cairn.proof.Rehearsal;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn verify-migration`: builds an application before and after a migration, runs both, and tells what differs and
/// whether a step of the path means it to.
final class VerifyMigrationCommand implements Command {
    static final String NAME = "verify-migration";

    private final PositionalParamSpec before =
            Spec.parameter(0, "BEFORE", "The Dockerfile as it was (or its folder), or an image that is built.", true);
    private final PositionalParamSpec after = Spec.parameter(1, "AFTER", "The same after the migration.", true);
    private final OptionSpec context =
            Spec.text("DIR", "Build both in this context (else: the folder of each Dockerfile).", "--context");
    private final OptionSpec smoke = Spec.text(
            "SCRIPT",
            "Run this shell script on the host against each running program: it finds the address of the first port"
                    + " in CAIRN_ADDRESS, and that of port N in CAIRN_PORT_N.",
            "--smoke");
    private final OptionSpec publish =
            Spec.texts("PORT", "Forward this TCP port, too, besides those that the images expose.", "-p", "--publish");
    private final OptionSpec env =
            Spec.texts("NAME[=VALUE]", "Set a variable for both programs; without a value, pass it on.", "-e", "--env");
    private final OptionSpec capability =
            Spec.texts("NAME", "Give both programs a capability; they have none.", "--cap-add");
    private final OptionSpec buildArgument = Spec.texts("NAME=VALUE", "Set an ARG of both builds.", "--build-arg");
    private final OptionSpec mirror = Spec.texts(
            "REGISTRY=PLACE",
            "Read images of a registry from another one, over plain HTTP: docker.io=127.0.0.1:5000.",
            "--mirror");
    private final OptionSpec network = Spec.text("none|host", "What the builds can reach (none).", "--network");
    private final OptionSpec certificates =
            Spec.text("FILE", "With --network host: certificates that the builds trust.", "--build-certificates");
    private final OptionSpec patience =
            Spec.text("TIME", "How long a program that listens on no port is watched (10s).", "--watch");
    private final OptionSpec limit = Spec.text("TIME", "How long each build may take (30m).", "--build-time");
    private final OptionSpec yes = Spec.flag("Do not ask before running what the Dockerfiles say.", "-y", "--yes");
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Build an application before and after a migration, run both, and compare.",
                "cairn verify-migration Dockerfile.orig Dockerfile",
                "cairn verify-migration Dockerfile.orig Dockerfile --smoke smoke.sh --yes",
                "cairn verify-migration app:before.tar app-after.oci --output json");
        spec.addPositional(before).addPositional(after);
        List.of(
                        context,
                        smoke,
                        publish,
                        env,
                        capability,
                        buildArgument,
                        mirror,
                        network,
                        certificates,
                        patience,
                        limit,
                        yes,
                        output.spec())
                .forEach(spec::addOption);
        return spec;
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        Rehearsal.Conditions conditions = conditions(session);
        MigrationSide first = side(before.getValue());
        MigrationSide second = side(after.getValue());
        consent(first.isBuilt() || second.isBuilt());
        try (ScratchFolder scratch = ScratchFolder.in(session.cacheDirectory())) {
            MigrationSide.Workplace place = new MigrationSide.Workplace(session, scratch.path(), conditions);
            MigrationProof.Side was = first.observe(place, "before");
            MigrationProof.Side is = after(second, place);
            MigrationProof proof = MigrationProof.of(was, is, first.declared());
            ProofReport report = new ProofReport(proof, was, is);
            if (json) {
                report.json(session.console().out());
            } else {
                report.text(session.console());
            }
            return proof.holds() ? ExitCode.DONE : ExitCode.NO;
        } catch (InterruptedException _) {
            throw new InterruptedIOException("interrupted");
        }
    }

    /// A migrated file that does not build is the answer that was asked for, not a failure to find it.
    private static MigrationProof.Side after(MigrationSide side, MigrationSide.Workplace place)
            throws IOException, InterruptedException {
        try {
            return side.observe(place, "after");
        } catch (BuilderException e) {
            if (e.code() == BuilderException.Code.FAILED) {
                throw new CliException(
                        CliException.Code.REFUSED, side.name() + " does not build any more: " + e.getMessage());
            }
            throw e;
        }
    }

    private void consent(boolean building) {
        if (yes.<Boolean>getValue()) {
            return;
        }
        java.io.Console terminal = Terminal.find();
        String what = building ? "This builds and runs what the Dockerfiles say" : "This runs both images";
        if (terminal == null) {
            throw RunInput.usage(what.replace("This", "it") + ", and there is no terminal to ask\ntry: --yes");
        }
        String answer = terminal.readLine("%s, in a sandbox. Go on? [y/N] ", what);
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new CliException(CliException.Code.REFUSED, "nothing was built or run");
        }
    }

    private MigrationSide side(String name) throws IOException {
        Path dockerfile = MigrationSide.dockerfile(name);
        if (dockerfile == null) {
            return new MigrationSide(name, null, Set.of());
        }
        String folder = context.getValue();
        Path where = folder == null ? dockerfile.resolveSibling("") : Path.of(folder);
        BuildRequest request = BuildRequest.of(dockerfile, where)
                .withArguments(assignments(buildArgument, "--build-arg"))
                .withRedirects(redirects())
                .within(Amount.time(limit, Duration.ofMinutes(30)));
        return new MigrationSide(name, network(request), MigrationSide.declared(dockerfile));
    }

    private BuildRequest network(BuildRequest request) {
        String name = network.getValue();
        String bundle = certificates.getValue();
        if (name == null || name.equals("none")) {
            if (bundle != null) {
                throw RunInput.usage("--build-certificates goes with --network host");
            }
            return request;
        }
        if (!name.equals("host")) {
            throw RunInput.usage("the network is none or host, not " + name);
        }
        return request.withNetwork(bundle == null ? null : Path.of(bundle));
    }

    private List<Redirect> redirects() {
        List<Redirect> redirects = new ArrayList<>();
        assignments(mirror, "--mirror").forEach((registry, place) -> {
            try {
                redirects.add(new Redirect(registry, place));
            } catch (IllegalArgumentException e) {
                throw RunInput.usage("--mirror: " + e.getMessage());
            }
        });
        return redirects;
    }

    private static Map<String, String> assignments(OptionSpec option, String name) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String text : option.<String[]>getValue()) {
            int equals = text.indexOf('=');
            if (equals < 1 || (equals == text.length() - 1 && name.equals("--mirror"))) {
                throw RunInput.usage(name + " wants " + option.paramLabel() + ", found '" + text + "'");
            }
            values.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return values;
    }

    private Rehearsal.Conditions conditions(Session session) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : env.<String[]>getValue()) {
            RunInput.environment(variable, session.environment(), variables);
        }
        List<Integer> ports = new ArrayList<>();
        for (String port : publish.<String[]>getValue()) {
            ports.add(Amount.count(port, "--publish"));
        }
        return new Rehearsal.Conditions(
                Amount.time(patience, Rehearsal.Conditions.USUAL.patience()),
                ports,
                variables,
                List.of(capability.<String[]>getValue()),
                script(smoke.getValue()),
                Rehearsal.Conditions.USUAL.smokeLimit());
    }

    private static @Nullable Path script(@Nullable String name) {
        if (name != null && !Files.isRegularFile(Path.of(name))) {
            throw RunInput.usage("the smoke script is not a file: " + name);
        }
        return name == null ? null : Path.of(name);
    }
}
