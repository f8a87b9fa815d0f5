package dev.cairn.scan.inventory;

import dev.cairn.packages.deb.ControlFields;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads dpkg's `status` (or a file of `status.d`, as distroless images have them): the packages that are installed,
/// and what they were built from.
final class DpkgStatus {
    private DpkgStatus() {}

    /// The packages of a file; a file of `status.d` need not say that its package is installed.
    static List<Component> read(byte[] bytes, String namespace, String path, int layer) {
        List<Component> components = new ArrayList<>();
        for (ControlFields fields : ControlFields.parseAll(new String(bytes, StandardCharsets.UTF_8))) {
            String status = fields.get("Status", "");
            String name = fields.get("Package", "");
            String version = fields.get("Version", "");
            boolean installed = status.isEmpty()
                    || status.endsWith(" installed")
                    || status.contains(" unpacked")
                    || status.contains(" half-configured")
                    || status.contains(" triggers-");
            if (installed && !name.isEmpty() && !version.isEmpty()) {
                components.add(component(fields, name, version, namespace, path, layer));
            }
        }
        return components;
    }

    private static Component component(
            ControlFields fields, String name, String version, String namespace, String path, int layer) {
        String architecture = fields.get("Architecture", "");
        Component.SourcePackage source = source(fields.get("Source", ""), name, version);
        Map<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("arch", architecture);
        if (!source.name().equals(name) || !source.version().equals(version)) {
            qualifiers.put(
                    "upstream",
                    source.version().equals(version) ? source.name() : source.name() + "@" + source.version());
        }
        return Component.builder("deb-" + name + "-" + version + "-" + architecture, Component.Kind.LIBRARY, name)
                .version(version)
                .purl(PackageUrl.of("deb", namespace, name, version, qualifiers))
                .supplier(fields.get("Maintainer", ""))
                .source(source)
                .location("/" + path, layer < 0 ? "" : Integer.toString(layer))
                .build();
    }

    /// `Source: name` or `Source: name (version)`.
    static Component.SourcePackage source(String field, String name, String version) {
        int open = field.indexOf('(');
        int close = field.indexOf(')', open + 1);
        if (open > 0 && close > open) {
            return new Component.SourcePackage(
                    field.substring(0, open).strip(),
                    field.substring(open + 1, close).strip());
        }
        return new Component.SourcePackage(field.isBlank() ? name : field.strip(), version);
    }
}
