package dev.cairn.migrate.split;

/// A language's build tools.
public enum Toolchain {
    GO("go", "golang go"),
    JAVA(
            "mvn mvnw gradle gradlew javac",
            "maven gradle eclipse-temurin openjdk amazoncorretto jdk ibm-semeru-runtimes"),
    NODE("npm npx yarn pnpm corepack node tsc vite ng", "node nodejs bun"),
    PYTHON("pip pip3 python python3 uv poetry pipenv flask django-admin pdm", "python pypy uv"),
    RUBY("bundle gem rails rake bundler ruby", "ruby rails jruby"),
    RUST("cargo rustup rustc", "rust"),
    PHP(
            "composer php artisan docker-php-ext-install docker-php-ext-enable docker-php-ext-configure pecl",
            "php composer"),
    DOTNET("dotnet", "sdk dotnet dotnet-sdk aspnet");

    private final String commands;
    private final String images;

    Toolchain(String commands, String images) {
        this.commands = " " + commands + " ";
        this.images = " " + images + " ";
    }

    /// Whether a command of this name is one of its tools.
    boolean hasCommand(String name) {
        return commands.contains(" " + name + " ") || (this == PYTHON && isVersioned(name));
    }

    /// `python3.11`, `pip3.11`.
    private static boolean isVersioned(String name) {
        return name.startsWith("python3.") || name.startsWith("pip3.");
    }

    /// Whether an image whose path ends in this name brings it.
    boolean hasImage(String name) {
        return images.contains(" " + name + " ");
    }

    /// Whether the program needs the tools' own interpreter when it runs, so that the runtime has the same base.
    boolean isInterpreted() {
        return this == NODE || this == PYTHON || this == RUBY || this == PHP;
    }
}
