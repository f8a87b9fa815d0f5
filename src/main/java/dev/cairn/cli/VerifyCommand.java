package dev.cairn.cli;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.image.Lock;
import dev.cairn.image.Repositories;
import dev.cairn.image.definition.Definition;
import dev.cairn.verify.ImageVerifier;
import dev.cairn.verify.SourceVerifier;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn verify`: walks an image back to signed packages. Exit code 1 when a single byte is not accounted for.
final class VerifyCommand implements Command {
    static final String NAME = "verify";

    private final PositionalParamSpec name = Spec.parameter(0, "IMAGE", InspectCommand.IMAGE, true);
    private final PositionalParamSpec file = Spec.parameter(1, "DEFINITION", "what it was built from (YAML)", true);
    private final DefinitionOptions options = new DefinitionOptions();
    private final LockedOptions locked = new LockedOptions();
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return locked.addTo(options.addTo(Spec.command(
                                this,
                                NAME,
                                "Derives an image again from signed packages and compares every byte.",
                                "cairn verify redis.oci examples/redis.yaml",
                                "cairn verify registry.example.org/redis:8 redis.yaml --lock redis.lock.json",
                                "cairn verify redis.tar redis.yaml --bundle redis-bundle")
                        .addPositional(name)
                        .addPositional(file))
                .addOption(output.spec()));
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        Path path = Path.of(file.<String>getValue());
        Definition definition = options.read(path);
        Lock lock = locked.lock(definition, path, true, false);
        SourceVerifier.Outcome outcome;
        try (ScratchFolder scratch = ScratchFolder.in(session.cacheDirectory());
                Progress progress = session.progress("verifying " + name.getValue())) {
            CacheDirectory cache =
                    session.cacheDirectory().withRecords(scratch.path().resolve("facts"));
            Repositories repositories = locked.repositories(session, options, progress, cache);
            ImageVerifier verifier =
                    new ImageVerifier(repositories, options.trust().allowUntrusted(), scratch.path());
            outcome = new SourceVerifier(verifier, definition, lock).verify(() -> session.image(name.getValue()));
        }
        VerifyReport report = new VerifyReport(name.getValue(), lock != null, outcome.results(), outcome.problems());
        if (json) {
            report.json(session.console().out());
        } else {
            report.text(session.console());
        }
        return report.isVerified() ? ExitCode.DONE : ExitCode.NO;
    }
}
