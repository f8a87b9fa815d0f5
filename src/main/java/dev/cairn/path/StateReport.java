package dev.cairn.path;

import dev.cairn.migrate.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The repository after a step.
///
/// @param step the step; [PathStep#TODAY] for the start
/// @param files what it changed
/// @param images what the Dockerfiles build now; empty where nothing was built
/// @param smoke what the smoke test said; null where none was run
public record StateReport(
        PathStep step,
        List<FileChange> files,
        List<ImageReport> images,
        @Nullable SmokeReport smoke) {
    public StateReport {
        files = List.copyOf(files);
        images = List.copyOf(images);
    }

    /// How many files changed.
    public int changed() {
        return (int) files.stream().filter(FileChange::isChanged).count();
    }

    /// How much was refused.
    public int refusals() {
        return (int) files.stream()
                .flatMap(each -> each.report().findings().stream())
                .filter(Finding::isRefusal)
                .count();
    }

    /// Whether each image could be built, and the smoke test passed or was not there.
    public boolean works() {
        return images.stream().allMatch(ImageReport::isBuilt) && (smoke == null || smoke.passed());
    }
}
