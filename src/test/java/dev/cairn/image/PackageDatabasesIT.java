package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.RepackedAlpine;
import dev.cairn.testing.SharedData;
import dev.cairn.testing.SignedApkRepository;
import dev.cairn.testing.SignedDebRepository;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real dpkg and apk see the packages of our images, each once, as the SBOM has them.
class PackageDatabasesIT {
    @TempDir
    Path folder;

    private AssembledImage build(Definition definition) throws IOException {
        CacheDirectory cache = new CacheDirectory(folder.resolve("cache"));
        Repositories repositories = new Repositories(
                new Downloader(cache, Downloader.Options.DEFAULT),
                new Repositories.Trust(List.of(), false),
                () -> new AptMirror(folder.toUri(), folder.toUri(), true));
        ImageBuilder builder = new ImageBuilder(repositories, cache);
        return builder.assemble(definition, builder.select(definition, Architecture.AMD64));
    }

    private static List<String> expected(Definition definition, AssembledImage image) {
        return ImageSbom.of(definition, image, "image").components().stream()
                .map(each -> each.name() + " " + each.version())
                .sorted()
                .toList();
    }

    @Test
    void dpkgListsEachPackageOnce() throws IOException {
        Tool query = Tool.require("dpkg-query");
        SignedDebRepository debs = SignedDebRepository.in(Files.createDirectory(folder.resolve("debs")));
        for (String name : List.of("app", "libapp", "libother")) {
            debs.add(
                    "trixie",
                    DebSpec.of(name, "1:2.0-1")
                            .compression("")
                            .field("Description", "x\n more text\n .\n and more")
                            .file("usr/share/" + name, "x"));
        }
        debs.publish();
        Definition definition = Installed.definition(
                folder,
                "contents: {repositories: ['" + debs.sourceLine("trixie", "main")
                        + "'], packages: [app, libapp, libother]}\n");
        AssembledImage image = build(definition);
        Path root = BuiltImages.unpack(image.image(), folder);
        // dpkg reads one file where scanners of runtime images read a folder.
        Path admin = Files.createDirectories(folder.resolve("admin/info")).getParent();
        StringBuilder status = new StringBuilder();
        try (DirectoryStream<Path> stanzas = Files.newDirectoryStream(root.resolve("var/lib/dpkg/status.d"))) {
            for (Path each : stanzas) {
                if (!each.toString().endsWith(".md5sums")) {
                    status.append(Files.readString(each).strip()).append("\n\n");
                }
            }
        }
        Files.writeString(admin.resolve("status"), status);
        String listed = query.run("--admindir=" + admin, "-W", "-f", "${Package} ${Version}\\n")
                .success();
        assertThat(listed.lines().sorted().toList()).isEqualTo(expected(definition, image));
        assertThat(query.run("--admindir=" + admin, "-l").success())
                .contains("ii  libapp")
                .doesNotContain("warning");
    }

    @Test
    void apkListsEachPackageOnce() throws IOException {
        Tool.requireRoot();
        Tool chroot = Tool.require("chroot");
        SignedApkRepository alpine = RepackedAlpine.in(folder.resolve("alpine"));
        Definition definition = Installed.definition(
                folder,
                "contents: {repositories: [./alpine], keyring: [" + folder.relativize(alpine.publicKey())
                        + "], packages: [alpine-baselayout, busybox, musl-utils]}\n"
                        + "os-release: {id: alpine, name: Alpine Linux, version-id: 3.20.3}\n");
        AssembledImage image = build(definition);
        Path real = Files.createDirectory(folder.resolve("real"));
        Path minirootfs = SharedData.require("rootfs/alpine-minirootfs-3.20.3-x86_64.tar.gz");
        Tool.require("tar").run("-xzf", minirootfs, "-C", real).success();
        BuiltImages.unpack(image.image(), Files.createDirectory(real.resolve("image")));
        String listed = chroot.run(real, "/sbin/apk", "--root", "/image/root", "--no-network", "info", "-v")
                .success();
        assertThat(listed.lines()
                        .filter(each -> !each.startsWith("WARNING"))
                        .sorted()
                        .toList())
                .isEqualTo(expected(definition, image).stream()
                        .map(each -> each.replace(' ', '-'))
                        .sorted()
                        .toList());
        assertThat(ImageSbom.of(definition, image, "image").components())
                .allMatch(each -> !each.licences().isEmpty())
                .allMatch(each -> each.purl().toString().startsWith("pkg:apk/alpine/"));
    }
}
