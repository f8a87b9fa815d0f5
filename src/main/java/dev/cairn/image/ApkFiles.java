package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Entry;
import dev.cairn.image.layer.Piece;
import dev.cairn.packages.apk.ApkFile;
import dev.cairn.packages.apk.InstalledDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// apk's part of the top layer: the installed database that scanners read, busybox's links, and in a dev variant the
/// world, repositories, keys, scripts and triggers that a later `apk add` works with.
final class ApkFiles implements DistributionFiles {
    private static final String DATABASE = "package database";
    private static final String WHY = "the package manager's configuration";

    private final Selection selection;
    private final Definition definition;
    private final Keys keys;
    private final boolean dev;

    ApkFiles(Selection selection, Definition definition, Keys keys, boolean dev) {
        this.selection = selection;
        this.definition = definition;
        this.keys = keys;
        this.dev = dev;
    }

    @Override
    public void write(ImageTree tree, Captured captured) throws IOException {
        List<Piece> installed = new ArrayList<>();
        selection.packages().forEach(each -> installed.add(each.facts().stanza()));
        tree.top().file(tree.canonical("lib/apk/db/installed", false), 0644, installed, DATABASE);
        // Without it a real apk does not open the database.
        tree.top().file("etc/apk/world", 0644, lines(new TreeSet<>(selection.world())), DATABASE);
        busyboxLinks(tree, captured);
        if (dev) {
            scripts(tree);
            configuration(tree.top());
        }
    }

    /// The links that `busybox --install -s` would make, where nothing else is.
    private static void busyboxLinks(ImageTree tree, Captured captured) {
        for (byte[] list : captured.below("etc/busybox-paths.d").values()) {
            for (String line : new String(list, StandardCharsets.UTF_8).split("\n", -1)) {
                String path = tree.canonical(line.strip(), false);
                if (!path.isEmpty() && !tree.exists(path)) {
                    tree.top().symlink(path, "/bin/busybox", "a command of busybox");
                }
            }
        }
    }

    /// The scripts and triggers of all packages, which a later apk runs when packages change.
    private void scripts(ImageTree tree) throws IOException {
        List<InstalledDatabase.Installed> installed = new ArrayList<>();
        for (InstalledPackage each : selection.packages()) {
            ApkFile apk = ApkFile.open(each.file().path());
            installed.add(new InstalledDatabase.Installed(
                    apk.pkgInfo(), each.resolved().checksum(), each.resolved().size(), "", List.of(), apk.scripts()));
        }
        InstalledDatabase all = new InstalledDatabase(installed);
        String database = tree.canonical("lib/apk/db", true) + "/";
        tree.top().file(database + "scripts.tar", 0644, all.scripts(), DATABASE);
        tree.top().file(database + "triggers", 0644, DebianFiles.utf8(all.triggers()), DATABASE);
        tree.top().file(database + "lock", 0600, new byte[0], DATABASE);
    }

    private void configuration(TopTree top) throws IOException {
        top.file("etc/apk/repositories", 0644, lines(repositories()), WHY);
        top.file("etc/apk/arch", 0644, lines(List.of(selection.architecture().apk())), WHY);
        for (Map.Entry<String, byte[]> key : keys.keys(definition).entrySet()) {
            top.file("etc/apk/keys/" + key.getKey(), 0644, key.getValue(), WHY);
        }
        top.directory("var/cache/apk", 0755, 0, 0, WHY);
    }

    /// A folder of the machine that builds is of no use in a container, unless it was named for there.
    private List<String> repositories() {
        List<String> lines = new ArrayList<>();
        for (Entry each : definition.contents().repositories()) {
            if (each.text().contains("://")) {
                lines.add(each.withoutCredentials());
            }
        }
        definition.contents().runtimeRepositories().forEach(each -> lines.add(each.withoutCredentials()));
        return lines;
    }

    private static byte[] lines(Iterable<String> lines) {
        StringBuilder out = new StringBuilder();
        lines.forEach(line -> out.append(line).append('\n'));
        return DebianFiles.utf8(out.toString());
    }
}
