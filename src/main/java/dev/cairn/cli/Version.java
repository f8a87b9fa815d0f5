package dev.cairn.cli;

import org.jspecify.annotations.Nullable;

/// Which Cairn this is.
final class Version {
    private Version() {}

    /// `1.2.3`; `0` outside a jar. Documents that Cairn writes name it.
    static String number() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }

    /// `cairn 1.2.3`, as the jar's manifest says; classes outside a jar have no version.
    static String text() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return "cairn " + (version == null ? "(not from a jar)" : version);
    }
}
