package dev.cairn.mapping;

import org.jspecify.annotations.Nullable;

/// The words that image tags are made of.
final class TagWords {
    private TagWords() {}

    /// A word that names a JDK's or JRE's make; a version may follow it.
    static boolean isJava(String word) {
        return switch (word) {
            case "jdk",
                    "jre",
                    "java",
                    "openjdk",
                    "temurin",
                    "corretto",
                    "amazoncorretto",
                    "sapmachine",
                    "ibmjava",
                    "semeru",
                    "zulu",
                    "liberica",
                    "graalvm" -> true;
            default -> false;
        };
    }

    /// A word that says nothing of what is inside, or only of how much of it is left out.
    static boolean isFiller(String word) {
        return switch (word) {
            case "",
                    "latest",
                    "slim",
                    "eclipse",
                    "cli",
                    "nonroot",
                    "headless",
                    "full",
                    "default",
                    "linux",
                    "amd64",
                    "arm64",
                    "focal64" -> true;
            default -> false;
        };
    }

    /// A word that stands in a version's place; Node's names of its lines are their numbers.
    static @Nullable String channel(String word) {
        return switch (word) {
            case "stable", "mainline", "lts", "edge", "nightly", "unstable", "testing" -> word;
            case "current" -> "";
            case "argon" -> "4";
            case "boron" -> "6";
            case "carbon" -> "8";
            case "dubnium" -> "10";
            case "erbium" -> "12";
            case "fermium" -> "14";
            case "gallium" -> "16";
            case "hydrogen" -> "18";
            case "iron" -> "20";
            case "jod" -> "22";
            case "krypton" -> "24";
            default -> null;
        };
    }

    static boolean isWindows(String word) {
        return word.startsWith("windowsservercore")
                || word.startsWith("nanoserver")
                || word.startsWith("windows")
                || word.startsWith("ltsc");
    }

    /// The distribution that a word names: by its own name, or by that of one of its releases.
    static @Nullable Distribution distribution(String word) {
        return switch (word) {
            case "wheezy", "jessie", "stretch", "buster", "bullseye", "bookworm", "trixie", "forky", "sid", "slim" ->
                Distribution.DEBIAN;
            case "trusty", "xenial", "bionic", "focal", "jammy", "noble", "questing", "resolute" -> Distribution.UBUNTU;
            case "al2", "al2023", "ubi", "oracle" -> Distribution.RHEL;
            default -> Distribution.parse(word).orElse(null);
        };
    }

    /// `8u212` is 8, `17.0.2_8` is 17.0.2, `18.x` is 18.
    static String withoutBuild(String version) {
        for (int i = 1; i < version.length(); i++) {
            char c = version.charAt(i);
            if (c == '_' || c == '+' || (c == 'u' && version.indexOf('.') < 0)) {
                return version.substring(0, i);
            }
            if (c == 'x' && version.charAt(i - 1) == '.') {
                return version.substring(0, i - 1);
            }
        }
        return version;
    }
}
