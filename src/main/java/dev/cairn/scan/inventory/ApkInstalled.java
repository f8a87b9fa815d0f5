package dev.cairn.scan.inventory;

import dev.cairn.sbom.Component;
import dev.cairn.sbom.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads `lib/apk/db/installed` (apk-tools' APK INSTALLED format): packages, their origins, and their files with
/// SHA-1.
final class ApkInstalled {
    private final String namespace;
    private final String path;
    private final int layer;
    private final Owners owners;
    private final List<Component> components = new ArrayList<>();
    private final Map<Character, String> fields = new TreeMap<>();
    private final List<String[]> files = new ArrayList<>();
    private String folder = "";

    ApkInstalled(String namespace, String path, int layer, Owners owners) {
        this.namespace = namespace;
        this.path = path;
        this.layer = layer;
        this.owners = owners;
    }

    List<Component> read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            line(text, start, end);
            start = end + 1;
        }
        finish();
        return components;
    }

    private void line(String text, int start, int end) {
        if (end == start) {
            finish();
            return;
        }
        if (end - start < 2 || text.charAt(start + 1) != ':') {
            return;
        }
        String value = text.substring(start + 2, end);
        char key = text.charAt(start);
        switch (key) {
            case 'F' -> folder = value;
            case 'R' -> files.add(new String[] {folder.isEmpty() ? value : folder + "/" + value, ""});
            case 'Z' -> {
                if (!files.isEmpty()) {
                    files.getLast()[1] = sha1(value);
                }
            }
            case 'P', 'V', 'A', 'L', 'o', 'm' -> fields.put(key, value);
            default -> {}
        }
    }

    /// `Q1` and base64.
    private static String sha1(String checksum) {
        try {
            return checksum.startsWith("Q1")
                    ? HexFormat.of().formatHex(Base64.getDecoder().decode(checksum.substring(2)))
                    : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private void finish() {
        String name = fields.getOrDefault('P', "");
        String version = fields.getOrDefault('V', "");
        if (!name.isEmpty() && !version.isEmpty()) {
            String origin = fields.getOrDefault('o', name);
            Map<String, String> qualifiers = new TreeMap<>();
            qualifiers.put("arch", fields.getOrDefault('A', ""));
            if (!origin.equals(name)) {
                qualifiers.put("upstream", origin);
            }
            components.add(Component.builder(
                            "apk-" + name + "-" + version + "-" + components.size(), Component.Kind.LIBRARY, name)
                    .version(version)
                    .purl(PackageUrl.of("apk", namespace, name, version, qualifiers))
                    .licences(fields.getOrDefault('L', ""))
                    .supplier(fields.getOrDefault('m', ""))
                    .source(new Component.SourcePackage(origin, version))
                    .location("/" + path, layer < 0 ? "" : Integer.toString(layer))
                    .build());
            files.forEach(file -> owners.apk(file[0], name, file[1]));
        }
        fields.clear();
        files.clear();
        folder = "";
    }
}
