package dev.cairn.migrate.dockerfile;

/// One step of the path: a small change of a Dockerfile that can be reviewed on its own.
public interface DockerfileStep {
    /// Its name on the command line and in reports: `base`.
    String id();

    /// What it is for, as the first line of a commit message goes on: `use the catalogue's images`.
    String purpose();

    /// Rewrites a file. Any bytes are fine; nothing is thrown, and what is refused stays as it is.
    StepResult apply(byte[] bytes);
}
