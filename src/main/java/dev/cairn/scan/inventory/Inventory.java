package dev.cairn.scan.inventory;

import dev.cairn.archive.TarEntry;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageFiles;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.PackageUrl;
import dev.cairn.sbom.Sbom;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what an image holds from its files, each seen once as it streams by: package databases of apk and dpkg, jars,
/// npm modules, Python distributions, gems, Go and Rust programs.
///
/// Nothing that fails to be read is passed over in silence: [#problems] and the subject's property `cairn:unread` name
/// it. Memory is bounded by [Limits] whatever the image's size.
public final class Inventory {
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final int START = 64;

    private final Limits limits;
    private final Traits traits = new Traits();
    private final Owners owners = new Owners();
    private final Map<String, byte[]> releases = new TreeMap<>();
    private final Map<String, Database> databases = new LinkedHashMap<>();
    private final Map<String, byte[]> digestLists = new LinkedHashMap<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final SortedMap<String, List<String>> unread = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> unexplained = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /// A package database that was seen: parsed when the distribution is known.
    private static final class Database {
        private final byte[] content;
        private final int layer;

        Database(byte[] content, int layer) {
            this.content = content;
            this.layer = layer;
        }
    }

    private Inventory(Limits limits) {
        this.limits = limits;
    }

    /// What was found.
    ///
    /// @param sbom the bill of materials; facts about the image are properties of its subject
    /// @param problems what could not be read, one line each; a scan of such an image is not complete
    public record Found(Sbom sbom, List<String> problems) {
        public Found {
            problems = List.copyOf(problems);
        }
    }

    /// Reads an image, layers and all; checks every layer against its digests on the way.
    public static Found of(Image image, String name) throws IOException {
        Inventory inventory = new Inventory(Limits.STANDARD);
        ImageFiles.visit(image, inventory::visit);
        SortedMap<String, String> properties = inventory.traits.properties();
        properties.put(Traits.COMPRESSED, Long.toString(image.compressedSize()));
        String user = image.config().execution().user();
        properties.put(Traits.USER, user == null || user.isEmpty() ? "root" : user);
        if (image.config().created() != null) {
            properties.put(Traits.CREATED, String.valueOf(image.config().created()));
        }
        Sbom.Subject subject = new Sbom.Subject("image", name, "", image.digest(), null, properties);
        return inventory.finish(
                subject, layer -> image.layers().get(layer).blob().digest().toString());
    }

    /// Reads a folder that holds a root file system. Links are not followed.
    public static Found ofFolder(java.nio.file.Path root, String name) throws IOException {
        Inventory inventory = new Inventory(Limits.STANDARD);
        new FolderWalk(root).visit(inventory::visit);
        return inventory.finish(
                new Sbom.Subject("image", name, "", null, null, inventory.traits.properties()), layer -> "");
    }

