package dev.cairn.cli;

import dev.cairn.image.Lock;
import dev.cairn.image.LockFile;
import dev.cairn.image.Selection;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn lock`: writes down what a definition resolves to today.
final class LockCommand implements Command {
    static final String NAME = "lock";

    private final PositionalParamSpec file = Spec.parameter(0, "DEFINITION", "the image definition (YAML)", true);
    private final DefinitionOptions options = new DefinitionOptions();
    private final OptionSpec to = Spec.text("FILE", "where to write the lock (default: beside the definition)", "--to");
    private final OptionSpec check =
            Spec.flag("write nothing; exit 1 when the lock is not what would be written", "--check");

    @Override
    public CommandSpec spec() {
        return options.addTo(Spec.command(
                                this,
                                NAME,
                                "Writes the lock of a definition: every package with its place and digests.",
                                "cairn lock examples/redis.yaml",
                                "cairn lock examples/redis.yaml --check")
                        .addPositional(file))
                .addOption(to)
                .addOption(check);
    }

    @Override
    public int run(Session session) throws IOException {
        Path path = Path.of(file.<String>getValue());
        Definition definition = options.read(path);
        String given = to.getValue();
        Path target = given == null ? LockFile.beside(path) : Path.of(given);
        List<Selection> selections = new ArrayList<>();
        try (Progress progress = session.progress("locking")) {
            Workshop workshop = Workshop.open(session, options, progress);
            for (Architecture each : DefinitionOptions.architectures(definition)) {
                selections.add(workshop.builder().select(definition, each));
            }
        }
        Lock lock = Lock.of(LockFile.digestOf(definition), selections);
        boolean checking = check.getValue();
        return checking ? check(session, lock, target) : write(session, lock, target);
    }

    private static int check(Session session, Lock lock, Path target) throws IOException {
        Lock known = LockFile.read(target);
        List<String> differences = new ArrayList<>(known.differences(lock));
        if (!known.definition().equals(lock.definition())) {
            differences.addFirst("the definition has changed");
        }
        differences.forEach(session.console().out()::println);
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private static int write(Session session, Lock lock, Path target) throws IOException {
        LockFile.write(lock, target);
        for (Lock.Target each : lock.images()) {
            session.say(
                    target + ": " + each.architecture() + " " + each.variant().id() + ", "
                            + Text.count(each.packages().size(), "package") + ", "
                            + each.omissions().size() + " left out");
        }
        return ExitCode.DONE;
    }
}
