package dev.cairn.migrate.split;

import dev.cairn.migrate.dockerfile.Instruction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An instruction of the stage, with what holds where it stands.
///
/// @param instruction the instruction
/// @param workDir the working directory, absolute; empty where it is not known
/// @param user the user; empty for the base's own
/// @param run for a RUN, what it does
record Step(
        Instruction instruction,
        String workDir,
        String user,
        @Nullable RunText run) {
    int offset() {
        return instruction.range().start();
    }

    /// The commands of a RUN; none for anything else.
    List<BuildCommand> commands() {
        return run == null ? List.of() : run.commands();
    }

    /// The file offset of one of the commands.
    int offset(BuildCommand command) {
        return run == null ? offset() : run.offset(command);
    }

    /// Whether it copies from the build context or another image.
    boolean copies() {
        return instruction.is("copy") || instruction.is("add");
    }
}
