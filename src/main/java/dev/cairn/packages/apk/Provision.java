package dev.cairn.packages.apk;

import org.jspecify.annotations.Nullable;

/// That a package provides a name, in a version or (a virtual one) in none.
record Provision(Candidate candidate, @Nullable String version) {
    boolean isVirtual() {
        return version == null;
    }
}
