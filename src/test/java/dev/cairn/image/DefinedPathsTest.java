package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.archive.TarEntry;
import dev.cairn.image.layer.MadePackages;
import dev.cairn.image.layer.Piece;
import dev.cairn.testing.DebSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinedPathsTest {
    @TempDir
    static Path made;

    private static MadePackages packages;
    private static List<InstalledPackage> installed;

    @TempDir
    Path folder;

    private ImageTree tree;

    @BeforeAll
    static void packages() throws IOException {
        packages = new MadePackages(made);
        DebSpec base = DebSpec.of("base", "1.0")
                .compression("")
                .symlink("var/run", "/run")
                .directory("run")
                .file("etc/app.conf", 0640, 1, 2, "mode=fast\n".getBytes(StandardCharsets.UTF_8))
                .symlink("etc/alias.conf", "app.conf")
                .directory("srv/app", 0700, 0, 0)
                .file("srv/app/data", "1\n")
                .symlink("srv/app/link", "data")
                .directory("srv/app/sub")
                .file("srv/app/sub/more", 0755, "2\n".getBytes(StandardCharsets.UTF_8));
        DebSpec replacing = DebSpec.of("newer", "1.0")
                .compression("")
                .field("Replaces", "base")
                .file("srv/app/data", "3\n");
        installed =
                List.of(Installed.of(packages, packages.deb(replacing)), Installed.of(packages, packages.deb(base)));
    }

    @BeforeEach
    void tree() {
        tree = Installed.tree(installed);
    }

    private void apply(String yaml) throws IOException {
        new DefinedPaths(tree, new FileContents(packages.layers(), Piece::of))
                .apply(Installed.definition(folder, yaml));
    }

    private TarEntry at(String path) {
        TopTree.Entry entry = tree.top().find(path);
        assertThat(entry).as("%s in the top layer", path).isNotNull();
        return entry.tar();
    }

    private List<String> paths() {
        return tree.top().entries().stream().map(each -> each.tar().path()).toList();
    }

    @Test
    void aDirectoryGoesWhereTheLinkLeads() throws IOException {
        apply("paths: [{path: /var/run/x/y, type: directory, uid: 5, gid: 6, permissions: 0o750}]\n");

        assertThat(paths()).containsExactly("run/x", "run/x/y");
        assertThat(at("run/x/y").mode()).isEqualTo(0750);
        assertThat(at("run/x/y").uid()).isEqualTo(5);
        assertThat(at("run/x/y").gid()).isEqualTo(6);
        assertThat(at("run/x").mode()).isEqualTo(0755);
        assertThat(at("run/x").uid()).isZero();
    }

    @Test
    void aDirectoryDoesNotReplaceTheLinkToOne() throws IOException {
        apply("paths: [{path: /var/run, type: directory, uid: 5, gid: 5, permissions: 0o755}]\n");

        assertThat(paths()).containsExactly("run");
        assertThat(at("run").uid()).isEqualTo(5);
    }

    @Test
    void aPackagesFileIsCopiedUpWithItsContent() throws IOException {
        apply("paths: [{path: /etc/alias.conf, type: permissions, permissions: 0o600}]\n");

        assertThat(at("etc/app.conf").mode()).isEqualTo(0600);
        assertThat(at("etc/app.conf").uid()).as("the owner stays").isEqualTo(1);
        assertThat(at("etc/app.conf").gid()).isEqualTo(2);
        assertThat(Installed.text(tree.top(), "etc/app.conf")).isEqualTo("mode=fast\n");
        assertThat(paths()).doesNotContain("etc/alias.conf");
    }

    @Test
    void theWinnersFileIsCopiedUp() throws IOException {
        apply("paths: [{path: /srv/app/data, type: permissions, permissions: 0o600}]\n");

        assertThat(Installed.text(tree.top(), "srv/app/data")).isEqualTo("3\n");
    }

    @Test
    void permissionsGoToEverythingBelowButLinks() throws IOException {
        apply("paths: [{path: /srv/app, type: permissions, uid: 9, gid: 9, permissions: 0o770, recursive: true}]\n");

        assertThat(paths()).containsExactly("srv/app", "srv/app/data", "srv/app/sub", "srv/app/sub/more");
        assertThat(tree.top().entries())
                .allMatch(each -> each.tar().mode() == 0770 && each.tar().uid() == 9);
        assertThat(at("srv/app/sub").isDirectory()).isTrue();
        assertThat(Installed.text(tree.top(), "srv/app/sub/more")).isEqualTo("2\n");
    }

    @Test
    void aHardLinkTakesItsFileAlong() throws IOException {
        apply("""
                paths:
                  - {path: /a/second, type: hardlink, source: /etc/app.conf, permissions: 0o640}
                  - {path: /a/third, type: hardlink, source: /a/second, permissions: 0o640}
                  - {path: /a/second, type: permissions, uid: 8, gid: 8, permissions: 0o444}
                """);

        assertThat(Installed.text(tree.top(), "etc/app.conf")).isEqualTo("mode=fast\n");
        for (String link : List.of("a/second", "a/third")) {
            assertThat(at(link).type()).isEqualTo(TarEntry.Type.HARDLINK);
            assertThat(at(link).link()).isEqualTo("etc/app.conf");
            assertThat(at(link).mode()).isEqualTo(0444);
            assertThat(at(link).uid()).isEqualTo(8);
        }
        assertThat(at("etc/app.conf").mode()).isEqualTo(0444);
        assertThat(at("etc/app.conf").uid()).isEqualTo(8);
    }

    @Test
    void linksAndEmptyFilesAreMade() throws IOException {
        apply("""
                paths:
                  - {path: /opt/x, type: symlink, source: ../etc/app.conf}
                  - {path: /var/run/app.pid, type: empty-file, uid: 3, gid: 4, permissions: 0o644}
                """);

        assertThat(at("opt/x").link()).isEqualTo("../etc/app.conf");
        assertThat(at("opt").isDirectory()).isTrue();
        assertThat(at("run/app.pid").size()).isZero();
        assertThat(at("run/app.pid").gid()).isEqualTo(4);
    }

    @Test
    void whatIsMissingIsNamed() {
        for (String change : List.of(
                "{path: /no/such, type: permissions, permissions: 0o600}",
                "{path: /second, type: hardlink, source: /no/such, permissions: 0o600}",
                "{path: /second, type: hardlink, source: /srv/app, permissions: 0o600}")) {
            ImageException e = catchThrowableOfType(ImageException.class, () -> apply("paths:\n  - " + change + "\n"));
            assertThat(e).as(change).isNotNull();
            assertThat(e.code()).isEqualTo(ImageException.Code.MISSING_FILE);
            assertThat(e)
                    .hasMessageContaining("image.yaml:2:")
                    .hasMessageContaining(change.contains("no/such") ? "/no/such" : "/srv/app");
        }
    }

    @Test
    void localFilesAreCopied() throws IOException {
        Path tree1 = Files.createDirectories(folder.resolve("conf/sub"));
        Files.writeString(tree1.resolve("a.conf"), "a\n");
        Files.setPosixFilePermissions(tree1.resolve("a.conf"), PosixFilePermissions.fromString("rw-r-----"));
        apply("""
                files:
                  - {source: conf, path: /var/run/conf, uid: 4, gid: 5}
                """);

        assertThat(paths()).containsExactly("run/conf", "run/conf/sub", "run/conf/sub/a.conf");
        assertThat(at("run/conf/sub/a.conf").uid()).isEqualTo(4);
        assertThat(at("run/conf/sub/a.conf").gid()).isEqualTo(5);
        assertThat(Installed.text(tree.top(), "run/conf/sub/a.conf")).isEqualTo("a\n");
    }
}
