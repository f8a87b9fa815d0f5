package dev.cairn.sandbox;

/// A command could not be run in a sandbox. The message says why, on which input, and what to try.
public final class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// Why.
    public enum Code {
        /// This machine has no engine, or lacks a tool, for what was asked.
        UNSUPPORTED,
        /// The specification contradicts itself or is malformed.
        INVALID,
        /// The user or group is not in the image.
        NO_SUCH_USER,
        /// The program is not in the image.
        COMMAND_NOT_FOUND,
        /// The engine did not come to the point of starting the command; its own words are on the error stream.
        NOT_STARTED
    }

    private final Code code;

    SandboxException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
