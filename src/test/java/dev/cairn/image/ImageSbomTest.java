package dev.cairn.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.JsonObject;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.Component.SourcePackage;
import dev.cairn.sbom.Sbom;
import dev.cairn.sbom.SbomFormat;
import dev.cairn.sbom.Schemas;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.SignedDebRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSbomTest {
    private static final String COPYRIGHT =
            "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
                    + "\nFiles: *\nLicense: GPL-2+ or Expat\n\nFiles: x\nLicense: odd\n";

    @TempDir
    Path folder;

    private Path debs;
    private Definition definition;
    private AssembledImage image;

    @BeforeEach
    void build() throws IOException {
        debs = Files.createDirectory(folder.resolve("debs"));
        SignedDebRepository repository = SignedDebRepository.in(debs);
        repository.add(
                "trixie",
                DebSpec.of("app", "1:1.0-1+b1")
                        .compression("")
                        .field("Source", "app-src (1:1.0-1)")
                        .depends("libapp, adduser")
                        .file("usr/bin/app", 0755, "x".getBytes(UTF_8))
                        .file("usr/share/doc/app/copyright", COPYRIGHT));
        repository.add(
                "trixie",
                DebSpec.of("libapp", "1.0")
                        .compression("")
                        .file("usr/lib/libapp", "y")
                        .symlink("usr/share/doc/libapp", "app"));
        repository.add("trixie", DebSpec.of("adduser", "1.0").compression("").file("usr/sbin/adduser", "z"));
        repository.publish();
        definition = Installed.definition(
                folder,
                "contents: {repositories: ['" + repository.sourceLine("trixie", "main") + "'], packages: [app]}\n"
                        + "entrypoint: {command: /usr/bin/app}\nos-release: {id: debian, name: Debian, version-id: '13'}\n");
        image = build(folder.resolve("cache"));
    }

    private AssembledImage build(Path cacheFolder) throws IOException {
        CacheDirectory cache = new CacheDirectory(cacheFolder);
        URI nowhere = debs.toUri();
        Repositories repositories = new Repositories(
                new Downloader(cache, Downloader.Options.DEFAULT),
                new Repositories.Trust(List.of(), false),
                () -> new AptMirror(nowhere, nowhere, false));
        ImageBuilder builder = new ImageBuilder(repositories, cache);
        return builder.assemble(definition, builder.select(definition, Architecture.AMD64));
    }

    @Test
    void namesEachPackageWithAllThatIsKnown() {
        Sbom sbom = ImageSbom.of(definition, image, "app");
        assertThat(sbom.components())
                .extracting(Component::name)
                .containsExactlyInAnyOrderElementsOf(image.selection().packages().stream()
                        .map(InstalledPackage::name)
                        .toList());
        assertThat(sbom.subject().digest()).isEqualTo(image.image().digest());
        assertThat(sbom.subject().properties()).containsKey("cairn:omitted:adduser");
        Component app = named(sbom, "app");
        assertThat(app.version()).isEqualTo("1:1.0-1+b1");
        assertThat(app.source()).isEqualTo(new SourcePackage("app-src", "1:1.0-1"));
        assertThat(app.purl().toString())
                .startsWith("pkg:deb/debian/app@1:1.0-1%2Bb1?arch=")
                .endsWith("&distro=debian-13&upstream=app-src%401:1.0-1");
        assertThat(app.licences()).isEqualTo("(GPL-2.0-or-later OR MIT) AND LicenseRef-odd");
        assertThat(app.checksums()).hasSize(1);
        assertThat(app.locations())
                .containsExactly(new Component.Location(
                        "/var/lib/dpkg/status.d/app",
                        image.image().layers().getLast().blob().digest().toString()));
        assertThat(sbom.distribution().qualifier()).isEqualTo("debian-13");
        assertThat(sbom.created()).isEqualTo(image.image().config().created());
    }

    private static Component named(Sbom sbom, String name) {
        return sbom.components().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isValidAndTheSameEachTime() throws IOException {
        AssembledImage again = build(folder.resolve("another"));
        ImageIndex index = ImageIndex.of(List.of(image.image()));
        for (SbomFormat format : SbomFormat.values()) {
            byte[] document = format.write(ImageSbom.of(definition, image, "app"), "1");
            assertThat(Schemas.errors(format, document)).isEmpty();
            assertThat(format.write(ImageSbom.of(definition, again, "app"), "1"))
                    .isEqualTo(document);
            assertThat(Schemas.errors(format, format.write(ImageSbom.of(index, "app"), "1")))
                    .isEmpty();
        }
    }

    @Test
    void provenanceNamesAllThatWasRead() throws IOException {
        byte[] bytes = ImageProvenance.predicate(definition, "app.yaml", List.of(image.selection()), "1.2.3");
        JsonObject json = JsonObject.parse(bytes, "provenance", 1 << 20);
        JsonObject build = json.object("buildDefinition");
        JsonObject written = build.object("externalParameters").object("definition");
        assertThat(Base64.getDecoder().decode(written.string("content"))).isEqualTo(definition.canonical());
        List<JsonObject> consumed = build.objects("resolvedDependencies");
        JsonObject lock = consumed.getFirst();
        assertThat(lock.string("name")).isEqualTo("lock");
        byte[] lockBytes = Base64.getDecoder().decode(lock.string("content"));
        assertThat(lock.object("digest").string("sha256"))
                .isEqualTo(Digest.of(lockBytes).hex());
        assertThat(LockFile.read(Files.write(folder.resolve("lock.json"), lockBytes))
                        .images())
                .hasSize(1);
        for (InstalledPackage each : image.selection().packages()) {
            assertThat(consumed)
                    .anyMatch(one -> one.object("digest")
                            .string("sha256")
                            .equals(each.file().digest().hex()));
        }
        assertThat(json.object("runDetails").object("builder").object("version").string("cairn"))
                .isEqualTo("1.2.3");
        assertThat(ImageProvenance.predicate(definition, "app.yaml", List.of(image.selection()), "1.2.3"))
                .isEqualTo(bytes);
    }
}
