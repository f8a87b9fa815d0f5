package dev.cairn.cli;

import dev.cairn.migrate.dockerfile.BaseStep;
import dev.cairn.migrate.dockerfile.DistrolessStep;
import dev.cairn.migrate.dockerfile.DockerfileStep;
import dev.cairn.migrate.dockerfile.Target;
import dev.cairn.migrate.minimise.MinimiseStep;
import dev.cairn.migrate.split.SplitStep;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of the path, in their order.
final class MigrationSteps {
    static final String NAMES = "base, split, minimise, distroless";

    private MigrationSteps() {}

    /// The step of that name, or all of them.
    static List<DockerfileStep> named(@Nullable String name, Target target) {
        List<DockerfileStep> all =
                List.of(new BaseStep(target), new SplitStep(), new MinimiseStep(target), new DistrolessStep(target));
        if (name == null || name.equals("all")) {
            return all;
        }
        List<DockerfileStep> named =
                all.stream().filter(step -> step.id().equals(name)).toList();
        if (named.isEmpty()) {
            throw new CliException(
                    CliException.Code.USAGE, "no step '" + name + "'\ntry: --step with one of " + NAMES + " or all");
        }
        return named;
    }
}
