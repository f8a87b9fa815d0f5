package dev.cairn.migrate.split;

import java.util.Set;

/// A language's build tools.
public enum Toolchain {
    GO(Set.of("go"), Set.of("golang", "go")),
    JAVA(
            Set.of("mvn", "mvnw", "gradle", "gradlew", "javac"),
            Set.of("maven", "gradle", "eclipse-temurin", "openjdk", "amazoncorretto", "jdk", "ibm-semeru-runtimes")),
    NODE(
            Set.of("npm", "npx", "yarn", "pnpm", "corepack", "node", "tsc", "vite", "ng"),
            Set.of("node", "nodejs", "bun")),
    PYTHON(
            Set.of("pip", "pip3", "python", "python3", "uv", "poetry", "pipenv", "flask", "django-admin", "pdm"),
            Set.of("python", "pypy", "uv")),
    RUBY(Set.of("bundle", "gem", "rails", "rake", "bundler", "ruby"), Set.of("ruby", "rails", "jruby")),
    RUST(Set.of("cargo", "rustup", "rustc"), Set.of("rust")),
    PHP(
            Set.of("composer", "php", "artisan", "docker-php-ext-install", "docker-php-ext-enable", "docker-php-ext-configure", "pecl"),
            Set.of("php", "composer")),
    DOTNET(Set.of("dotnet"), Set.of("sdk", "dotnet", "dotnet-sdk", "aspnet"));

    private final Set<String> commands;
    private final Set<String> images;

    Toolchain(Set<String> commands, Set<String> images) {
        this.commands = commands;
        this.images = images;
    }

    /// Whether a command of this name is one of its tools.
    boolean hasCommand(String name) {
        return commands.contains(name) || (this == PYTHON && isVersioned(name));
    }

    /// `python3.11`, `pip3.11`.
    private static boolean isVersioned(String name) {
        return name.startsWith("python3.") || name.startsWith("pip3.");
    }

    /// Whether an image whose path ends in this name brings it.
    boolean hasImage(String name) {
        return images.contains(name);
    }

    /// Whether the program needs the tools' own interpreter when it runs, so that the runtime has the same base.
    boolean isInterpreted() {
        return this == NODE || this == PYTHON || this == RUBY || this == PHP;
    }
}
