package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.layer.FileFact;
import dev.cairn.image.layer.LayerForm;
import dev.cairn.image.layer.StoredLayer;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.Component.Kind;
import dev.cairn.sbom.Component.SourcePackage;
import dev.cairn.sbom.DebianLicences;
import dev.cairn.sbom.Licences;
import dev.cairn.sbom.PackageUrl;
import dev.cairn.sbom.Sbom;
import dev.cairn.sbom.Sbom.Distribution;
import dev.cairn.sbom.Sbom.Relationship;
import dev.cairn.sbom.Sbom.Subject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an image that was built here is made of, as a bill of materials: each package once, with its package URL,
/// licences, origin and checksum, and what was left out. It depends on the image alone: its time is the image's.
public final class ImageSbom {
    private static final String DOC = "usr/share/doc/";
    private static final String SUBJECT = "image";

    private final AssembledImage image;
    private final String name;
    private final Map<String, String> os;
    private final @Nullable Distribution distribution;
    private final Captured captured;
    private final Set<String> topPaths = new HashSet<>();

    private ImageSbom(Definition definition, AssembledImage image, String name) {
        this.image = image;
        this.name = name;
        this.captured = new Captured(image.selection().packages());
        this.os = OsRelease.values(captured, image.selection().packages(), definition.osRelease());
        String id = os.getOrDefault("ID", "");
        this.distribution = id.isEmpty()
                ? null
                : new Distribution(id, os.getOrDefault("VERSION_ID", ""), os.getOrDefault("PRETTY_NAME", ""));
        image.topFiles().forEach(each -> topPaths.add(each.path()));
    }

    /// The bill of one image.
    ///
    /// @param name what the image is called: `redis`
    public static Sbom of(Definition definition, AssembledImage image, String name) {
        return new ImageSbom(definition, image, name).sbom();
    }

    /// The bill of an index: its images.
    public static Sbom of(ImageIndex index, String name) {
        List<Component> components = new ArrayList<>();
        List<Relationship> relationships = new ArrayList<>();
        for (Image each : index.images()) {
            String platform = each.config().platform().toString();
            String id = SUBJECT + ":" + platform;
            components.add(Component.builder(id, Kind.CONTAINER, name)
                    .version(each.digest().toString())
                    .purl(purl(name, each))
                    .checksum("SHA256", each.digest().hex())
                    .property("cairn:platform", platform)
                    .build());
            relationships.add(new Relationship(id, Relationship.Type.VARIANT_OF, SUBJECT));
        }
        PackageUrl purl = PackageUrl.of("oci", "", name, index.digest().toString(), Map.of());
        Subject subject = new Subject(SUBJECT, name, index.digest().toString(), index.digest(), purl, new TreeMap<>());
        return new Sbom(
                subject,
                null,
                components,
                relationships,
                index.images().stream()
                        .map(each -> each.config().created())
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                List.of());
    }

    private static PackageUrl purl(String name, Image image) {
        String architecture = image.config().platform().architecture();
        return PackageUrl.of("oci", "", name, image.digest().toString(), Map.of("arch", architecture));
    }

    private Sbom sbom() {
        List<Component> components = new ArrayList<>();
        List<Relationship> relationships = new ArrayList<>();
        for (InstalledPackage each : image.selection().packages()) {
            Component component = component(each);
            components.add(component);
            relationships.add(new Relationship(SUBJECT, Relationship.Type.CONTAINS, component.id()));
        }
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("cairn:variant", image.selection().variant().id());
        for (Omission each : image.selection().omissions()) {
            facts.put("cairn:omitted:" + each.resolved().name(), each.resolved().version() + ": " + each.reason());
        }
        String digest = image.image().digest().toString();
        return new Sbom(
                new Subject(SUBJECT, name, digest, image.image().digest(), purl(name, image.image()), facts),
                distribution,
                components,
                relationships,
                image.image().config().created(),
                List.of());
    }

