package dev.cairn.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonWriter;
import dev.cairn.sbom.Component.Checksum;
import dev.cairn.sbom.Component.Kind;
import dev.cairn.sbom.Component.SourcePackage;
import dev.cairn.sbom.Sbom.Distribution;
import dev.cairn.sbom.Sbom.Relationship;
import dev.cairn.sbom.Sbom.Subject;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes CycloneDX 1.6 as JSON. Facts for which CycloneDX has no field are properties.
///
/// A package's source goes into Cairn's own properties and into those that Trivy reads, which finds a distribution's
/// advisories by nothing else.
final class CycloneDxWriter {
    private static final String TRIVY = "aquasecurity:trivy:";
    private static final String DISTRIBUTION = "operating-system";

    private final Sbom sbom;
    private final String tool;
    private final JsonWriter json = new JsonWriter();

    CycloneDxWriter(Sbom sbom, String tool) {
        this.sbom = sbom;
        this.tool = tool;
    }

    byte[] write() {
        json.string("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.string("bomFormat", "CycloneDX");
        json.string("specVersion", "1.6");
        json.string("serialNumber", serialNumber());
        json.number("version", 1);
        metadata();
        json.array("components");
        if (sbom.distribution() != null) {
            distribution(sbom.distribution());
        }
        sbom.components().forEach(this::component);
        json.endArray();
        dependencies();
        return json.finish();
    }

    /// A UUID (RFC 9562, version 8) made of what the document says, so that equal documents have equal numbers.
    private String serialNumber() {
        StringBuilder all =
                new StringBuilder(tool).append('\n').append(sbom.subject()).append('\n');
        sbom.components().forEach(each -> all.append(each).append('\n'));
        String hex = Digest.of(all.toString().getBytes(UTF_8)).hex();
        return "urn:uuid:" + hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-8" + hex.substring(13, 16) + "-8"
                + hex.substring(17, 20) + "-" + hex.substring(20, 32);
    }

    private void metadata() {
        Subject subject = sbom.subject();
        json.object("metadata");
        if (sbom.created() != null) {
            json.string("timestamp", sbom.created().toString());
        }
        json.object("tools");
        json.array("components");
        json.object();
        json.string("type", "application");
        json.string("name", "cairn");
        json.string("version", tool);
        json.end();
        json.endArray();
        json.end();
        json.object("component");
        json.string("bom-ref", subject.id());
        json.string("type", "container");
        json.string("name", subject.name().isEmpty() ? "unnamed" : subject.name());
        if (!subject.version().isEmpty()) {
            json.string("version", subject.version());
        }
        if (subject.purl() != null) {
            json.string("purl", subject.purl().toString());
        }
        properties(subject.properties());
        json.end();
        json.end();
    }

    private void distribution(Distribution distribution) {
        json.object();
        json.string("bom-ref", DISTRIBUTION);
        json.string("type", "operating-system");
        json.string("name", distribution.id());
        if (!distribution.version().isEmpty()) {
            json.string("version", distribution.version());
        }
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("cairn:distribution:id", distribution.id());
        if (!distribution.name().isEmpty()) {
            facts.put("cairn:distribution:name", distribution.name());
        }
        properties(facts);
        json.end();
    }

    private void component(Component component) {
        json.object();
        json.string("bom-ref", component.id());
        json.string("type", type(component.kind()));
        if (!component.supplier().isEmpty()) {
            json.object("supplier");
            json.string("name", component.supplier());
            json.end();
        }
        json.string("name", component.name());
        if (!component.version().isEmpty()) {
            json.string("version", component.version());
        }
        hashes(component);
        String licences = Licences.expression(component.licences());
        if (!licences.isEmpty()) {
            json.array("licenses");
            json.object();
            json.string("expression", licences);
            json.end();
            json.endArray();
        }
        if (!component.cpes().isEmpty()) {
            json.string("cpe", component.cpes().getFirst());
        }
        if (component.purl() != null) {
            json.string("purl", component.purl().toString());
        }
        occurrences(component);
        properties(facts(component));
        json.end();
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case APPLICATION -> "application";
            case LIBRARY, OTHER -> "library";
            case OPERATING_SYSTEM -> "operating-system";
            case CONTAINER -> "container";
            case FILE -> "file";
        };
    }

    private void hashes(Component component) {
        if (component.checksums().isEmpty()) {
            return;
        }
        json.array("hashes");
        for (Checksum each : component.checksums()) {
            json.object();
            String algorithm = each.algorithm();
            json.string("alg", algorithm.startsWith("SHA") ? "SHA-" + algorithm.substring(3) : algorithm);
            json.string("content", each.hex());
            json.end();
        }
        json.endArray();
    }

    private void occurrences(Component component) {
        if (component.locations().isEmpty()) {
            return;
        }
        json.object("evidence");
        json.array("occurrences");
        for (Component.Location each : component.locations()) {
            json.object();
            json.string("location", each.path());
            json.end();
        }
        json.endArray();
        json.end();
    }

    private static SortedMap<String, String> facts(Component component) {
        TreeMap<String, String> facts = new TreeMap<>(component.properties());
        for (Component.Location each : component.locations()) {
            if (!each.layer().isEmpty()) {
                facts.putIfAbsent("cairn:layer", each.layer());
            }
        }
        SourcePackage source = component.source();
        if (source != null) {
            facts.putIfAbsent(Sources.NAME, source.name());
            facts.putIfAbsent(Sources.VERSION, source.version());
            if (component.ecosystem().equals("deb") || component.ecosystem().equals("apk")) {
                facts.putIfAbsent(TRIVY + "SrcName", source.name());
                facts.putAll(trivyVersion(component.ecosystem(), source.version()));
            }
        }
        return facts;
    }

    /// Debian versions go in three parts: epoch, upstream version, revision.
    private static Map<String, String> trivyVersion(String ecosystem, String version) {
        TreeMap<String, String> parts = new TreeMap<>();
        int colon = version.indexOf(':');
        int dash = version.lastIndexOf('-');
        if (!ecosystem.equals("deb")) {
            parts.put(TRIVY + "SrcVersion", version);
            return parts;
        }
        if (colon > 0) {
            parts.put(TRIVY + "SrcEpoch", version.substring(0, colon));
        }
        parts.put(TRIVY + "SrcVersion", version.substring(colon + 1, dash > colon ? dash : version.length()));
        if (dash > colon) {
            parts.put(TRIVY + "SrcRelease", version.substring(dash + 1));
        }
        return parts;
    }

    private void properties(SortedMap<String, String> facts) {
        if (facts.isEmpty()) {
            return;
        }
        json.array("properties");
        facts.forEach((name, value) -> {
            json.object();
            json.string("name", name);
            json.string("value", value);
            json.end();
        });
        json.endArray();
    }

    /// CycloneDX knows one relation: what is contained, or a variant, hangs on the subject too.
    private void dependencies() {
        Map<String, SortedSet<String>> edges = new TreeMap<>();
        if (sbom.distribution() != null) {
            edges.computeIfAbsent(sbom.subject().id(), key -> new TreeSet<>()).add(DISTRIBUTION);
        }
        for (Relationship each : sbom.relationships()) {
            boolean variant = each.type() == Relationship.Type.VARIANT_OF;
            edges.computeIfAbsent(variant ? each.to() : each.from(), key -> new TreeSet<>())
                    .add(variant ? each.from() : each.to());
        }
        json.array("dependencies");
        edges.forEach((from, to) -> {
            json.object();
            json.string("ref", from);
            json.strings("dependsOn", to);
            json.end();
        });
        json.endArray();
    }
}
