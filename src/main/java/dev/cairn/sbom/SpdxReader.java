package dev.cairn.sbom;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonStream;
import dev.cairn.sbom.Component.Kind;
import dev.cairn.sbom.Sbom.Distribution;
import dev.cairn.sbom.Sbom.Relationship;
import dev.cairn.sbom.Sbom.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes an SPDX document apart, member by member in whatever order they come (SPDX 2.3, JSON serialisation).
final class SpdxReader {
    private static final int MOST_PACKAGES = 250_000;
    private static final int MOST_FILES = 1_000_000;
    private static final String DOCUMENT = "DOCUMENT";

    private final String what;
    private final Map<String, Component> packages = new LinkedHashMap<>();
    private final Map<String, Component.Location> files = new HashMap<>();
    private final Map<String, List<String>> evidence = new HashMap<>();
    private final Links links;
    private final List<String> described = new ArrayList<>();
    private final List<String> tools = new ArrayList<>();
    private int evidenceCount;
    private String version = "";
    private String documentName = "";
    private @Nullable Instant created;

    SpdxReader(String what) {
        this.what = what;
        this.links = new Links(what);
    }

    /// Takes the member, if it is one of this format's.
    boolean take(String name, JsonStream json) throws IOException {
        switch (name) {
            case "spdxVersion" -> version = json.string();
            case "name" -> documentName = json.string();
            case "creationInfo" -> creation(json.object());
            case "packages" -> json.objects(this::onePackage);
            case "files" -> json.objects(this::file);
            case "relationships" -> json.objects(this::relationship);
            default -> {
                return false;
            }
        }
        return true;
    }

    boolean isSpdx() {
        return !version.isEmpty();
    }

    private void creation(JsonObject json) {
        created = Texts.instant(json.optionalString("created"));
        for (String each : json.strings("creators")) {
            if (each.startsWith("Tool: ")) {
                String tool = each.substring("Tool: ".length());
                int dash = tool.lastIndexOf('-');
                tools.add(dash < 0 ? tool : tool.substring(0, dash) + " " + tool.substring(dash + 1));
            }
        }
    }

    private void onePackage(JsonObject json) {
        Component read = SpdxPackage.read(json);
        if (packages.put(read.id(), read) != null) {
            throw new SbomException(
                    SbomException.Code.INVALID_DOCUMENT, what + ": two packages with the SPDXID '" + read.id() + "'");
        }
        if (packages.size() > MOST_PACKAGES) {
            throw tooMany(MOST_PACKAGES, "packages");
        }
    }

    private void file(JsonObject json) {
        String comment = Texts.of(json.optionalString("comment"));
        String layer = comment.startsWith("layerID: ")
                ? comment.substring("layerID: ".length()).strip()
                : "";
        files.put(
                SpdxPackage.id(Texts.of(json.optionalString("SPDXID"))),
                new Component.Location(Texts.absolute(Texts.of(json.optionalString("fileName"))), layer));
        if (files.size() > MOST_FILES) {
            throw tooMany(MOST_FILES, "files");
        }
    }

    private SbomException tooMany(int most, String things) {
        return new SbomException(SbomException.Code.TOO_LARGE, what + ": more than " + most + " " + things);
    }

    private void relationship(JsonObject json) {
        String from = SpdxPackage.id(Texts.of(json.optionalString("spdxElementId")));
        String to = SpdxPackage.id(Texts.of(json.optionalString("relatedSpdxElement")));
        switch (Texts.of(json.optionalString("relationshipType"))) {
            case "DESCRIBES" -> describes(from, to);
            case "DESCRIBED_BY" -> describes(to, from);
            case "CONTAINS" -> links.add(from, Relationship.Type.CONTAINS, to);
            case "CONTAINED_BY" -> links.add(to, Relationship.Type.CONTAINS, from);
            case "DEPENDS_ON" -> links.add(from, Relationship.Type.DEPENDS_ON, to);
            case "DEPENDENCY_OF" -> links.add(to, Relationship.Type.DEPENDS_ON, from);
            case "VARIANT_OF" -> links.add(from, Relationship.Type.VARIANT_OF, to);
            case "OTHER" -> {
                if (Texts.of(json.optionalString("comment")).startsWith("evident-by")) {
                    evident(from, to);
                }
            }
            default -> {
                // Says nothing that the model has a place for.
            }
        }
    }

    private void describes(String from, String to) {
        if (from.equals(DOCUMENT)) {
            described.add(to);
        }
    }

    private void evident(String component, String file) {
        evidence.computeIfAbsent(component, key -> new ArrayList<>(1)).add(file);
        if (++evidenceCount > MOST_FILES) {
            throw tooMany(MOST_FILES, "evidences");
        }
    }

    Sbom finish() {
        if (!version.equals("SPDX-2.2") && !version.equals("SPDX-2.3")) {
            throw new SbomException(
                    SbomException.Code.UNKNOWN_FORMAT,
                    what + ": '" + version + "', only SPDX-2.2 and SPDX-2.3 are read");
        }
        Component root = described.isEmpty() ? null : packages.get(described.getFirst());
        if (root != null && (described.size() == 1 || root.kind() == Kind.CONTAINER)) {
            packages.remove(root.id());
        } else {
            root = null;
        }
        Distribution distribution = null;
        List<Component> components = new ArrayList<>(packages.size());
        for (Component each : packages.values()) {
            if (each.kind() == Kind.OPERATING_SYSTEM) {
                distribution = CycloneDxComponent.distribution(each);
            } else {
                components.add(placed(each));
            }
        }
        Subject subject = subject(root);
        return new Sbom(
                subject,
                distribution == null ? distributionOf(components) : distribution,
                components,
                links.between(subject.id(), components),
                created,
                tools);
    }

    private Subject subject(@Nullable Component root) {
        return root == null
                ? new Subject(DOCUMENT, documentName, "", null, null, new TreeMap<>())
                : new Subject(
                        root.id(),
                        root.name(),
                        root.version(),
                        Texts.digest(root.version(), root.purl(), root.properties()),
                        root.purl(),
                        root.properties());
    }

    private Component placed(Component component) {
        List<String> ids = evidence.getOrDefault(component.id(), List.of());
        if (ids.isEmpty()) {
            return component;
        }
        Component.Builder out = component.toBuilder();
        for (String each : ids) {
            Component.Location location = files.get(each);
            if (location != null) {
                out.location(location.path(), location.layer());
            }
        }
        return out.build();
    }

    /// What the package URLs of a distribution's packages say of it.
    static @Nullable Distribution distributionOf(List<Component> components) {
        for (Component each : components) {
            PackageUrl purl = each.purl();
            if (purl != null && !purl.qualifier("distro").isEmpty()) {
                return Distribution.ofQualifier(purl.qualifier("distro"));
            }
        }
        return null;
    }
}
