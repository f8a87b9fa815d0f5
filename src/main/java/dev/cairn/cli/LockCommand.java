package dev.cairn.cli;

import dev.cairn.image.Lock;
import dev.cairn.image.LockBundle;
import dev.cairn.image.LockFile;
import dev.cairn.image.Repositories;
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

    private final OptionSpec bundle = Spec.text(
            "DIR",
            "keep every package and index that the lock names in this folder, for builds after mirrors dropped them",
            "--bundle");

    @Override
    public CommandSpec spec() {
        return options.addTo(Spec.command(
                                this,
                                NAME,
                                "Writes the lock of a definition: every package with its place and digests.",
                                "cairn lock examples/redis.yaml",
                                "cairn lock examples/redis.yaml --check",
                                "cairn lock examples/redis.yaml --bundle redis-bundle")
                        .addPositional(file))
                .addOption(to)
                .addOption(check)
                .addOption(bundle);
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
        if (checking) {
            return check(session, lock, target);
        }
        String kept = bundle.getValue();
        if (kept != null) {
            bundle(session, definition, lock, Path.of(kept));
        }
        return write(session, lock, target);
    }

    private void bundle(Session session, Definition definition, Lock lock, Path folder) throws IOException {
        try (ScratchFolder scratch = ScratchFolder.in(session.cacheDirectory());
                Progress progress = session.progress("bundling")) {
            Repositories keeping = LockedOptions.keeping(folder, session, options, progress, scratch.path());
            new LockBundle(keeping).keep(definition, lock);
        }
        LockFile.write(lock, LockedOptions.lockOf(folder));
        session.say(folder + " keeps what the lock names; build from it with: cairn build " + definition.file()
                + " --bundle " + folder);
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
