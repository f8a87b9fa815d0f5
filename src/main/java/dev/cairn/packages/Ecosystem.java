package dev.cairn.packages;

/// A package format with its own index, version order and solver.
public enum Ecosystem {
    /// apk v2 packages: Alpine, Wolfi and their like.
    APK("apk"),
    /// deb packages: Debian and its like.
    DEB("deb");

    private final String id;

    Ecosystem(String id) {
        this.id = id;
    }

    /// The name in locks and package URLs: `apk`, `deb`.
    public String id() {
        return id;
    }
}
