package dev.cairn.migrate.split;

import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.DockerfileStep;
import dev.cairn.migrate.dockerfile.StepResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The step `split`: a file of one stage gets a builder and a runtime, which keeps its shell and package manager for
/// now.
public final class SplitStep implements DockerfileStep {
    private final ProjectFiles project;

    /// The step for files whose project is not known.
    public SplitStep() {
        this(ProjectFiles.unknown());
    }

    private SplitStep(ProjectFiles project) {
        this.project = project;
    }

    @Override
    public String id() {
        return "split";
    }

    @Override
    public String purpose() {
        return "build in one stage, run in another";
    }

    @Override
    public DockerfileStep in(Path folder) {
        return new SplitStep(ProjectFiles.in(folder));
    }

    @Override
    public StepResult apply(byte[] bytes) {
        return switch (Dockerfile.read(bytes)) {
            case Dockerfile.Reading.Refused refused -> StepResult.unreadable(SourceText.of(bytes), refused);
            case Dockerfile.Reading.Read(Dockerfile file) -> result(file);
        };
    }

    private StepResult result(Dockerfile file) {
        return switch (new Splitter(RuntimeImages.usual()).split(file, project)) {
            case Split.Done done -> {
                List<Finding> findings = new ArrayList<>();
                String toolchain = done.toolchain().name().toLowerCase(Locale.ROOT);
                findings.add(new Finding(Reason.SPLIT, 1, "a builder and a runtime for " + toolchain));
                done.notes().forEach(note -> findings.add(new Finding(Reason.SPLIT_NOTE, 1, note)));
                yield StepResult.of(file.source(), done.edits().list(), findings);
            }
            case Split.Refused(Reason reason, int line, String subject) -> {
                String what = subject.isEmpty() ? "" : SourceText.chars(subject) + ": ";
                yield StepResult.of(
                        file.source(), List.of(), List.of(new Finding(reason, line, what + reason.summary())));
            }
        };
    }
}
