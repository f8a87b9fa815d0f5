package dev.cairn.migrate.dockerfile;

import java.nio.file.Path;

/// One step of the path: a small change of a Dockerfile that can be reviewed on its own.
public interface DockerfileStep {
    /// Its name on the command line and in reports: `base`.
    String id();

    /// What it is for, as the first line of a commit message goes on: `use the catalogue's images`.
    String purpose();

    /// The step for a Dockerfile of the project in this folder; most steps do not look at the project.
    default DockerfileStep in(Path folder) {
        return this;
    }

    /// The step for this Dockerfile; most steps look at its project at most.
    default DockerfileStep of(Path dockerfile) {
        Path parent = dockerfile.toAbsolutePath().getParent();
        return parent == null ? this : in(parent);
    }

    /// Rewrites a file. Any bytes are fine; nothing is thrown, and what is refused stays as it is.
    StepResult apply(byte[] bytes);
}