    private Component component(InstalledPackage installed) {
        ResolvedPackage resolved = installed.resolved();
        String type = resolved.ecosystem().id();
        Component.Builder out = Component.builder(
                        "Package-" + type + "-" + resolved.name(), Kind.LIBRARY, resolved.name())
                .version(resolved.version())
                .purl(purl(resolved))
                .licences(licences(installed))
                .supplier(os.getOrDefault("NAME", ""))
                .source(new SourcePackage(resolved.origin(), resolved.originVersion()))
                .checksum("SHA256", installed.file().digest().hex())
                .property("cairn:repository", resolved.repository())
                .property("cairn:path", resolved.path())
                .property("cairn:index-checksum", resolved.checksum())
                .property("cairn:package-layer", contentLayer(installed));
        String database = database(resolved);
        if (!database.isEmpty()) {
            out.location("/" + database, image.layers().getLast().digest().toString());
        }
        return out.build();
    }

    private PackageUrl purl(ResolvedPackage resolved) {
        TreeMap<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("arch", resolved.architecture());
        if (distribution != null) {
            qualifiers.put("distro", distribution.qualifier());
        }
        boolean sameVersion = resolved.originVersion().equals(resolved.version());
        if (!resolved.origin().equals(resolved.name()) || !sameVersion) {
            qualifiers.put("upstream", resolved.origin() + (sameVersion ? "" : "@" + resolved.originVersion()));
        }
        return PackageUrl.of(
                resolved.ecosystem().id(),
                distribution == null ? "" : distribution.id(),
                resolved.name(),
                resolved.version(),
                qualifiers);
    }

    private String licences(InstalledPackage installed) {
        if (installed.resolved().ecosystem() == Ecosystem.APK) {
            for (String line : new String(installed.facts().stanza().plain(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (line.startsWith("L:")) {
                    return Licences.expression(line.substring(2));
                }
                if (line.startsWith("F:")) {
                    break;
                }
            }
            return "";
        }
        byte[] names = captured.find(DOC + documented(installed) + "/copyright");
        return names == null
                ? ""
                : DebianLicences.expression(
                        new String(names, StandardCharsets.UTF_8).lines().toList());
    }

    /// The folder below `usr/share/doc` that speaks for a package: its own, or the one that its link leads to.
    private static String documented(InstalledPackage installed) {
        String own = DOC + installed.name();
        if (installed.facts().captured().containsKey(own + "/copyright")) {
            return installed.name();
        }
        for (FileFact each : installed.facts().files().decode()) {
            if (each.path().equals(own) && !each.link().isEmpty()) {
                return each.link().substring(each.link().lastIndexOf('/') + 1);
            }
            if (each.path().equals(own + "/copyright") && each.link().endsWith("/copyright")) {
                String folder = each.link().substring(0, each.link().length() - "/copyright".length());
                return folder.substring(folder.lastIndexOf('/') + 1);
            }
        }
        return installed.name();
    }

    /// The digest of the layer that holds the package's files: its own, or that of the small ones.
    private String contentLayer(InstalledPackage installed) {
        StoredLayer own = installed.facts().layer();
        for (StoredLayer each : image.layers()) {
            if (each.digest().equals(own.digest())) {
                return own.digest().toString();
            }
        }
        for (StoredLayer each : image.layers()) {
            if (each.form() == LayerForm.GROUPED) {
                return each.digest().toString();
            }
        }
        return own.digest().toString();
    }

    /// The file in the top layer by which scanners know the package.
    private String database(ResolvedPackage resolved) {
        for (String each : List.of(
                "var/lib/dpkg/status.d/" + resolved.name(),
                "var/lib/dpkg/status",
                "lib/apk/db/installed",
                "usr/lib/apk/db/installed")) {
            if (topPaths.contains(each)) {
                return each;
            }
        }
        return "";
    }
}
