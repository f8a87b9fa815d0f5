package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Edits;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.UnifiedDiff;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a step made of a file.
///
/// @param before the file as it was
/// @param after the file as the step leaves it
/// @param edits what was changed
/// @param findings what there is to say, in the order of lines
/// @param files files to put beside it
public record StepResult(
        SourceText before, SourceText after, List<Edit> edits, List<Finding> findings, List<NewFile> files) {
    public StepResult {
        files = List.copyOf(files);
        edits = List.copyOf(edits);
        findings = List.copyOf(findings);
    }

    /// What these edits make of a file.
    public static StepResult of(SourceText before, List<Edit> edits, List<Finding> findings) {
        Edits all = Edits.of(edits);
        List<Finding> sorted = new ArrayList<>();
        findings.stream()
                .sorted(Comparator.comparingInt(Finding::line))
                .distinct()
                .forEach(sorted::add);
        return new StepResult(before, all.apply(before), all.list(), sorted, List.of());
    }

    /// A file that BuildKit would refuse: left as it is.
    public static StepResult unreadable(SourceText before, Dockerfile.Reading.Refused refused) {
        return new StepResult(
                before,
                before,
                List.of(),
                List.of(new Finding(Reason.UNREADABLE, refused.line(), refused.problem())),
                List.of());
    }

    /// A file that belongs to the change.
    ///
    /// @param name its name, beside the Dockerfile
    /// @param content its text
    public record NewFile(String name, String content) {}

    StepResult with(List<NewFile> others) {
        return new StepResult(before, after, edits, findings, others);
    }

    /// Whether the file is another one now.
    public boolean isChanged() {
        return !before.chars().equals(after.chars());
    }

    /// The change as a unified diff, one char per byte.
    public String diff(String path) {
        return UnifiedDiff.of(path, before, after);
    }
}
