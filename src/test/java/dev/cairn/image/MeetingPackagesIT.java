package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.oci.Image;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.oci.layout.Rootfs;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.SignedApkRepository;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packages that meet at a path, composed into images that two independent readers unpack: what a container sees is
/// what the package manager would have left.
class MeetingPackagesIT {
    @TempDir
    Path folder;

    private SignedApkRepository apks;

    @BeforeEach
    void open() throws IOException {
        Tool.requireRoot();
        apks = SignedApkRepository.in(folder.resolve("apks"));
    }

    private void add(ApkSpec... specs) throws IOException {
        for (ApkSpec each : specs) {
            apks.add(each);
        }
    }

    private static ApkSpec apk(String name) {
        return ApkSpec.of(name, "1.0-r0");
    }

    private AssembledImage build(String packages) throws IOException {
        apks.index();
        Definition definition = Installed.definition(
                folder,
                "contents: {repositories: [./apks], keyring: [" + folder.relativize(apks.publicKey()) + "], packages: ["
                        + packages + "]}\n");
        CacheDirectory cache = new CacheDirectory(folder.resolve("cache"));
        Repositories repositories = new Repositories(
                new Downloader(cache, Downloader.Options.DEFAULT),
                new Repositories.Trust(List.of(), false),
                () -> new AptMirror(folder.toUri(), folder.toUri(), true));
        ImageBuilder builder = new ImageBuilder(repositories, cache);
        return builder.assemble(definition, builder.select(definition, Architecture.AMD64));
    }

    /// The unpacked image, once umoci has unpacked it to the same tree.
    private Path unpacked(Image image) throws IOException {
        Path root = folder.resolve("root");
        Rootfs.unpack(image, root);
        Tool umoci = Tool.require("umoci");
        new LayoutWriter().add(image, List.of(Reference.parse("meeting:1"))).writeFolder(folder.resolve("oci"));
        umoci.run("unpack", "--image", folder.resolve("oci") + ":1", folder.resolve("bundle"))
                .success();
        assertThat(Tool.require("diff")
                        .run("-r", "--no-dereference", folder.resolve("bundle/rootfs"), root)
                        .success())
                .isEmpty();
        return root;
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    @Test
    void aDirectoryFollowsAnothersLink() throws IOException {
        add(
                apk("layout")
                        .symlink("lib", "usr/lib")
                        .symlink("sbin", "usr/bin")
                        .symlink("usr/lib64", "lib")
                        .directory("usr/bin")
                        .file("usr/lib/below", "b\n"),
                apk("tool").file("lib/libtool.so", "t\n").file("sbin/tool", 0755, new byte[] {'x'}),
                apk("old").file("usr/lib64/old/libold.so", "o\n"));
        AssembledImage built = build("layout, tool, old");
        Path root = unpacked(built.image());

        assertThat(Files.readSymbolicLink(root.resolve("lib"))).hasToString("usr/lib");
        assertThat(Files.readSymbolicLink(root.resolve("usr/lib64"))).hasToString("lib");
        assertThat(root.resolve("lib/libtool.so")).hasContent("t");
        assertThat(root.resolve("usr/lib/below")).hasContent("b");
        assertThat(root.resolve("usr/bin/tool")).hasContent("x");
        assertThat(root.resolve("usr/lib64/old/libold.so")).hasContent("o");
        assertThat(root.resolve("usr/lib/old/libold.so")).hasContent("o");
        assertThat(Files.readString(root.resolve("lib/apk/db/installed")))
                .as("the database names what is there")
                .contains("F:usr/lib/old\nR:libold.so", "F:usr/bin\nR:tool");
    }

    @Test
    void aDirectoryIsNoFileOfAnother() throws IOException {
        add(apk("red").file("usr/share/thing", "x\n"), apk("blue").file("usr/share/thing/part", "y\n"));

        ImageException e = catchThrowableOfType(ImageException.class, () -> build("red, blue"));

        assertThat(e.code()).isEqualTo(ImageException.Code.FILE_CONFLICT);
        assertThat(e)
                .hasMessageContaining("/usr/share/thing is a directory in blue=1.0-r0 and a file in red=1.0-r0")
                .hasMessageContaining("try: ");
    }

    @Test
    void aLinkThatLeadsNowhereGoodIsRefused() throws IOException {
        add(apk("red").symlink("opt", "./opt"), apk("blue").file("opt/part", "y\n"));

        ImageException e = catchThrowableOfType(ImageException.class, () -> build("red, blue"));

        assertThat(e).hasMessageContaining("/opt is a directory in blue=1.0-r0 and a link to ./opt in red=1.0-r0");
    }

    @Test
    void oneFileInTwoPackages() throws IOException {
        add(
                apk("same1").file("etc/same", "alike\n").file("etc/one", "1\n"),
                apk("same2").file("etc/same", "alike\n").file("etc/two", "2\n"),
                apk("core").origin("source").file("etc/origin", "core\n"),
                apk("more").origin("source").depends("core").file("etc/origin", "more\n"),
                apk("winner").replaces("loser").file("etc/replaced", "winner\n"),
                apk("loser").depends("winner").file("etc/replaced", "loser\n"));
        Path root = unpacked(build("same1, same2, core, more, winner, loser").image());

        assertThat(root.resolve("etc/same")).hasContent("alike");
        assertThat(root.resolve("etc/origin")).as("of one source, the later").hasContent("more");
        assertThat(root.resolve("etc/replaced"))
                .as("declared, though it came first")
                .hasContent("winner");
    }

    @Test
    void aCircleOfWinners() throws IOException {
        add(
                apk("one").replaces("two").file("etc/a", "one\n").file("etc/x", "one\n"),
                apk("two").replaces("three").file("etc/a", "two\n").file("etc/b", "two\n"),
                apk("three").replaces("one").file("etc/b", "three\n").file("etc/x", "three\n"));
        Path root = unpacked(build("one, two, three").image());

        assertThat(root.resolve("etc/a")).hasContent("one");
        assertThat(root.resolve("etc/b")).hasContent("two");
        assertThat(root.resolve("etc/x")).hasContent("three");
    }

    @Test
    void directoriesOnWhichPackagesDiffer() throws IOException {
        add(
                apk("base").directory("tmp", 01777, 0, 0).directory("var/lib/db", 0700, 70, 70),
                apk("plain").directory("tmp").file("var/lib/db/x", "x\n"));
        Path root = unpacked(build("base, plain").image());

        assertThat(mode(root.resolve("tmp"))).isEqualTo(01777);
        assertThat(mode(root.resolve("var/lib/db"))).isEqualTo(0700);
        assertThat(Files.getAttribute(root.resolve("var/lib/db"), "unix:uid")).isEqualTo(70);
    }
}
