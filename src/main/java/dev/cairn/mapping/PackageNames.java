package dev.cairn.mapping;

import java.util.List;

/// What packages are called in other distributions.
public final class PackageNames {
    /// The least confidence of a name that is written; below it a name is reported as unknown.
    public static final int THRESHOLD = 60;

    private PackageNames() {}

    /// The names that are shipped with this program.
    public static PackageNames builtIn() {
        return new PackageNames();
    }

    /// What the package `name` of `from` becomes in `to`. The name is a plain package name: versions, architectures
    /// and suites (`curl=7.*`, `libc6:amd64`, `vim/sid`) are cut off by the caller. Any text may be given.
    public Outcome outcome(String name, Distribution from, Distribution to) {
        return from == to ? new Outcome.Same() : new Outcome.Unknown(List.of());
    }
}
