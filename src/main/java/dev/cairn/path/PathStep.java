package dev.cairn.path;

import java.util.Optional;

/// Where on the path a repository is, the least contentious change first.
public enum PathStep {
    /// As it was found.
    TODAY("today", "as it is", "nothing changes", ""),
    BASE(
            "base",
            "use the catalogue's images and packages",
            "low",
            "Only FROM lines and package lines change; the images keep a shell and a package manager, so that everything that a team"
                    + " does in a container still works. The user is no longer root."),
    SPLIT(
            "split",
            "build in one stage, run in another",
            "medium",
            "The Dockerfile gets a second stage. What the program needs at run time is copied by name: a file that only the"
                    + " build folder had is missed when it is asked for. Review the COPY lines."),
    MINIMISE(
            "minimise",
            "drop packages that nothing uses",
            "medium",
            "Packages go for which nothing in the image was found to ask. People who debug with them will miss them."),
    DISTROLESS(
            "distroless",
            "no shell and no package manager in the image",
            "high",
            "docker exec … sh ends here: people debug with a -dev image beside the container instead, and scripts that ran in the"
                    + " container must go elsewhere.");

    private final String id;
    private final String purpose;
    private final String contention;
    private final String why;

    PathStep(String id, String purpose, String contention, String why) {
        this.id = id;
        this.purpose = purpose;
        this.contention = contention;
        this.why = why;
    }

    /// Its name on the command line: `base`.
    public String id() {
        return id;
    }

    /// What it is for, as the first line of a commit message goes on.
    public String purpose() {
        return purpose;
    }

    /// How much people have to say about it: `low`, `medium`, `high`.
    public String contention() {
        return contention;
    }

    /// Why.
    public String why() {
        return why;
    }

    /// The step of that name.
    public static Optional<PathStep> of(String id) {
        for (PathStep each : values()) {
            if (each.id.equals(id)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
