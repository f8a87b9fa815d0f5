package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.dockerfile.Lineage.Base;
import java.util.Optional;

/// The image that a stage builds on in the end, by way of other stages or not.
public final class StageImage {
    private StageImage() {}

    /// The reference, variables replaced by the defaults of their `ARG`s; empty where it is not known.
    public static Optional<String> of(Dockerfile file, Stage stage) {
        Lineage lineage = new Lineage(file);
        Stage root = lineage.root(lineage.stages().get(stage.index()));
        return lineage.base(root.index()) instanceof Base.Image image ? Optional.of(image.text()) : Optional.empty();
    }
}
