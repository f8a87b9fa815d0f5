package dev.cairn.sandbox;

/// What the sandbox may use. Zero is no limit. They hold where the engine can use cgroups: runc as root.
///
/// @param memoryBytes memory, swap included
/// @param processes processes and threads
/// @param milliCpus thousandths of a CPU
public record Limits(long memoryBytes, int processes, int milliCpus) {
    /// Enough processes for a server with a thread per connection; a fork bomb ends here.
    public static final Limits DEFAULT = new Limits(0, 4096, 0);

    public Limits {
        if (memoryBytes < 0 || processes < 0 || milliCpus < 0) {
            throw new SandboxException(SandboxException.Code.INVALID, "a limit is negative");
        }
    }
}
