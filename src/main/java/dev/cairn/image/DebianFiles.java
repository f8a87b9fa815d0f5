package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.layer.Piece;
import dev.cairn.packages.deb.DebFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Debian's part of the top layer. A runtime image lists its packages below `status.d`, where scanners look in
/// distroless images; a dev variant has dpkg's whole database, in which every package that has a postinst stands as
/// unpacked: the first apt-get configures it, as it would have been configured at installation. `usrmerge` is the
/// exception: the links that it makes are there.
final class DebianFiles implements DistributionFiles {
    private static final String DATABASE = "package database";
    /// What they would do, bookworm's would undo: it takes an empty-looking `/lib64` away, and with it the loader.
    private static final List<String> DONE = List.of("usrmerge", "usr-is-merged");

    private static final List<String> ALIASES = List.of("bin", "lib", "lib64", "sbin");

    private final List<InstalledPackage> packages;
    private final Definition definition;
    private final Keys keys;
    private final boolean dev;

    DebianFiles(List<InstalledPackage> packages, Definition definition, Keys keys, boolean dev) {
        this.packages = packages;
        this.definition = definition;
        this.keys = keys;
        this.dev = dev;
    }

    @Override
    public void write(ImageTree tree, Captured captured) throws IOException {
        mergedUsr(tree);
        nameService(tree);
        AlternativeLinks alternatives = new AlternativeLinks(tree, packages);
        alternatives.write();
        if (dev) {
            database(tree.top());
            alternatives.record(DATABASE);
            new AptConfiguration(definition, keys).write(tree.top());
        } else {
            statusDirectory(tree.top());
        }
    }

    private static void mergedUsr(ImageTree tree) {
        for (String alias : ALIASES) {
            if (!tree.view().has(alias) && tree.view().hasDirectory("usr/" + alias)) {
                tree.top().symlink(alias, "usr/" + alias, "Debian's merged /usr");
            }
        }
        if (tree.view().hasDirectory("run") || tree.top().find("run") != null) {
            if (!tree.view().has("var/run") && !tree.view().hasDirectory("var/run")) {
                tree.top().symlink("var/run", "/run", "programs write there by its old name");
            }
        }
    }

    /// The C library asks this file where names come from; a script makes it.
    private static void nameService(ImageTree tree) {
        if (!tree.view().has("etc/nsswitch.conf")) {
            String text = """
                    passwd:    files
                    group:     files
                    shadow:    files
                    hosts:     files dns
                    networks:  files
                    protocols: files
                    services:  files
                    """;
            tree.top().file("etc/nsswitch.conf", 0644, utf8(text), "where the C library looks names up");
        }
    }

    private void statusDirectory(TopTree top) {
        for (InstalledPackage each : packages) {
            String file = "var/lib/dpkg/status.d/" + each.name();
            top.file(file, 0644, List.of(head(each, "installed"), each.facts().stanza()), DATABASE);
            if (each.facts().checksums().length() > 0) {
                top.file(file + ".md5sums", 0644, List.of(each.facts().checksums()), DATABASE);
            }
        }
    }

    private static Piece head(InstalledPackage each, String state) {
        return Piece.of(utf8("Package: " + each.name() + "\nStatus: install ok " + state + "\n"));
    }

    private void database(TopTree top) throws IOException {
        Piece blank = Piece.of(utf8("\n"));
        TriggerInterests interests = new TriggerInterests();
        List<Piece> status = new ArrayList<>();
        for (InstalledPackage each : packages) {
            DebFile deb = DebFile.open(each.file().path());
            boolean configure = deb.controlFiles().containsKey("postinst") && !DONE.contains(each.name());
            status.add(head(each, configure ? "unpacked" : "installed"));
            status.add(each.facts().stanza());
            status.add(blank);
            interests.add(databaseName(each, deb), deb.controlFiles().getOrDefault("triggers", new byte[0]));
            information(top, each, deb);
        }
        interests.write(top, DATABASE);
        top.file("var/lib/dpkg/status", 0644, status, DATABASE);
        top.file("var/lib/dpkg/info/format", 0644, utf8("1\n"), DATABASE);
        top.file("var/lib/dpkg/arch", 0644, utf8(architecture() + "\n"), DATABASE);
        for (String empty : List.of("available", "diversions", "statoverride")) {
            top.file("var/lib/dpkg/" + empty, 0644, new byte[0], DATABASE);
        }
        for (String each : List.of("alternatives", "parts", "triggers", "updates")) {
            top.directory("var/lib/dpkg/" + each, 0755, 0, 0, DATABASE);
        }
    }

    private String architecture() {
        return packages.stream()
                .map(each -> each.resolved().architecture())
                .filter(each -> !each.equals("all"))
                .findFirst()
                .orElse("all");
    }

    /// Packages that can be installed for several architectures side by side go by name and architecture.
    private static String databaseName(InstalledPackage each, DebFile deb) {
        boolean same = deb.control().get("Multi-Arch", "").equals("same");
        return each.name() + (same ? ":" + each.resolved().architecture() : "");
    }

    private static void information(TopTree top, InstalledPackage each, DebFile deb) {
        String prefix = "var/lib/dpkg/info/" + databaseName(each, deb) + ".";
        StringBuilder list = new StringBuilder("/.\n");
        each.facts()
                .files()
                .decode()
                .forEach(file -> list.append('/').append(file.path()).append('\n'));
        top.file(prefix + "list", 0644, utf8(list.toString()), DATABASE);
        for (Map.Entry<String, byte[]> file : deb.controlFiles().entrySet()) {
            boolean script = switch (file.getKey()) {
                case "preinst", "postinst", "prerm", "postrm", "config" -> true;
                default -> false;
            };
            if (!file.getKey().equals("control")) {
                top.file(prefix + file.getKey(), script ? 0755 : 0644, file.getValue(), DATABASE);
            }
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
