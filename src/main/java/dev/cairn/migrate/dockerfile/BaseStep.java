package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Lineage.Base;
import java.util.ArrayList;
import java.util.List;

/// The step `base`: `FROM` names the catalogue's images, `-dev` where commands run, and the package manager's calls
/// become the target's.
///
/// Stages that build on each other change together or not at all: half of them would not build.
public final class BaseStep implements DockerfileStep {
    private final Target target;

    public BaseStep(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    @Override
    public String id() {
        return "base";
    }

    @Override
    public String purpose() {
        return "use the catalogue's images and packages";
    }

    @Override
    public StepResult apply(byte[] bytes) {
        return switch (Dockerfile.read(bytes)) {
            case Dockerfile.Reading.Refused refused -> StepResult.unreadable(SourceText.of(bytes), refused);
            case Dockerfile.Reading.Read(Dockerfile file) -> apply(file);
        };
    }

    private StepResult apply(Dockerfile file) {
        Lineage lineage = new Lineage(file);
        List<Edit> edits = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (Stage root : lineage.stages()) {
            if (!(lineage.base(root.index()) instanceof Base.Earlier)) {
                StageFamily family = new StageFamily(file, target, lineage, root);
                family.convert();
                edits.addAll(family.edits());
                findings.addAll(family.findings());
            }
        }
        return StepResult.of(file.source(), edits, findings);
    }
}
