package dev.cairn.builder;

import java.util.List;

/// A program that builds images from Dockerfiles.
public enum Engine {
    BUILDAH("buildah", "buildah"),
    PODMAN("podman", "podman"),
    DOCKER("docker", "docker.io");

    private final String program;
    private final String debianPackage;

    Engine(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /// The program's name on the PATH.
    public String program() {
        return program;
    }

    /// The engines in the order in which they are looked for: those that need no daemon first.
    public static List<Engine> preferred() {
        return List.of(BUILDAH, PODMAN, DOCKER);
    }

    String debianPackage() {
        return debianPackage;
    }
}
