package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.digest.Digest;
import dev.cairn.elf.TinyElf;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.layer.LayerContent;
import dev.cairn.oci.Layer;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.SignedDebRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBuilderTest {
    @TempDir
    static Path made;

    private static SignedDebRepository debs;

    @TempDir
    Path folder;

    private Path cache;

    @BeforeAll
    static void repository() throws IOException {
        debs = SignedDebRepository.in(made);
        add(DebSpec.of("libmagic", "1.0").file("usr/lib/libmagic.so.1", 0644, elf("libmagic.so.1", "libc.so.6")));
        add(DebSpec.of("openssl", "1.0").file("usr/lib/libodd.so.1", 0644, elf("libodd.so.1", "libc.so.6")));
        add(DebSpec.of("dash", "1.0").file("bin/dash", 0755, utf8("x")).symlink("bin/sh", "dash"));
        add(DebSpec.of("perl-base", "1.0").file("usr/bin/perl", 0755, utf8("x")));
        add(DebSpec.of("adduser", "1.0").depends("passwd").file("usr/sbin/adduser", 0755, utf8("x")));
        add(DebSpec.of("passwd", "1.0").file("usr/bin/passwd", 0755, utf8("x")));
        add(DebSpec.of("app", "1.0")
                .depends("libmagic, openssl, dash, perl-base, adduser")
                .file("usr/bin/app", 0755, elf("app", "libmagic.so.1"))
                .file("usr/bin/script", 0755, utf8("#!/usr/bin/perl\n"))
                .file("usr/bin/shell", 0755, utf8("#!/bin/sh\n"))
                .file("usr/share/app", "text\n".repeat(2000)));
        add(DebSpec.of("odd", "1.0").depends("openssl").file("usr/bin/odd", 0755, elf("odd", "libodd.so.1")));
        add(DebSpec.of("libc6", "1.0").file("usr/lib/libc.so.6", 0755, elf("libc.so.6", "ld.so")));
        add(DebSpec.of("libc-bin", "1.0").file("usr/lib/locale/C.utf8/LC_CTYPE", 0644, utf8("x")));
        debs.publish();
    }

    private static void add(DebSpec spec) throws IOException {
        debs.add("trixie", spec.compression(""));
    }

    private static byte[] elf(String soname, String needed) {
        return new TinyElf(64, ByteOrder.LITTLE_ENDIAN, soname).needed(needed).bytes();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Definition definition(String contents, String rest) throws IOException {
        return Installed.definition(
                folder,
                "contents:\n  repositories: ['" + debs.sourceLine("trixie", "main") + "']\n" + "  " + contents + "\n"
                        + rest);
    }

    private ImageBuilder builder() {
        cache = folder.resolve("cache");
        return builder(cache);
    }

    private static ImageBuilder builder(Path folder) {
        CacheDirectory cache = new CacheDirectory(folder);
        Repositories.Trust trust = new Repositories.Trust(List.of(), false);
        URI nowhere = made.toUri();
        Repositories repositories = new Repositories(
                new Downloader(cache, Downloader.Options.DEFAULT), trust, () -> new AptMirror(nowhere, nowhere, false));
        return new ImageBuilder(repositories, cache);
    }

    private List<String> chosen(String contents, String rest) throws IOException {
        Selection selection = builder().select(definition(contents, rest), Architecture.AMD64);
        return selection.packages().stream()
                .map(InstalledPackage::name)
                .sorted()
                .toList();
    }

    @Test
    void theListedIsLeftOutWithWhatOnlyItNeeded() throws IOException {
        Selection selection = builder()
                .select(definition("packages: [app]", "entrypoint: {command: /usr/bin/app}\n"), Architecture.AMD64);

        assertThat(selection.packages())
                .extracting(InstalledPackage::name)
                .containsExactlyInAnyOrder("app", "libmagic");
        assertThat(selection.omissions())
                .extracting(each -> each.resolved().name())
                .containsExactlyInAnyOrder("openssl", "dash", "perl-base", "adduser", "passwd");
        assertThat(selection.omissions()).allMatch(each -> !each.reason().isBlank());
    }

    @Test
    void aLibraryThatIsAskedForStays() throws IOException {
        assertThat(chosen("packages: [odd]", "")).containsExactly("odd", "openssl");
    }

    @Test
    void theProgramsInterpreterStays() throws IOException {
        assertThat(chosen("packages: [app]", "entrypoint: {command: script}\n"))
                .containsExactly("app", "libmagic", "perl-base");
        assertThat(chosen("packages: [app]", "entrypoint: {command: /usr/bin/shell}\n"))
                .containsExactly("app", "dash", "libmagic");
        assertThat(chosen("packages: [app]", "entrypoint: {shell-fragment: app}\n"))
                .containsExactly("app", "dash", "libmagic");
    }

    @Test
    void theDefinitionKeepsAndExcludes() throws IOException {
        assertThat(chosen("packages: [app]\n  keep: [adduser]\n  exclude: [libmagic]", ""))
                .containsExactly("adduser", "app");
        assertThat(chosen("packages: [app, dash]", "")).as("named").containsExactly("app", "dash", "libmagic");
        Selection mistyped = builder().select(definition("packages: [app]\n  keep: [addusr]", ""), Architecture.AMD64);
        assertThat(mistyped.warnings()).singleElement().asString().contains("addusr");
    }

    @Test
    void aLocaleThatIsNotThereIsTold() throws IOException {
        String language = "environment: {LANG: C.UTF-8}\n";

        Selection without = builder().select(definition("packages: [libc6]", language), Architecture.AMD64);
        Selection with = builder().select(definition("packages: [libc6, libc-bin]", language), Architecture.AMD64);
        Selection muslOrStatic = builder().select(definition("packages: [app]", language), Architecture.AMD64);

        assertThat(without.warnings()).singleElement().asString().contains("LANG is C.UTF-8", "libc-bin");
        assertThat(with.warnings()).isEmpty();
        assertThat(muslOrStatic.warnings()).isEmpty();
    }

    @Test
    void anUnsolvableWorldSaysWhy() {
        ImageException e = catchThrowableOfType(ImageException.class, () -> chosen("packages: [nosuch]", ""));

        assertThat(e.code()).isEqualTo(ImageException.Code.UNSOLVABLE);
        assertThat(e).hasMessageContaining("nosuch");
    }

    @Test
    void whatWasExcludedAndIsNeededIsSaid() throws IOException {
        Definition definition =
                definition("packages: [app]\n  exclude: [libmagic]", "entrypoint: {command: /usr/bin/nosuch}\n");
        ImageBuilder builder = builder();
        AssembledImage built = builder.assemble(definition, builder.select(definition, Architecture.AMD64));

        assertThat(built.warnings())
                .contains(
                        "libmagic.so.1 is not in the image; needed by /usr/bin/app of app",
                        "the image starts /usr/bin/nosuch, which is not in it");
        Definition whole = definition("packages: [app]", "");
        assertThat(builder.assemble(whole, builder.select(whole, Architecture.AMD64))
                        .warnings())
                .as("libc.so.6 is nowhere in this distribution")
                .isEmpty();
    }

    private Digest image(Path cache) throws IOException {
        Definition definition = definition(
                "packages: [app, dash, odd, passwd]",
                "layering: {strategy: origin, budget: 4}\naccounts: {users: [{username: app, uid: 1000}]}\n");
        ImageBuilder builder = builder(cache);
        AssembledImage assembled = builder.assemble(definition, builder.select(definition, Architecture.AMD64));
        assertThat(assembled.layers()).hasSize(4);
        assertThat(assembled.groupedPackages()).isGreaterThan(1);
        List<LayerContent> layers = new ArrayList<>();
        for (Layer each : assembled.image().layers()) {
            layers.add(LayerContent.of(each));
        }
        Map<String, String> disk = LayerContent.union(layers);
        assertThat(disk).containsKeys("bin", "usr/bin/dash", "usr/bin/app", "etc/passwd");
        assertThat(disk.get("bin")).startsWith("l").contains("usr/bin");
        assertThat(disk).containsKeys("var/lib/dpkg/status.d/app", "var/lib/dpkg/status.d/passwd");
        return assembled.image().digest();
    }

    @Test
    void theImageDependsOnNothingElse() throws IOException {
        Digest first = image(folder.resolve("one"));
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(image(folder.resolve("two")))
                    .as("another locale and zone")
                    .isEqualTo(first);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
        assertThat(image(folder.resolve("one"))).as("a warm cache").isEqualTo(first);
        assertThat(image(folder.resolve("three"))).as("a fresh cache").isEqualTo(first);
    }

    @Test
    void theLockGivesTheSameImage() throws IOException {
        Definition definition = definition("packages: [app]", "");
        ImageBuilder builder = builder();
        Selection selection = builder.select(definition, Architecture.AMD64);
        Lock lock = Lock.of(LockFile.digestOf(definition), List.of(selection));
        Path file = folder.resolve("image.lock.json");
        LockFile.write(lock, file);
        ImageBuilder elsewhere = builder(folder.resolve("elsewhere"));
        Selection locked = elsewhere.select(definition, Architecture.AMD64, LockFile.read(file));

        assertThat(elsewhere.assemble(definition, locked).image().digest())
                .isEqualTo(builder.assemble(definition, selection).image().digest());
        ImageException e = catchThrowableOfType(
                ImageException.class, () -> elsewhere.select(definition, Architecture.ARM64, LockFile.read(file)));
        assertThat(e.code()).isEqualTo(ImageException.Code.LOCK_DRIFT);
    }
}
