package dev.cairn.path;

import dev.cairn.scan.StepEvidence;
import org.jspecify.annotations.Nullable;

/// What a Dockerfile builds.
///
/// @param file the Dockerfile, relative to the repository
/// @param facts what is in the image; null where it was not built
/// @param evidence what is known of its flaws; null where it was not scanned
/// @param problem why it was not built; empty where it was
/// @param millis how long the build took
/// @param again whether it is an earlier run's image: nothing that goes into it has changed
public record ImageReport(
        String file,
        @Nullable ImageFacts facts,
        @Nullable StepEvidence evidence,
        String problem,
        long millis,
        boolean again) {
    /// Whether there is an image.
    public boolean isBuilt() {
        return facts != null;
    }
}
