package dev.cairn.migrate.minimise;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.dockerfile.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the name of an image tells of the distribution in it.
final class BaseImage {
    private static final Set<String> SUITES = Set.of(
            "trixie",
            "bookworm",
            "bullseye",
            "buster",
            "stretch",
            "jessie",
            "wheezy",
            "sid",
            "forky",
            "noble",
            "jammy",
            "focal",
            "bionic",
            "xenial");

    private static final int MOST_DEFINITIONS = 50;
    private static final long LARGEST = 1 << 16;

    private BaseImage() {}

    /// Whose packages the manager installs.
    static Distribution distribution(String image, Family family, Target target) {
        if (target.isHardened(image) && target.distribution().family() == family) {
            return target.distribution();
        }
        return switch (family) {
            case APK ->
                image.contains("wolfi") || image.contains("chainguard") ? Distribution.WOLFI : Distribution.ALPINE;
            case DEB -> name(image).equals("ubuntu") ? Distribution.UBUNTU : Distribution.DEBIAN;
            case RPM -> Distribution.RHEL;
        };
    }

    /// Its release: a suite, or a version; empty where the image does not say.
    static String release(String image, Distribution distribution, Target target) {
        String tag = tag(image);
        for (String word : words(tag)) {
            if (SUITES.contains(word)) {
                return word;
            }
            if (word.startsWith("alpine") && word.length() > 6) {
                return word.substring(6);
            }
        }
        if (target.isHardened(image)) {
            return distribution == Distribution.DEBIAN ? suite(target.definitions()) : "";
        }
        boolean itself = List.of("debian", "alpine").contains(name(image));
        String first = words(tag).isEmpty() ? "" : words(tag).getFirst();
        boolean version = !first.isEmpty() && Character.isDigit(first.charAt(0));
        if (!itself || !version) {
            return "";
        }
        return distribution == Distribution.DEBIAN && first.indexOf('.') > 0
                ? first.substring(0, first.indexOf('.'))
                : first;
    }

    /// The one suite that the catalogue's definitions name; empty where they name none or several.
    private static String suite(@Nullable Path definitions) {
        Set<String> found = new TreeSet<>();
        if (definitions == null) {
            return "";
        }
        try (Stream<Path> files = Files.walk(definitions, 2)) {
            for (Path each : files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .limit(MOST_DEFINITIONS)
                    .toList()) {
                String text = Files.size(each) > LARGEST ? "" : Files.readString(each, StandardCharsets.ISO_8859_1);
                SUITES.stream().filter(text::contains).forEach(found::add);
            }
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
        return found.size() == 1 ? found.iterator().next() : "";
    }

    private static List<String> words(String tag) {
        return tag.isEmpty() ? List.of() : List.of(tag.toLowerCase(Locale.ROOT).split("[-_]", -1));
    }

    private static String plain(String image) {
        return image.indexOf('@') < 0 ? image : image.substring(0, image.indexOf('@'));
    }

    private static String tag(String image) {
        String name = plain(image);
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : "";
    }

    private static String name(String image) {
        String plain = plain(image);
        int colon = plain.lastIndexOf(':');
        String repository = colon > plain.lastIndexOf('/') ? plain.substring(0, colon) : plain;
        return repository.substring(repository.lastIndexOf('/') + 1);
    }
}
