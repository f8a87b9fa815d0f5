package dev.cairn.path;

import dev.cairn.migrate.FileReport.StepReport;
import dev.cairn.migrate.dockerfile.DockerfileStep;
import dev.cairn.migrate.dockerfile.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks the path on copies: each step begins with what the one before left, and its changes never mix with another's.
/// What
/// was built and run before is taken from the work folder where nothing that goes into it has changed, so that a
/// journey that was broken off goes on where it was.
public final class Journey {
    private final Path source;
    private final WorkFolder work;
    private final Map<PathStep, DockerfileStep> steps;
    private final PathListener listener;

    /// A journey.
    ///
    /// @param source the repository; it is only read
    /// @param steps what each step does to a Dockerfile; a step without one is passed over
    public Journey(Path source, WorkFolder work, Map<PathStep, DockerfileStep> steps, PathListener listener) {
        this.source = source;
        this.work = work;
        this.steps = Map.copyOf(steps);
        this.listener = listener;
    }

    /// What a state is worth, once its files are there.
    public interface Trial {
        /// Builds and looks at what the Dockerfiles of a state make.
        ///
        /// @param state the repository as it is after the step
        List<ImageReport> build(PathStep step, Path state, List<String> dockerfiles)
                throws IOException, InterruptedException;

        /// Runs the state's smoke test; null where there is none.
        @Nullable
        SmokeReport smoke(PathStep step, Path state, List<ImageReport> images) throws IOException, InterruptedException;
    }

    /// Walks as far as `to`.
    ///
    /// @param trial what builds and runs, or null
    public List<StateReport> walk(Survey survey, PathStep to, @Nullable Trial trial)
            throws IOException, InterruptedException {
        List<StateReport> states = new ArrayList<>();
        PathStep last = PathStep.TODAY;
        for (PathStep step : PathStep.values()) {
            DockerfileStep change = steps.get(step);
            if (step.compareTo(to) > 0 || (change == null && step != PathStep.TODAY)) {
                continue;
            }
            listener.begins(step);
            work.copy(change == null ? source : work.state(last), step);
            List<FileChange> changes = new ArrayList<>();
            if (change != null) {
                for (String each : survey.dockerfiles()) {
                    changes.add(apply(change, step, each));
                }
            }
            List<ImageReport> images =
                    trial == null ? List.of() : trial.build(step, work.state(step), survey.dockerfiles());
            SmokeReport smoke = trial == null ? null : trial.smoke(step, work.state(step), images);
            states.add(new StateReport(step, changes, images, smoke));
            last = step;
        }
        return states;
    }

    private FileChange apply(DockerfileStep step, PathStep at, String path) throws IOException {
        long start = System.nanoTime();
        Path file = work.state(at).resolve(path);
        Path folder = file.resolveSibling(".").normalize();
        StepResult result = step.of(file).apply(Files.readAllBytes(file));
        List<FileChange.NewFile> files = new ArrayList<>();
        int slash = path.lastIndexOf('/');
        for (StepResult.NewFile each : result.files()) {
            Files.write(folder.resolve(each.name()), each.content().getBytes(StandardCharsets.UTF_8));
            files.add(new FileChange.NewFile(path.substring(0, slash + 1) + each.name(), each.content()));
        }
        if (result.isChanged()) {
            Files.write(file, result.after().bytes());
        }
        StepReport report = new StepReport(step.id(), result.diff(path), result.findings());
        FileChange change = new FileChange(path, report, files, (System.nanoTime() - start) / 1_000_000);
        listener.changed(change);
        return change;
    }
}
