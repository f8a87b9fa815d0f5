package dev.cairn.sbom;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonWriter;
import dev.cairn.sbom.Component.SourcePackage;
import dev.cairn.sbom.Sbom.Distribution;
import dev.cairn.sbom.Sbom.Relationship;
import dev.cairn.sbom.Sbom.Subject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes SPDX 2.3 as JSON. Facts for which SPDX has no field are annotations, `name: value` each.
final class SpdxWriter {
    private static final String DOCUMENT = "SPDXRef-DOCUMENT";
    private static final String ROOT = "SPDXRef-Image";
    private static final String DISTRIBUTION = "SPDXRef-OperatingSystem";

    private final Sbom sbom;
    private final String tool;
    private final String created;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final JsonWriter json = new JsonWriter();

    SpdxWriter(Sbom sbom, String tool) {
        this.sbom = sbom;
        this.tool = tool;
        this.created = Objects.requireNonNullElse(sbom.created(), Instant.EPOCH).toString();
        ids.put(sbom.subject().id(), ROOT);
        for (Component each : sbom.components()) {
            ids.put(each.id(), spdxId(each.id()));
        }
    }

    /// SPDX allows letters, digits, `.` and `-`: any other id is told apart by a hash.
    private static String spdxId(String id) {
        StringBuilder out = new StringBuilder("SPDXRef-");
        boolean plain = true;
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
            out.append(allowed ? c : '-');
            plain &= allowed;
        }
        return plain
                ? out.toString()
                : out + "-" + Digest.of(id.getBytes(UTF_8)).hex().substring(0, 8);
    }

    byte[] write() {
        Subject subject = sbom.subject();
        json.string("spdxVersion", "SPDX-2.3");
        json.string("dataLicense", "CC0-1.0");
        json.string("SPDXID", DOCUMENT);
        json.string("name", subject.name());
        json.string("documentNamespace", namespace());
        json.object("creationInfo");
        json.string("created", created);
        json.strings("creators", List.of("Tool: cairn-" + tool));
        json.end();
        json.array("packages");
        root(subject);
        if (sbom.distribution() != null) {
            distribution(sbom.distribution());
        }
        sbom.components().forEach(this::component);
        json.endArray();
        references();
        relationships();
        return json.finish();
    }

    /// One of a kind for what the document says: its subject, its maker's version, and all its components.
    private String namespace() {
        StringBuilder all =
                new StringBuilder(tool).append('\n').append(sbom.subject()).append('\n');
        sbom.components().forEach(each -> all.append(each).append('\n'));
        Digest digest = sbom.subject().digest();
        String of = digest == null ? "document" : digest.hex();
        return "https://spdx.org/spdxdocs/cairn/" + of + "-"
                + Digest.of(all.toString().getBytes(UTF_8)).hex().substring(0, 32);
    }

    private void root(Subject subject) {
        begin(ROOT, subject.name(), subject.version(), "");
        Digest digest = subject.digest();
        if (digest != null) {
            json.array("checksums");
            checksum(digest.algorithm().id().equals("sha256") ? "SHA256" : "SHA512", digest.hex());
            json.endArray();
        }
        licences("");
        references(subject.purl(), List.of());
        json.string("primaryPackagePurpose", "CONTAINER");
        annotations(new TreeMap<>(subject.properties()));
        json.end();
    }

    private void distribution(Distribution distribution) {
        begin(DISTRIBUTION, distribution.id(), distribution.version(), "");
        licences("");
        json.string("primaryPackagePurpose", "OPERATING_SYSTEM");
        TreeMap<String, String> facts = new TreeMap<>();
        if (!distribution.name().isEmpty()) {
            facts.put("cairn:distribution:name", distribution.name());
        }
        annotations(facts);
        json.end();
    }

    private void component(Component component) {
        begin(spdxId(component.id()), component.name(), component.version(), component.supplier());
        if (!component.checksums().isEmpty()) {
            json.array("checksums");
            component.checksums().forEach(each -> checksum(each.algorithm(), each.hex()));
            json.endArray();
        }
        SourcePackage source = component.source();
        if (source != null) {
            json.string("sourceInfo", (Sources.BUILT_FROM + source.name() + " " + source.version()).strip());
        }
        licences(component.licences());
        references(component.purl(), component.cpes());
        json.string("primaryPackagePurpose", purpose(component.kind()));
        TreeMap<String, String> facts = new TreeMap<>(component.properties());
        for (Component.Location each : component.locations()) {
            facts.putIfAbsent("cairn:location", each.path());
            if (!each.layer().isEmpty()) {
                facts.putIfAbsent("cairn:layer", each.layer());
            }
        }
        annotations(facts);
        json.end();
    }

    private static String purpose(Component.Kind kind) {
        return switch (kind) {
            case APPLICATION -> "APPLICATION";
            case LIBRARY -> "LIBRARY";
            case OPERATING_SYSTEM -> "OPERATING_SYSTEM";
            case CONTAINER -> "CONTAINER";
            case FILE -> "FILE";
            case OTHER -> "OTHER";
        };
    }

    private void begin(String id, String name, String version, String supplier) {
        json.object();
        json.string("SPDXID", id);
        json.string("name", name.isEmpty() ? "unnamed" : name);
        if (!version.isEmpty()) {
            json.string("versionInfo", version);
        }
        json.string("supplier", supplier.isEmpty() ? "NOASSERTION" : "Organization: " + supplier);
        json.string("downloadLocation", "NOASSERTION");
        json.bool("filesAnalyzed", false);
    }

    private void checksum(String algorithm, String hex) {
        json.object();
        json.string("algorithm", algorithm);
        json.string("checksumValue", hex);
        json.end();
    }

    private void licences(String declared) {
        String expression = Licences.expression(declared);
        json.string("licenseConcluded", "NOASSERTION");
        json.string("licenseDeclared", expression.isEmpty() ? "NOASSERTION" : expression);
        json.string("copyrightText", "NOASSERTION");
    }

    private void references(@Nullable PackageUrl purl, List<String> cpes) {
        if (purl == null && cpes.isEmpty()) {
            return;
        }
        json.array("externalRefs");
        if (purl != null) {
            reference("PACKAGE-MANAGER", "purl", purl.toString());
        }
        for (String each : cpes) {
            reference("SECURITY", each.startsWith("cpe:2.3:") ? "cpe23Type" : "cpe22Type", each);
        }
        json.endArray();
    }

    private void reference(String category, String type, String locator) {
        json.object();
        json.string("referenceCategory", category);
        json.string("referenceType", type);
        json.string("referenceLocator", locator);
        json.end();
    }

    private void annotations(SortedMap<String, String> facts) {
        if (facts.isEmpty()) {
            return;
        }
        json.array("annotations");
        facts.forEach((name, value) -> {
            json.object();
            json.string("annotator", "Tool: cairn-" + tool);
            json.string("annotationDate", created);
            json.string("annotationType", "OTHER");
            json.string("comment", name + ": " + value);
            json.end();
        });
        json.endArray();
    }

    /// What the document's `LicenseRef-…` stand for: the names as the packages have them.
    private void references() {
        SortedMap<String, String> all = new TreeMap<>();
        for (Component each : sbom.components()) {
            all.putAll(Licences.references(Licences.expression(each.licences())));
        }
        if (all.isEmpty()) {
            return;
        }
        json.array("hasExtractedLicensingInfos");
        all.forEach((reference, name) -> {
            json.object();
            json.string("licenseId", reference);
            json.string("name", name);
            json.string("extractedText", "Declared by the package as " + name + ".");
            json.end();
        });
        json.endArray();
    }

    private void relationships() {
        json.array("relationships");
        relationship(DOCUMENT, "DESCRIBES", ROOT);
        if (sbom.distribution() != null) {
            relationship(ROOT, "CONTAINS", DISTRIBUTION);
        }
        for (Relationship each : sbom.relationships()) {
            relationship(
                    Objects.requireNonNull(ids.get(each.from())),
                    each.type().name(),
                    Objects.requireNonNull(ids.get(each.to())));
        }
        json.endArray();
    }

    private void relationship(String from, String type, String to) {
        json.object();
        json.string("spdxElementId", from);
        json.string("relationshipType", type);
        json.string("relatedSpdxElement", to);
        json.end();
    }
}
