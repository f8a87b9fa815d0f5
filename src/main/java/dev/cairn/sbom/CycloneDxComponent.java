package dev.cairn.sbom;

import dev.cairn.oci.JsonObject;
import dev.cairn.sbom.Component.Kind;
import dev.cairn.sbom.Sbom.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads one component of a CycloneDX document.
final class CycloneDxComponent {
    private static final String TRIVY = "aquasecurity:trivy:";
    private static final String SYFT_LOCATION = "syft:location:";

    private CycloneDxComponent() {}

    /// @param taken the ids so far: a component without one of its own gets another, since some tools give none or use
    ///     one twice
    static Component read(JsonObject json, Set<String> taken) {
        SortedMap<String, String> properties = properties(json);
        PackageUrl purl = PackageUrl.parseOrNull(Texts.of(json.optionalString("purl")));
        String version = Sources.withEpoch(Texts.of(json.optionalString("version")), purl);
        String ref = Texts.of(json.optionalString("bom-ref"));
        String id = ref.isEmpty() || taken.contains(ref) ? ref + "#" + taken.size() : ref;
        Component.Builder out = Component.builder(
                        id, kind(Texts.of(json.optionalString("type"))), Texts.of(json.optionalString("name")))
                .version(version)
                .purl(purl)
                .licences(licences(json))
                .supplier(supplier(json))
                .source(Sources.find(properties, "", purl, version));
        String cpe = json.optionalString("cpe");
        if (cpe != null) {
            out.cpe(cpe);
        }
        if (properties.containsKey("syft:cpe23")) {
            out.cpe(properties.get("syft:cpe23"));
        }
        for (JsonObject hash : json.objects("hashes")) {
            out.checksum(
                    Texts.of(hash.optionalString("alg")).replace("-", ""), Texts.of(hash.optionalString("content")));
        }
        locations(json, properties, out);
        properties.forEach(out::property);
        return out.build();
    }

    static Kind kind(String type) {
        return switch (type) {
            case "application" -> Kind.APPLICATION;
            case "library" -> Kind.LIBRARY;
            case "operating-system" -> Kind.OPERATING_SYSTEM;
            case "container" -> Kind.CONTAINER;
            case "file" -> Kind.FILE;
            default -> Kind.OTHER;
        };
    }

    /// Properties by name; of several with one name the values are joined by `, `.
    static SortedMap<String, String> properties(JsonObject json) {
        TreeMap<String, String> properties = new TreeMap<>();
        for (JsonObject each : json.objects("properties")) {
            properties.merge(
                    Texts.of(each.optionalString("name")),
                    Texts.of(each.optionalString("value")),
                    (one, other) -> one + ", " + other);
        }
        return properties;
    }

    private static String licences(JsonObject json) {
        List<String> all = new ArrayList<>();
        for (JsonObject each : json.objects("licenses")) {
            JsonObject licence = each.optionalObject("license");
            String expression = each.optionalString("expression");
            if (expression != null) {
                all.add(expression);
            } else if (licence != null) {
                String id = licence.optionalString("id");
                all.add(id != null ? id : Texts.of(licence.optionalString("name")));
            }
        }
        return Licences.join(all);
    }

    private static String supplier(JsonObject json) {
        JsonObject supplier = json.optionalObject("supplier");
        String name = supplier == null ? null : supplier.optionalString("name");
        return Texts.of(name != null ? name : json.optionalString("publisher"));
    }

    private static void locations(JsonObject json, SortedMap<String, String> properties, Component.Builder out) {
        String layer = properties.getOrDefault(
                "cairn:layer",
                properties.getOrDefault(TRIVY + "LayerDiffID", properties.getOrDefault(TRIVY + "LayerDigest", "")));
        JsonObject evidence = json.optionalObject("evidence");
        Map<String, String> found = new LinkedHashMap<>();
        if (evidence != null) {
            for (JsonObject each : evidence.objects("occurrences")) {
                found.put(Texts.absolute(Texts.of(each.optionalString("location"))), layer);
            }
        }
        for (Map.Entry<String, String> each :
                properties.subMap(SYFT_LOCATION, SYFT_LOCATION + "~").entrySet()) {
            if (each.getKey().endsWith(":path")) {
                String key = each.getKey().substring(0, each.getKey().length() - "path".length());
                found.put(Texts.absolute(each.getValue()), properties.getOrDefault(key + "layerID", layer));
            }
        }
        String path = properties.get(TRIVY + "FilePath");
        if (path != null) {
            found.put(Texts.absolute(path), layer);
        }
        found.forEach(out::location);
    }

    static Distribution distribution(Component read) {
        String id = read.properties()
                .getOrDefault("syft:distro:id", read.properties().getOrDefault("cairn:distribution:id", read.name()));
        String version = read.properties().getOrDefault("syft:distro:versionID", read.version());
        String pretty = read.properties()
                .getOrDefault("syft:distro:prettyName", read.properties().getOrDefault("cairn:distribution:name", ""));
        return new Distribution(id, version, pretty);
    }

    static List<String> tools(JsonObject metadata) {
        List<String> tools = new ArrayList<>();
        List<JsonObject> all = new ArrayList<>();
        if (metadata.isList("tools")) {
            all.addAll(metadata.objects("tools"));
        } else if (metadata.has("tools")) {
            all.addAll(metadata.object("tools").objects("components"));
        }
        for (JsonObject each : all) {
            tools.add((Texts.of(each.optionalString("name")) + " " + Texts.of(each.optionalString("version"))).strip());
        }
        return tools;
    }
}
