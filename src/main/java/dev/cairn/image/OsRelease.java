package dev.cairn.image;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Makes os-release where no package brings it, and applies the definition's own fields. Scanners decide by it which
/// advisories apply, so an image without one is an image that nobody can check.
final class OsRelease {
    private static final List<String> PLACES = List.of("usr/lib/os-release", "etc/os-release");
    private static final Map<String, String> DEBIAN = Map.of(
            "bullseye", "11",
            "bookworm", "12",
            "trixie", "13",
            "forky", "14");

    private OsRelease() {}

    static void write(
            TopTree top,
            MergedView view,
            Captured captured,
            List<InstalledPackage> packages,
            SortedMap<String, String> fields) {
        String place = place(captured);
        byte[] shipped = captured.find(place);
        Map<String, String> values = values(captured, packages, fields);
        if (fields.isEmpty() && (shipped != null || values.isEmpty())) {
            return;
        }
        top.file(
                place,
                0644,
                text(values),
                shipped == null ? "generated: no package brings it" : "os-release of the definition");
        if (shipped == null) {
            if (!values.isEmpty() && !view.has("etc/os-release")) {
                top.symlink("etc/os-release", "../usr/lib/os-release", "generated: no package brings it");
            }
            String version = values.get("VERSION_ID");
            if ("debian".equals(values.get("ID")) && version != null && !view.has("etc/debian_version")) {
                top.file(
                        "etc/debian_version",
                        0644,
                        (version + "\n").getBytes(StandardCharsets.UTF_8),
                        "generated: no package brings it");
            }
        }
    }

    private static String place(Captured captured) {
        return PLACES.stream()
                .filter(path -> captured.find(path) != null)
                .findFirst()
                .orElse("usr/lib/os-release");
    }

    /// What the image's os-release says.
    static Map<String, String> values(
            Captured captured, List<InstalledPackage> packages, SortedMap<String, String> fields) {
        byte[] shipped = captured.find(place(captured));
        Map<String, String> values = shipped != null ? parse(shipped) : generated(packages);
        values.putAll(fields);
        return values;
    }

    private static Map<String, String> generated(List<InstalledPackage> packages) {
        Map<String, String> values = new LinkedHashMap<>();
        debianSuite(packages).ifPresent(suite -> {
            String version = DEBIAN.get(suite);
            String named = version == null ? suite + "/sid" : version + " (" + suite + ")";
            values.put("PRETTY_NAME", "Debian GNU/Linux " + named);
            values.put("NAME", "Debian GNU/Linux");
            if (version != null) {
                values.put("VERSION_ID", version);
                values.put("VERSION", named);
            }
            values.put("VERSION_CODENAME", suite);
            values.put("ID", "debian");
        });
        if (values.isEmpty()) {
            packages.stream().map(each -> each.resolved().repository()).forEach(repository -> apk(repository, values));
        }
        return values;
    }

    /// Alpine's repositories have its version in their path (`…/alpine/v3.22/main`); Wolfi's have a host.
    private static void apk(String repository, Map<String, String> values) {
        int alpine = repository.indexOf("/alpine/");
        if (alpine >= 0 && values.isEmpty()) {
            String branch = repository.substring(alpine + 8).split("/", 2)[0];
            String version = branch.startsWith("v") ? branch.substring(1) : branch;
            values.put("NAME", "Alpine Linux");
            values.put("ID", "alpine");
            values.put("VERSION_ID", version);
            values.put("PRETTY_NAME", "Alpine Linux " + branch);
        } else if (repository.contains("://packages.wolfi.dev/") && values.isEmpty()) {
            values.put("ID", "wolfi");
            values.put("NAME", "Wolfi");
            values.put("PRETTY_NAME", "Wolfi");
        }
    }

    /// The Debian release that packages come from: the suite of the first that is from Debian itself.
    static Optional<String> debianSuite(List<InstalledPackage> packages) {
        return packages.stream()
                .map(each -> each.resolved().repository())
                .filter(repository -> repository.startsWith("debian "))
                .map(repository -> repository.split(" ", -1)[1])
                .map(suite -> suite.contains("-") ? suite.substring(0, suite.indexOf('-')) : suite)
                .findFirst();
    }

    private static Map<String, String> parse(byte[] content) {
        Map<String, String> values = new LinkedHashMap<>();
        new String(content, StandardCharsets.UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
            }
        });
        return values;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && (value.startsWith("\"") || value.startsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static byte[] text(Map<String, String> values) {
        StringBuilder out = new StringBuilder();
        values.forEach((key, value) ->
                out.append(key).append('=').append(quoted(value)).append('\n'));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String value) {
        boolean plain = !value.isEmpty()
                && value.chars()
                        .allMatch(c -> (Character.isLetterOrDigit(c) && c < 128) || c == '.' || c == '-' || c == '_');
        if (plain) {
            return value;
        }
        return "\""
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("$", "\\$")
                        .replace("`", "\\`") + "\"";
    }
}
