package dev.cairn.cli;

/// What the command line's exit codes mean. `cairn run` passes its program's code through instead.
final class ExitCode {
    /// Done.
    static final int DONE = 0;
    /// The answer is no: no solution, nothing found, drift.
    static final int NO = 1;
    /// The command line or the definition is wrong.
    static final int USAGE = 2;
    /// It could not be done: a file, the network, a signature, a defect.
    static final int FAILED = 3;

    /// Done as far as possible: something in the input could not be read, and was named.
    static final int INCOMPLETE = 4;

    /// `cairn run` could not start the program.
    static final int NOT_STARTED = 125;
    /// `cairn run` found no such program in the image.
    static final int NO_PROGRAM = 127;

    private ExitCode() {}
}
