package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Entry;
import dev.cairn.packages.deb.AptSource;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The sources, keys and preferences of a dev variant's apt: the definition's `runtime_repositories`, else the
/// repositories it was built from, named as everybody can reach them. Which mirror the build used leaves no trace. Keys
/// of third-party repositories go to `/etc/apt/keyrings`, and the sources name them there.
final class AptConfiguration {
    private static final String WHY = "the package manager's sources";
    private static final String GENERIC = "http://ftp.debian.org/debian";
    private static final String GENERIC_SECURITY = "http://ftp.debian.org/debian-security";
    private static final String DEBIAN_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
    private static final String KEYRINGS = "etc/apt/keyrings/";

    private final Definition definition;
    private final DistributionFiles.Keys keys;
    private final Map<String, byte[]> keyFiles = new TreeMap<>();

    AptConfiguration(Definition definition, DistributionFiles.Keys keys) {
        this.definition = definition;
        this.keys = keys;
    }

    void write(TopTree top) throws IOException {
        List<String> common = new ArrayList<>();
        for (Map.Entry<String, byte[]> key : keys.keys(definition).entrySet()) {
            common.add(keyFile(key.getKey(), key.getValue()));
        }
        Set<String> lines = new LinkedHashSet<>();
        Set<String> pins = new LinkedHashSet<>();
        for (Entry each : repositories()) {
            AptSource source = AptSource.parse(each.withoutCredentials());
            for (AptSource one : source.withSecurity()) {
                lines.add(line(one, each, common));
                pin(one).ifPresent(pins::add);
            }
        }
        top.file("etc/apt/sources.list.d/cairn.list", 0644, DebianFiles.utf8(String.join("\n", lines) + "\n"), WHY);
        if (!pins.isEmpty()) {
            top.file("etc/apt/preferences.d/cairn", 0644, DebianFiles.utf8(String.join("\n", pins)), WHY);
        }
        keyFiles.forEach((name, key) -> top.file(KEYRINGS + name, 0644, key, "a key of the definition"));
        // apt drops to this user to fetch; it must be able to write where apt is told to put partial files.
        top.directory("var/lib/apt/lists/partial", 0700, 42, 0, WHY);
        top.directory("var/cache/apt/archives/partial", 0700, 42, 0, WHY);
    }

    /// A folder of the machine that builds is of no use in a container, unless it was named for there.
    private List<Entry> repositories() {
        List<Entry> stated = definition.contents().runtimeRepositories();
        if (!stated.isEmpty()) {
            return stated;
        }
        return definition.contents().repositories().stream()
                .filter(each -> AptSource.parse(each.text())
                        .address()
                        .map(address -> !"file".equals(address.getScheme()))
                        .orElse(true))
                .toList();
    }

    /// A source as the image states it; a suite of Debian's own gets the generic address.
    private String line(AptSource source, Entry entry, List<String> common) throws IOException {
        List<String> signers = new ArrayList<>();
        for (String each : source.signedBy()) {
            Path file = new Entry(each, entry.position()).localPath();
            signers.add(Files.exists(file) ? keyFile(name(file), Files.readAllBytes(file)) : each);
        }
        if (signers.isEmpty()) {
            signers.addAll(source.isDebian() ? List.of(DEBIAN_KEYRING) : common);
        }
        List<String> options = new ArrayList<>();
        if (!source.architectures().isEmpty()) {
            options.add("arch=" + String.join(",", source.architectures()));
        }
        if (!signers.isEmpty()) {
            options.add("signed-by=" + String.join(",", new LinkedHashSet<>(signers)));
        }
        if (source.trusted()) {
            options.add("trusted=yes");
        }
        String stated = options.isEmpty() ? "" : "[" + String.join(" ", options) + "] ";
        return "deb " + stated + address(source) + " " + source.suite() + " " + String.join(" ", source.components());
    }

    private static String address(AptSource source) {
        return source.address()
                .map(URI::toString)
                .map(text -> text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                .orElse(source.suite().endsWith("-security") ? GENERIC_SECURITY : GENERIC);
    }

    /// What `priority=` says, in apt's own words (apt_preferences(5)).
    private static Optional<String> pin(AptSource source) {
        if (source.priority() == 0) {
            return Optional.empty();
        }
        String which =
                source.address().map(URI::getHost).map(host -> "origin " + host).orElse("release n=" + source.suite());
        return Optional.of("Package: *\nPin: " + which + "\nPin-Priority: " + source.priority() + "\n");
    }

    /// Puts a key among those of the image, under a name that apt knows the form by; the path that it gets.
    private String keyFile(String name, byte[] key) {
        boolean armored = new String(key, 0, Math.min(key.length, 64), StandardCharsets.ISO_8859_1)
                .stripLeading()
                .startsWith("-----BEGIN PGP");
        String extension = armored ? ".asc" : ".gpg";
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        String chosen = stem + extension;
        for (int i = 2; !Arrays.equals(keyFiles.getOrDefault(chosen, key), key); i++) {
            chosen = stem + "-" + i + extension;
        }
        keyFiles.put(chosen, key);
        return "/" + KEYRINGS + chosen;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
