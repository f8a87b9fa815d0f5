package dev.cairn.image;

import dev.cairn.digest.Digest;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.image.layer.ElfObject;
import dev.cairn.image.layer.FileFact;
import dev.cairn.image.layer.MadeFacts;
import dev.cairn.image.layer.MadePackages;
import dev.cairn.image.layer.PackageFacts;
import dev.cairn.image.layer.PathRewrite;
import dev.cairn.image.layer.Piece;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.packages.deb.Alternative;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Packages of an image, and definitions, as tests want them.
final class Installed {
    private Installed() {}

    /// A package of which nothing but its facts is there.
    static InstalledPackage of(String name, long layerSize, FileFact... files) {
        return with(name, name, "", layerSize, files);
    }

    /// One that says which packages it replaces.
    static InstalledPackage replacing(String name, String replaced, FileFact... files) {
        return with(name, name, "Version: 1.0\nReplaces: other (<< 2), " + replaced + " (<< 3)\n", 100, files);
    }

    /// One that was built from a source package.
    static InstalledPackage from(String origin, String name, FileFact... files) {
        return with(name, origin, "", 100, files);
    }

    /// One whose scripts declare alternatives.
    static InstalledPackage offering(String name, List<Alternative> alternatives, FileFact... files) {
        return new InstalledPackage(
                resolved(name, name, "debian trixie main"),
                file(name),
                MadeFacts.with(MadeFacts.of(name, 100, "", files), List.of(), alternatives));
    }

    /// One with these ELF files.
    static InstalledPackage linking(String name, List<ElfObject> objects, FileFact... files) {
        return new InstalledPackage(
                resolved(name, name, "debian trixie main"),
                file(name),
                MadeFacts.with(MadeFacts.of(name, 100, "", files), objects, List.of()));
    }

    private static InstalledPackage with(String name, String origin, String stanza, long layerSize, FileFact... files) {
        return new InstalledPackage(
                resolved(name, origin, "debian trixie main"), file(name), MadeFacts.of(name, layerSize, stanza, files));
    }

    /// One that brings files that are captured.
    static InstalledPackage capturing(String name, String repository, Map<String, String> captured) {
        Map<String, byte[]> contents = new java.util.TreeMap<>();
        captured.forEach((path, text) -> contents.put(path, text.getBytes(StandardCharsets.UTF_8)));
        FileFact[] files = captured.keySet().stream()
                .map(path -> MadeFacts.file(path, path.hashCode()))
                .toArray(FileFact[]::new);
        PackageFacts facts = MadeFacts.of(name, 100, "", contents, files);
        return new InstalledPackage(resolved(name, name, repository), file(name), facts);
    }

    static ResolvedPackage resolved(String name, String origin, String repository) {
        return new ResolvedPackage(
                Ecosystem.DEB, name, "1.0", "amd64", origin, "1.0", repository, "pool/" + name, 100, "sha256:0", 1);
    }

    private static PackageFile file(String name) {
        return new PackageFile(
                Path.of("nowhere", name), Digest.of(("deb " + name).getBytes(StandardCharsets.UTF_8)), 100);
    }

    /// A package with its bytes.
    static InstalledPackage of(MadePackages packages, MadePackages.Made made) throws IOException {
        boolean deb = made.resolved().ecosystem() == Ecosystem.DEB;
        PackageFacts facts = packages.facts(made, deb ? PathRewrite.MERGED_USR : PathRewrite.NONE);
        return new InstalledPackage(made.resolved(), made.file(), facts);
    }

    /// A tree over these packages; an empty top layer.
    static ImageTree tree(List<InstalledPackage> packages) {
        return new ImageTree(new MergedView(packages), top());
    }

    static TopTree top() {
        return new TopTree(Piece::of);
    }

    /// A file of the top layer, as text.
    static String text(TopTree top, String path) {
        TopTree.Entry entry = top.find(path);
        if (entry == null) {
            throw new AssertionError("no " + path + " among "
                    + top.entries().stream().map(each -> each.tar().path()).toList());
        }
        StringBuilder text = new StringBuilder();
        entry.content().forEach(each -> text.append(new String(each.plain(), StandardCharsets.UTF_8)));
        return text.toString();
    }

    /// A definition; `folder` is where its file is written.
    static Definition definition(Path folder, String yaml) throws IOException {
        return DefinitionReader.read(Files.writeString(folder.resolve("image.yaml"), yaml));
    }
}
