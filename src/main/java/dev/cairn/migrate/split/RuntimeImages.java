package dev.cairn.migrate.split;

import java.util.Optional;
import java.util.Set;

/// Which image a program runs on, given the one that it was built on.
public interface RuntimeImages {
    /// The runtime's image for a builder's; empty for the builder's own.
    ///
    /// @param toolchain what builds
    /// @param image the builder's image, with tag
    Optional<String> runtime(Toolchain toolchain, String image);

    /// By the names that upstream and hardened catalogues share. A registry of one's own
    /// (`registry/my.co/golang:1.23-dev`)
    /// has `base`, `jre` and `aspnet-runtime` beside `golang`, `jdk` and `dotnet-sdk`.
    static RuntimeImages usual() {
        return new Usual();
    }

    /// The usual names.
    record Usual() implements RuntimeImages {
        private static final Set<String> JDKS = Set.of("eclipse-temurin", "maven", "gradle");

        @Override
        public Optional<String> runtime(Toolchain toolchain, String image) {
            boolean hardened = Places.tag(image).endsWith("-dev");
            return switch (toolchain) {
                case GO, RUST -> hardened ? Optional.of(beside(image, "base") + ":latest") : Optional.empty();
                case JAVA -> java(image, hardened);
                case DOTNET -> dotnet(image, hardened);
                case NODE, PYTHON, RUBY, PHP -> Optional.empty();
            };
        }

        /// The repository with another last component.
        private static String beside(String image, String name) {
            String repository = Places.repository(image);
            return repository.substring(0, repository.lastIndexOf('/') + 1) + name;
        }

        private static Optional<String> java(String image, boolean hardened) {
            String major = major(Places.tag(image), Places.imageName(image));
            if (major.isEmpty()) {
                return Optional.empty();
            }
            if (hardened) {
                // as the builder's tag has it: `21-dev` or `openjdk-21-dev`
                String make = Places.tag(image).contains("openjdk-") ? "openjdk-" : "";
                return Optional.of(beside(image, "jre") + ":" + make + major + "-dev");
            }
            boolean alpine = Places.tag(image).contains("alpine");
            return JDKS.contains(Places.imageName(image))
                            && Places.repository(image).indexOf('/') < 0
                    ? Optional.of("eclipse-temurin:" + major + "-jre" + (alpine ? "-alpine" : ""))
                    : Optional.empty();
        }

        /// Java's major version: behind `jdk` or `temurin-` in the tag of a build tool, else what the tag begins with.
        private static String major(String tag, String name) {
            for (String mark : new String[] {"temurin-", "openjdk-", "jdk-", "jdk", "java"}) {
                int at = tag.indexOf(mark);
                String found = at < 0 ? "" : digits(tag, at + mark.length());
                if (!found.isEmpty()) {
                    return found;
                }
            }
            return name.equals("maven") || name.equals("gradle") ? "" : digits(tag, 0);
        }

        private static String digits(String text, int from) {
            int end = from;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
            return text.substring(from, end);
        }

        private static Optional<String> dotnet(String image, boolean hardened) {
            String repository = Places.repository(image);
            if (hardened) {
                return Optional.of(beside(image, "aspnet-runtime") + ":" + Places.tag(image));
            }
            return repository.endsWith("dotnet/sdk")
                    ? Optional.of(beside(image, "aspnet") + ":" + Places.tag(image))
                    : Optional.empty();
        }
    }
}
