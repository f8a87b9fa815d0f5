package dev.cairn.image.definition;

/// Which image a definition is built into.
public enum Variant {
    /// What the program needs, and no shell or package manager.
    RUNTIME("runtime"),
    /// The same with a shell, the basic tools and a package manager that works.
    DEV("dev");

    private final String id;

    Variant(String id) {
        this.id = id;
    }

    /// The word in a definition: `runtime`, `dev`.
    public String id() {
        return id;
    }
}
