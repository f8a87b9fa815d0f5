package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.SourceText;
import java.util.List;

/// A Dockerfile: its text, and its instructions with their places in it.
///
/// @param source the bytes
/// @param escape the character that continues lines: `\`, or a backtick after `# escape`
/// @param instructions in the order of the file
public record Dockerfile(SourceText source, char escape, List<Instruction> instructions) {
    public Dockerfile {
        instructions = List.copyOf(instructions);
    }

    /// What reading gives.
    public sealed interface Reading {
        /// BuildKit would read it, too.
        record Read(Dockerfile file) implements Reading {}

        /// BuildKit would refuse it.
        ///
        /// @param line the 1-based line
        /// @param problem in BuildKit's words
        record Refused(int line, String problem) implements Reading {}
    }

    /// Reads a Dockerfile. Any bytes are fine; nothing is thrown.
    public static Reading read(byte[] bytes) {
        return new DockerfileReader(SourceText.of(bytes)).read();
    }

    /// The 1-based line on which an instruction starts.
    public int line(Instruction instruction) {
        return source.line(instruction.range().start());
    }
}
