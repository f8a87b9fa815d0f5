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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes a CycloneDX document apart, member by member in whatever order they come (CycloneDX 1.6, "bom").
final class CycloneDxReader {
    private static final int MOST = 250_000;
    private static final String TRIVY_CLASS = "aquasecurity:trivy:Class";

    private final String what;
    private final List<Component> components = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Links links;
    private final List<String> tools = new ArrayList<>();
    private String format = "";
    private String version = "";
    private @Nullable Subject subject;
    private @Nullable Distribution distribution;
    private @Nullable Instant created;

    CycloneDxReader(String what) {
        this.what = what;
        this.links = new Links(what);
    }

    /// Takes the member, if it is one of this format's.
    boolean take(String name, JsonStream json) throws IOException {
        switch (name) {
            case "bomFormat" -> format = json.string();
            case "specVersion" -> version = json.string();
            case "metadata" -> metadata(json.object());
            case "components" -> json.objects(each -> component(each, ""));
            case "dependencies" -> json.objects(this::dependency);
            default -> {
                return false;
            }
        }
        return true;
    }

    boolean isCycloneDx() {
        return format.equals("CycloneDX");
    }

    Sbom finish() {
        if (!version.startsWith("1.") || version.equals("1.0") || version.equals("1.1")) {
            throw new SbomException(
                    SbomException.Code.UNKNOWN_FORMAT, what + ": CycloneDX " + version + ", only 1.2 to 1.7 are read");
        }
        Subject of = subject == null ? new Subject("", "", "", null, null, new TreeMap<>()) : subject;
        List<Component> placed = placed();
        Distribution found = distribution == null ? SpdxReader.distributionOf(placed) : distribution;
        return new Sbom(of, found, placed, links.between(of.id(), placed), created, tools);
    }

    private void metadata(JsonObject json) {
        created = Texts.instant(json.optionalString("timestamp"));
        JsonObject component = json.optionalObject("component");
        if (component != null) {
            String purl = Texts.of(component.optionalString("purl"));
            String text = Texts.of(component.optionalString("version"));
            PackageUrl url = PackageUrl.parseOrNull(purl);
            SortedMap<String, String> properties = CycloneDxComponent.properties(component);
            subject = new Subject(
                    Texts.of(component.optionalString("bom-ref")),
                    Texts.of(component.optionalString("name")),
                    text,
                    Texts.digest(text, url, properties),
                    url,
                    properties);
            component.objects("components").forEach(each -> component(each, ""));
        }
        tools.addAll(CycloneDxComponent.tools(json));
    }

    private void component(JsonObject json, String parent) {
        Component read = CycloneDxComponent.read(json, ids);
        ids.add(read.id());
        if (components.size() >= MOST) {
            throw new SbomException(SbomException.Code.TOO_LARGE, what + ": more than " + MOST + " components");
        }
        if (read.kind() == Kind.OPERATING_SYSTEM) {
            distribution = CycloneDxComponent.distribution(read);
        } else {
            components.add(read);
        }
        if (!parent.isEmpty()) {
            links.add(parent, Relationship.Type.CONTAINS, read.id());
        }
        json.objects("components").forEach(each -> component(each, read.id()));
    }

    private void dependency(JsonObject json) {
        String from = Texts.of(json.optionalString("ref"));
        for (String to : json.strings("dependsOn")) {
            links.add(from, Relationship.Type.DEPENDS_ON, to);
        }
    }

    /// Trivy says which file names a library by a component for the file, on which the library hangs.
    private List<Component> placed() {
        Map<String, String> files = new HashMap<>();
        for (Component each : components) {
            if ("lang-pkgs".equals(each.properties().get(TRIVY_CLASS))) {
                files.put(each.id(), each.name());
            }
        }
        if (files.isEmpty()) {
            return components;
        }
        Map<String, String> paths = new HashMap<>();
        for (Relationship each : links.all()) {
            String file = files.get(each.from());
            if (file != null) {
                paths.putIfAbsent(each.to(), file);
            }
        }
        List<Component> placed = new ArrayList<>(components.size());
        for (Component each : components) {
            String path = each.locations().isEmpty() ? paths.get(each.id()) : null;
            placed.add(
                    path == null
                            ? each
                            : each.toBuilder()
                                    .location(Texts.absolute(path), "")
                                    .build());
        }
        return placed;
    }
}
