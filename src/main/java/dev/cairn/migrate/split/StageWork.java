package dev.cairn.migrate.split;

import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the RUNs of a stage do.
public final class StageWork {
    private static final Set<String> COMPILING =
            Set.of("docker-php-ext-install", "docker-php-ext-configure", "pecl", "docker-php-source");

    private StageWork() {}

    /// How much is known of a command.
    public enum Kind {
        /// It sets up the system, or changes files, or nothing: it needs none of the packages for building.
        PLAIN,
        /// It builds or installs for a language.
        BUILDS,
        /// What it does is not known here.
        FOREIGN,
        /// The script could not be read.
        UNREADABLE
    }

    /// A command of a RUN.
    ///
    /// @param name its name, without folders; empty where it is not known
    /// @param line the line of its RUN
    /// @param kind how much is known of it
    public record Command(String name, int line, Kind kind) {}

    /// The commands of all RUNs.
    public static List<Command> of(Dockerfile file, Stage stage) {
        List<Command> found = new ArrayList<>();
        for (Instruction run : stage.instructions()) {
            if (run.is("run")) {
                read(file, run, found);
            }
        }
        return found;
    }

    private static void read(Dockerfile file, Instruction run, List<Command> found) {
        int line = file.line(run);
        try {
            for (BuildCommand each : RunText.of(file, run).commands()) {
                found.add(new Command(each.name(), line, kind(each)));
            }
        } catch (Refusal e) {
            found.add(new Command("", line, Kind.UNREADABLE));
        }
    }

    private static Kind kind(BuildCommand command) {
        if (COMPILING.contains(command.name())) {
            return Kind.BUILDS;
        }
        return switch (command.kind()) {
            case PACKAGES, SYSTEM, FILES, NEUTRAL -> Kind.PLAIN;
            case TOOL, COMPILE -> Kind.BUILDS;
            case FOREIGN -> Kind.FOREIGN;
        };
    }
}