    /// Reads a root file system in a tar, compressed or not.
    public static Found ofTar(InputStream in, String name) throws IOException {
        Inventory inventory = new Inventory(Limits.STANDARD);
        try (InputStream open = dev.cairn.archive.Decompressor.open(new BufferedInputStream(in, 1 << 16))) {
            dev.cairn.archive.TarReader tar =
                    new dev.cairn.archive.TarReader(open, dev.cairn.archive.TarLimits.STANDARD);
            for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                inventory.visit(entry, tar.content(), -1);
            }
        }
        return inventory.finish(
                new Sbom.Subject("image", name, "", null, null, inventory.traits.properties()), layer -> "");
    }

    void visit(TarEntry entry, InputStream content, int layer) throws IOException {
        String path = entry.path();
        if (entry.type() == TarEntry.Type.SYMLINK || entry.type() == TarEntry.Type.HARDLINK) {
            traits.link(path);
        }
        if (!entry.isFile()) {
            return;
        }
        traits.file(path, entry.mode(), entry.size());
        if (path.equals("etc/os-release") || path.equals("usr/lib/os-release")) {
            releases.put(path, content.readNBytes(1 << 16));
        } else if (isDatabase(path)) {
            database(path, entry.size(), content, layer);
        } else if (path.endsWith(".md5sums") && path.startsWith("var/lib/dpkg/")) {
            digestLists.put(path, content.readNBytes(limits.document()));
        } else {
            language(entry, content, layer);
        }
    }

    private static boolean isDatabase(String path) {
        return path.equals("lib/apk/db/installed")
                || path.equals("usr/lib/apk/db/installed")
                || path.equals("var/lib/dpkg/status")
                || (path.startsWith("var/lib/dpkg/status.d/") && !path.endsWith(".md5sums"));
    }

    private void database(String path, long size, InputStream content, int layer) throws IOException {
        byte[] bytes = size > limits.database() ? new byte[0] : content.readNBytes(limits.database());
        if (size > limits.database()) {
            problem(path, "larger than " + limits.database() + " bytes");
        } else {
            databases.put(path, new Database(bytes, layer));
        }
    }

    private void language(TarEntry entry, InputStream content, int layer) throws IOException {
        String path = entry.path();
        String unreadKind = LanguageFiles.unread(path);
        LanguageFiles.Kind kind = LanguageFiles.kind(path);
        if (unreadKind != null) {
            unread.computeIfAbsent(unreadKind, k -> new ArrayList<>()).add(path);
        } else if (kind != null) {
            small(kind, entry, content, layer);
        } else if (JarReader.isJar(path)) {
            jar(path, content, layer);
        } else if ((entry.mode() & 0111) != 0 && entry.size() >= START && !isSharedLibrary(path)) {
            program(path, content, layer);
        }
    }

    private static boolean isSharedLibrary(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".so") || name.contains(".so.");
    }

    private void small(LanguageFiles.Kind kind, TarEntry entry, InputStream content, int layer) throws IOException {
        if (entry.size() > limits.document()) {
            problem(entry.path(), "larger than " + limits.document() + " bytes");
            return;
        }
        Digesting digesting = new Digesting(content);
        byte[] bytes = digesting.readNBytes(limits.document());
        PackageUrl purl = LanguageFiles.read(kind, bytes, entry.path());
        if (purl != null) {
            add(List.of(purl), entry.path(), layer, digesting.finish());
        }
    }

    private void jar(String path, InputStream content, int layer) throws IOException {
        Digesting digesting = new Digesting(content);
        List<PackageUrl> purls = new ArrayList<>();
        try {
            new JarReader(limits, (c, where) -> {
                        PackageUrl purl = Evidence.purl("maven", c.group(), c.artifact(), c.version());
                        if (purl != null) {
                            purls.add(purl);
                        }
                    })
                    .read(digesting, path);
        } catch (java.util.zip.ZipException | java.io.EOFException | IllegalArgumentException e) {
            // a damaged jar, not a damaged layer: that one is found by whoever reads the layer
            problem(path, String.valueOf(e.getMessage()));
        }
        add(purls, path, layer, digesting.finish());
    }

    private void program(String path, InputStream content, int layer) throws IOException {
        byte[] start = content.readNBytes(START);
        if (start.length < START || !java.util.Arrays.equals(start, 0, 4, ELF, 0, 4)) {
            return;
        }
        Digesting digesting = new Digesting(
                new java.io.SequenceInputStream(new java.io.ByteArrayInputStream(start), new Unclosed(content)));
        ProgramReader reader = new ProgramReader(digesting);
        List<PackageUrl> purls = new ArrayList<>();
        for (ProgramReader.Dependency each : reader.read(new byte[0])) {
            int slash = each.type().equals("golang") ? each.name().lastIndexOf('/') : -1;
            PackageUrl purl = Evidence.purl(
                    each.type(),
                    slash < 0 ? "" : each.name().substring(0, slash),
                    each.name().substring(slash + 1),
                    each.version());
            if (purl != null) {
                purls.add(purl);
            }
        }
        if (reader.isOldGo()) {
            unread.computeIfAbsent("programs of Go before 1.18", k -> new ArrayList<>())
                    .add(path);
        }
        if (purls.isEmpty()) {
            unexplained.add(path);
        } else {
            add(purls, path, layer, digesting.finish());
        }
    }

    private void add(List<PackageUrl> purls, String path, int layer, String[] digests) {
        for (PackageUrl purl : purls) {
            if (evidence.size() >= limits.components()) {
                problem(path, "more than " + limits.components() + " packages");
                return;
            }
            String version = purl.version() == null ? "" : purl.version();
            evidence.add(new Evidence(purl, version, path, layer, digests[0], digests[1]));
        }
    }

    private void problem(String path, String what) {
        if (problems.size() < 100) {
            problems.add("/" + path + ": " + what);
        }
    }

    /// Names the digest of a layer.
    interface LayerNames {
        String of(int layer);
    }

    private Found finish(Sbom.Subject subject, LayerNames layers) {
        Sbom.Distribution distribution = OsRelease.read(releases);
        List<Component> components = new ArrayList<>();
        databases.forEach((path, database) -> packages(path, database, distribution, components));
        digestLists.forEach((path, list) -> owners.dpkg(ownerOf(path), list));
        for (Evidence each : evidence) {
            Component component = component(each);
            if (seen.add(each.purl() + " " + component.properties().get("cairn:owner") + " " + each.path())) {
                components.add(component);
            }
        }
        SortedMap<String, String> properties = new TreeMap<>(subject.properties());
        String notRead = notRead();
        if (!notRead.isEmpty()) {
            properties.put("cairn:unread", notRead);
        }
        long strangers =
                unexplained.stream().filter(path -> !owners.isClaimed(path)).count();
        if (strangers > 0) {
            properties.put("cairn:image:programs-of-no-package", Long.toString(strangers));
        }
        Sbom.Subject named = new Sbom.Subject(
                subject.id(), subject.name(), subject.version(), subject.digest(), subject.purl(), properties);
        List<Component> placed =
                components.stream().map(each -> withLayer(each, layers)).toList();
        return new Found(new Sbom(named, distribution, placed, List.of(), null, List.of()), problems);
    }

    private void packages(
            String path, Database database, Sbom.@Nullable Distribution distribution, List<Component> components) {
        String namespace = distribution == null ? "" : distribution.id();
        try {
            components.addAll(
                    path.contains("apk/db/")
                            ? new ApkInstalled(namespace.isEmpty() ? "alpine" : namespace, path, database.layer, owners)
                                    .read(database.content)
                            : DpkgStatus.read(
                                    database.content,
                                    namespace.isEmpty() ? "debian" : namespace,
                                    path,
                                    database.layer));
        } catch (RuntimeException e) {
            problem(path, String.valueOf(e.getMessage()));
        }
    }

    private static String ownerOf(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1, path.length() - ".md5sums".length());
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }

    private Component component(Evidence each) {
        String owner = owners.find(each);
        Component.Builder builder = Component.builder(
                        each.purl().type() + "-" + each.purl().fullName() + "-" + each.version() + "-"
                                + Integer.toHexString(each.path().hashCode()),
                        Component.Kind.LIBRARY,
                        each.purl().name())
                .version(each.version())
                .purl(each.purl())
                .location("/" + each.path(), each.layer() < 0 ? "" : Integer.toString(each.layer()));
        if (owner != null) {
            builder.property("cairn:owner", owner);
        }
        return builder.build();
    }

    private static Component withLayer(Component component, LayerNames layers) {
        Component.Builder builder = Component.builder(component.id(), component.kind(), component.name())
                .version(component.version())
                .purl(component.purl())
                .licences(component.licences())
                .supplier(component.supplier())
                .source(component.source());
        component.properties().forEach(builder::property);
        for (Component.Location location : component.locations()) {
            boolean layered = !location.layer().isEmpty();
            builder.location(location.path(), layered ? layers.of(Integer.parseInt(location.layer())) : "");
        }
        return builder.build();
    }

    private String notRead() {
        StringBuilder text = new StringBuilder();
        unread.forEach((kind, paths) -> text.append(text.isEmpty() ? "" : "; ")
                .append(kind)
                .append(" (")
                .append(paths.size() == 1 ? "/" + paths.getFirst() : paths.size() + " files")
                .append(')'));
        return text.toString();
    }
}
