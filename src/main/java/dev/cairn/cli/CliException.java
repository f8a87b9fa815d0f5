package dev.cairn.cli;

/// A command cannot go on. The message is for the person: what failed, on which input, and, on lines of their own
/// that begin with `try: `, what to do.
final class CliException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Which exit code it leads to.
    enum Code {
        USAGE(ExitCode.USAGE),
        /// The answer is no.
        REFUSED(ExitCode.NO),
        FAILED(ExitCode.FAILED),
        /// `cairn run` could not start the program.
        NOT_STARTED(ExitCode.NOT_STARTED),
        /// `cairn run` found no such program in the image.
        NO_PROGRAM(ExitCode.NO_PROGRAM);

        private final int exitCode;

        Code(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    private final Code code;

    CliException(Code code, String message) {
        super(message);
        this.code = code;
    }

    int exitCode() {
        return code.exitCode;
    }
}
