package dev.cairn.migrate.split;

import dev.cairn.migrate.dockerfile.Instruction;
import org.jspecify.annotations.Nullable;

/// An instruction of the stage, with what holds where it stands.
///
/// @param instruction the instruction
/// @param workDir the working directory, absolute; empty where it is not known
/// @param user the user; empty for the base's own
/// @param run for a RUN, what it does
record Step(Instruction instruction, String workDir, String user, @Nullable RunText run) {
    int offset() {
        return instruction.range().start();
    }
}
