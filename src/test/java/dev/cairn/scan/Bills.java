package dev.cairn.scan;

import dev.cairn.archive.Decompressor;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.PackageUrl;
import dev.cairn.sbom.Sbom;
import dev.cairn.testing.SharedData;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/// Bills of materials for tests: made by hand, or from the package lists of the shared data.
final class Bills {
    private Bills() {}

    static Sbom of(Sbom.@Nullable Distribution distribution, Component... components) {
        return new Sbom(
                new Sbom.Subject("image", "test", "", null, null, new TreeMap<>()),
                distribution,
                List.of(components),
                List.of(),
                null,
                List.of());
    }

    static Sbom.Distribution debian(String version) {
        return new Sbom.Distribution("debian", version, "Debian GNU/Linux " + version);
    }

    static Sbom.Distribution alpine(String version) {
        return new Sbom.Distribution("alpine", version, "Alpine Linux " + version);
    }

    static Component component(String type, String namespace, String name, String version, @Nullable String source) {
        return component(type, namespace, name, version, source, "");
    }

    static Component component(
            String type, String namespace, String name, String version, @Nullable String source, String sourceVersion) {
        return Component.builder(type + "/" + name + "/" + version, Component.Kind.LIBRARY, name)
                .version(version)
                .purl(PackageUrl.of(type, namespace, name, version, Map.of()))
                .source(source == null ? null : new Component.SourcePackage(source, sourceVersion))
                .build();
    }

    /// `name version` lines of a real image, with the sources that Debian's index names.
    static Sbom debianManifest(String file, String suite, String version) throws IOException {
        Map<String, String> packages = new TreeMap<>();
        for (String line : Files.readAllLines(SharedData.require("vulnerabilities/debian-manifests/" + file))) {
            String[] words = line.strip().split("\\s+");
            packages.put(words[0].split(":")[0], words[1]);
        }
        return debianPackages(packages, suite, version);
    }

    /// The real distroless images of a day: `base`, or `python3`, which stands on it.
    static Sbom distroless(String day, String image) throws IOException {
        Map<String, Map<String, Map<String, String>>> all =
                read(SharedData.require("vulnerabilities/distroless-bookworm-monthly.json"), new TypeReference<>() {});
        Map<String, String> packages = new TreeMap<>(all.get(day).get("base"));
        packages.putAll(all.get(day).get(image));
        return debianPackages(packages, "bookworm", "12");
    }

    private static Sbom debianPackages(Map<String, String> packages, String suite, String version) throws IOException {
        Map<String, List<String>> sources = sources(suite);
        List<Component> components = new ArrayList<>();
        packages.forEach((name, v) -> {
            List<String> row = sources.get(name);
            components.add(component("deb", "debian", name, v, row == null ? name : row.getFirst()));
        });
        return of(debian(version), components.toArray(Component[]::new));
    }

    private static @Nullable Map<String, Map<String, List<String>>> all;

    private static synchronized Map<String, List<String>> sources(String suite) throws IOException {
        Map<String, Map<String, List<String>>> map = all;
        if (map == null) {
            map = read(
                    SharedData.require("vulnerabilities/debian-package-source-priority.json.xz"),
                    new TypeReference<>() {});
            all = map;
        }
        return map.get(suite);
    }

    private static <T> T read(Path file, TypeReference<T> type) throws IOException {
        try (InputStream in = Decompressor.open(new BufferedInputStream(Files.newInputStream(file)))) {
            return new ObjectMapper().readValue(in, type);
        }
    }

    /// The packages of a real `lib/apk/db/installed`.
    static Sbom alpineInstalled(String file, String version) throws IOException {
        List<Component> components = new ArrayList<>();
        Map<String, String> fields = new TreeMap<>();
        for (String line : (Files.readString(SharedData.require("rootfs/" + file)) + "\n\n").split("\n", -1)) {
            if (line.isEmpty() && !fields.isEmpty()) {
                components.add(component("apk", "alpine", fields.get("P"), fields.get("V"), fields.get("o")));
                fields.clear();
            } else if (line.length() > 2 && line.charAt(1) == ':' && "PVo".indexOf(line.charAt(0)) >= 0) {
                fields.put(line.substring(0, 1), line.substring(2));
            }
        }
        return of(alpine(version), components.toArray(Component[]::new));
    }
}
