package dev.cairn.path;

/// Hears how the path goes.
public interface PathListener {
    /// A step begins.
    void begins(PathStep step);

    /// Something is being worked on; the next call says what came of it.
    void working(String what);

    /// A file was changed or left.
    void changed(FileChange change);

    /// An image was built, or not.
    void built(ImageReport image);

    /// The smoke test was run.
    void smoked(SmokeReport report);
}
