package dev.cairn.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tag taken apart: `3.8-eclipse-temurin-17-alpine` is version 3.8 on Java 17, from Alpine.
///
/// The words of a tag stand between `-`. What is not understood is a variant, so that it is never lost.
///
/// @param version the first word that is a number, without a `v` before it: `3.10.4`; a channel's name (`lts`,
///     `stable`) where there is no number; else empty
/// @param java the major version of a Java that the tag names beside the version: `17`
/// @param jre whether it is a Java without a compiler
/// @param variant the words that make it another image, in order, joined by `-`: `fpm`, `apache`
/// @param distribution what the tag says it is built from
/// @param release that distribution's release: `bookworm`, `3.18`
/// @param windows whether it is an image for Windows
/// @param dev whether the last word is `dev`
record ImageTag(
        String version,
        Optional<String> java,
        boolean jre,
        String variant,
        Optional<Distribution> distribution,
        String release,
        boolean windows,
        boolean dev) {

    static ImageTag parse(String tag) {
        return new Parser().parse(tag);
    }

    /// Reads words one after the other.
    private static final class Parser {
        private String version = "";
        private @Nullable String java;
        private boolean jre;
        private boolean javaFollows;
        private final List<String> variant = new ArrayList<>();
        private @Nullable Distribution distribution;
        private String release = "";
        private boolean windows;
        private boolean dev;

        ImageTag parse(String tag) {
            String[] words = tag.split("-", -1);
            for (int i = 0; i < words.length; i++) {
                if (i == words.length - 1 && words[i].equals("dev") && i > 0) {
                    dev = true;
                } else {
                    word(words[i]);
                }
            }
            return new ImageTag(
                    version,
                    Optional.ofNullable(java),
                    jre,
                    String.join("-", variant),
                    Optional.ofNullable(distribution),
                    release,
                    windows,
                    dev);
        }

        private void word(String word) {
            if (javaWord(word) || versionWord(word) || system(word) || TagWords.isFiller(word)) {
                return;
            }
            String channel = TagWords.channel(word);
            if (channel != null && version.isEmpty()) {
                version = channel;
            } else {
                variant.add(word);
            }
        }

        private boolean versionWord(String word) {
            String number = word.startsWith("v") ? word.substring(1) : word;
            if (number.isEmpty() || !isDigit(number.charAt(0))) {
                return false;
            }
            if (javaFollows) {
                java = major(number);
                javaFollows = false;
                return true;
            }
            if (!version.isEmpty()) {
                return false;
            }
            version = TagWords.withoutBuild(number);
            return true;
        }

        /// `jdk`, `jre`, `jdk17`, `openjdk`, `temurin`, … A number in it or right behind it is Java's.
        private boolean javaWord(String word) {
            String name = letters(word);
            if (!TagWords.isJava(name)) {
                return false;
            }
            jre |= name.equals("jre");
            String number = word.substring(name.length());
            if (number.isEmpty()) {
                // `17-jdk-alpine` has its number before, `3-jdk-17` and `3-eclipse-temurin-17-alpine` behind
                javaFollows = true;
            } else {
                java = major(number);
            }
            return true;
        }

        private boolean system(String word) {
            if (TagWords.isWindows(word)) {
                windows = true;
                return true;
            }
            Distribution named = TagWords.distribution(word);
            if (named == null) {
                return false;
            }
            distribution = named;
            javaFollows = false;
            if (!word.equals("slim")) {
                String name = letters(word);
                String number = word.substring(name.length());
                release = number.isEmpty() && !Distribution.parse(name).isPresent() ? word : number;
            }
            return true;
        }

        private static String letters(String word) {
            int i = 0;
            while (i < word.length() && !isDigit(word.charAt(i))) {
                i++;
            }
            return word.substring(0, i);
        }

        private static String major(String number) {
            int end = 0;
            while (end < number.length() && isDigit(number.charAt(end))) {
                end++;
            }
            return number.substring(0, end);
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
