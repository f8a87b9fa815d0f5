package dev.cairn.scan.inventory;

import dev.cairn.sbom.Sbom;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// os-release(5), as far as it names the distribution.
final class OsRelease {
    private OsRelease() {}

    /// The distribution, from `etc/os-release` before `usr/lib/os-release`; null where neither names one.
    static Sbom.@Nullable Distribution read(Map<String, byte[]> files) {
        for (String place : new String[] {"etc/os-release", "usr/lib/os-release"}) {
            byte[] content = files.get(place);
            Sbom.Distribution found = content == null ? null : parse(content);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Sbom.@Nullable Distribution parse(byte[] content) {
        Map<String, String> values = new TreeMap<>();
        new String(content, StandardCharsets.UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(
                        line.substring(0, equals).strip(),
                        unquoted(line.substring(equals + 1).strip()));
            }
        });
        String id = values.getOrDefault("ID", "");
        return id.isEmpty()
                ? null
                : new Sbom.Distribution(
                        id, values.getOrDefault("VERSION_ID", ""), values.getOrDefault("PRETTY_NAME", ""));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
