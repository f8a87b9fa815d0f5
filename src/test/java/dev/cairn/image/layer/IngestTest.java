package dev.cairn.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.archive.Decompressor;
import dev.cairn.digest.Digest;
import dev.cairn.elf.TinyElf;
import dev.cairn.oci.Layer;
import dev.cairn.packages.apk.ApkFile;
import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.DebSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestTest {
    @TempDir
    static Path folder;

    private static MadePackages packages;

    @BeforeAll
    static void cache() {
        packages = new MadePackages(folder);
    }

    private static DebSpec deb(String name) {
        return DebSpec.of(name, "1.0").compression("");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private LayerContent content(PackageFacts facts) throws IOException {
        return LayerContent.of(packages.layers().layer(facts.layer()));
    }

    private static byte[] bytes(Layer layer) throws IOException {
        try (InputStream in = layer.blob().open()) {
            return in.readAllBytes();
        }
    }

    private static FileFact fact(PackageFacts facts, String path) {
        return facts.files().decode().stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + path));
    }

    @Test
    void factsTellWhatADebHolds() throws IOException {
        byte[] library = new TinyElf(64, ByteOrder.LITTLE_ENDIAN, "libred.so.3")
                .needed("libc.so.6", "libblue.so.1")
                .bytes();
        PackageFacts facts = packages.facts(
                packages.deb(deb("red")
                        .depends("libc6 (>= 2.36), blue")
                        .conffile("etc/red.conf", "colour=red\n")
                        .file("etc/passwd", "root:x:0:0::/root:/bin/sh\n")
                        .file("usr/lib/libred.so.3", 0644, library)
                        .file("usr/bin/red", 04755, 3, 4, utf8("#! /usr/bin/perl -w\nprint 1;\n"))
                        .file("usr/bin/envred", 0755, utf8("#!/usr/bin/env python3\n"))
                        .file("usr/share/red.txt", "#!/bin/sh\n")
                        .symlink("usr/lib/libred.so", "libred.so.3")
                        .hardlink("usr/bin/rouge", "usr/bin/red")
                        .directory("var/lib/red", 02770, 3, 4)),
                PathRewrite.MERGED_USR);

        assertThat(facts.needed()).containsExactly("libblue.so.1", "libc.so.6");
        assertThat(facts.sonames()).containsExactly("libred.so.3");
        assertThat(facts.newest()).isEqualTo(1_700_000_000L);
        assertThat(facts.captured()).containsOnlyKeys("etc/passwd");
        assertThat(fact(facts, "usr/bin/red").interpreter()).isEqualTo("/usr/bin/perl");
        assertThat(fact(facts, "usr/bin/envred").interpreter()).isEqualTo("python3");
        assertThat(fact(facts, "usr/share/red.txt").interpreter())
                .as("what can't be run has no interpreter")
                .isEmpty();
        assertThat(fact(facts, "usr/bin/red").mode()).isEqualTo(04755);
        assertThat(fact(facts, "var/lib/red").uid()).isEqualTo(3);
        assertThat(fact(facts, "usr/bin/rouge").link()).isEqualTo("usr/bin/red");
        assertThat(facts.paths().size()).isEqualTo(8);
        assertThat(facts.paths().mayContain(PathHashes.hash("usr/lib/libred.so")))
                .isTrue();
        assertThat(facts.paths().mayContain(PathHashes.hash("usr/lib"))).isFalse();
        String stanza = new String(facts.stanza().plain(), StandardCharsets.UTF_8);
        assertThat(stanza)
                .contains("Version: 1.0\n", "Depends: libc6 (>= 2.36), blue\n")
                .contains("Conffiles:\n /etc/red.conf 99120c8505e9f9d3345d271e6e8744e5\n")
                .doesNotContain("Package:", "Status:");
        assertThat(new String(facts.checksums().plain(), StandardCharsets.UTF_8))
                .contains("  usr/share/red.txt\n");
    }

    @Test
    void factsSurviveTheCodec() throws IOException {
        PackageFacts facts = packages.facts(
                packages.deb(deb("red")
                        .file("etc/group", "root:x:0:\n")
                        .file("usr/share/big", "0123456789\n".repeat(1000))
                        .symlink("usr/share/é", "big")
                        .directory("srv", 01777, 70_000, 70_001)),
                PathRewrite.MERGED_USR);

        byte[] encoded = FactsCodec.encode(facts);
        PackageFacts back = FactsCodec.decode(new Decoder(encoded), facts.files());

        assertThat(back)
                .usingRecursiveComparison()
                .ignoringFields("captured", "files")
                .isEqualTo(facts);
        assertThat(back.files().decode()).extracting(FileFact::path).contains("usr/share/é");
        assertThat(back.captured().get("etc/group")).isEqualTo(facts.captured().get("etc/group"));
        assertThat(FactsCodec.encode(back)).isEqualTo(encoded);
    }

    @Test
    void cutFactsAreReportedAsDamage() throws IOException {
        byte[] encoded = FactsCodec.encode(
                packages.facts(packages.deb(deb("red").file("usr/share/red", "red\n")), PathRewrite.MERGED_USR));
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            LayerException e = catchThrowableOfType(
                    LayerException.class, () -> FactsCodec.decode(new Decoder(cut), FileList.of(List.of())));
            assertThat(e).as("cut to %s bytes", length).isNotNull();
            assertThat(e.code()).isEqualTo(LayerException.Code.CACHE);
        }
    }

    @Test
    void debMovesToMergedUsr() throws IOException {
        PackageFacts facts = packages.facts(
                packages.deb(deb("old")
                        .directory("lib", 0755, 0, 0)
                        .file("lib/udev/rules", "x\n")
                        .hardlink("sbin/two", "lib/udev/rules")
                        .symlink("lib64", "usr/lib64")
                        .symlink("lib/udev/up", "/lib/udev/rules")
                        .file("usr/lib/os", "y\n")
                        .file("library/z", "z\n")),
                PathRewrite.MERGED_USR);

        LayerContent content = content(facts);
        assertThat(content.paths())
                .contains("usr/lib/udev/rules", "usr/sbin/two", "usr/lib/os", "library/z", "lib64")
                .doesNotContain("lib", "sbin", "usr/lib64", "usr/library/z")
                .doesNotHaveDuplicates();
        assertThat(content.at("usr/sbin/two").link()).isEqualTo("usr/lib/udev/rules");
        assertThat(content.at("usr/lib/udev/up").link()).isEqualTo("/lib/udev/rules");
        assertThat(content.at("lib64").kind()).isEqualTo('l');
        assertThat(content.paths().indexOf("usr/lib/udev"))
                .isLessThan(content.paths().indexOf("usr/lib/udev/rules"));
        assertThat(fact(facts, "usr/lib/udev/rules").size()).isEqualTo(2);
    }

    @Test
    void anAliasThatIsTheFileItselfGoes() throws IOException {
        PackageFacts facts = packages.facts(
                packages.deb(deb("old").file("bin/which", "real\n").symlink("usr/bin/which", "/bin/which")),
                PathRewrite.MERGED_USR);

        assertThat(content(facts).at("usr/bin/which").content()).isEqualTo("real\n");
    }

    @Test
    void layerIsWhatItsFactsSay() throws IOException {
        PackageFacts facts = packages.facts(
                packages.deb(deb("red").compression("xz").file("usr/share/red", "red\n".repeat(5000))),
                PathRewrite.MERGED_USR);

        StoredLayer stored = facts.layer();
        byte[] layer = bytes(packages.layers().layer(stored));
        byte[] tar;
        try (InputStream in = Decompressor.open(new java.io.ByteArrayInputStream(layer))) {
            tar = in.readAllBytes();
        }
        assertThat(stored.form()).isEqualTo(LayerForm.TRANSCODED);
        assertThat(Digest.of(layer)).isEqualTo(stored.digest());
        assertThat(stored.size()).isEqualTo(layer.length);
        assertThat(Digest.of(tar)).isEqualTo(stored.diffId());
        assertThat(stored.tarSize()).isEqualTo(tar.length);
        assertThat(facts.installedSize()).isEqualTo(20_000);
    }

    @Test
    void compressionOfTheDebDoesNotShow() throws IOException {
        DebSpec spec = deb("red").file("usr/share/red", "red\n");
        Digest plain = packages.facts(packages.deb(spec), PathRewrite.MERGED_USR)
                .layer()
                .digest();
        for (String compression : List.of("gz", "xz", "zst")) {
            PackageFacts facts = packages.facts(packages.deb(spec.compression(compression)), PathRewrite.MERGED_USR);
            assertThat(facts.layer().digest()).as(compression).isEqualTo(plain);
        }
    }

    @Test
    void apkIsALayerByteForByte() throws IOException {
        MadePackages.Made made = packages.apk(ApkSpec.of("red", "1.0-r0")
                .file("etc/red.conf", "x\n")
                .symlink("usr/lib/libred.so", "libred.so.3")
                .file("usr/bin/red", 0755, utf8("#!/bin/sh\n")));
        PackageFacts facts = packages.facts(made, PathRewrite.NONE);

        ApkFile apk = ApkFile.open(made.file().path());
        byte[] whole = Files.readAllBytes(made.file().path());
        int offset = (int) apk.dataOffset();
        byte[] data = Arrays.copyOfRange(whole, offset, offset + (int) apk.dataLength());
        assertThat(facts.layer().form()).isEqualTo(LayerForm.VERBATIM);
        assertThat(facts.note()).isEmpty();
        assertThat(facts.layer().container()).isEqualTo(made.file().digest());
        assertThat(bytes(packages.layers().layer(facts.layer()))).isEqualTo(data);
        assertThat(facts.layer().digest()).isEqualTo(Digest.of(data));
        assertThat(apk.pkgInfo().toString()).isNotEmpty();
        assertThat(new String(facts.stanza().plain(), StandardCharsets.UTF_8))
                .contains("P:red\n", "V:1.0-r0\n", "F:usr/bin\nR:red\na:0:0:755\nZ:Q1")
                .endsWith("\n\n");
    }

    @Test
    void apkMovesWhereTheDistributionLinks() throws IOException {
        MadePackages.Made made = packages.apk(ApkSpec.of("red", "1.0-r0").file("lib/libred.so.3", "x\n"));
        PackageFacts facts = packages.facts(made, PathRewrite.intoUsr(List.of("lib")));

        assertThat(facts.layer().form()).isEqualTo(LayerForm.TRANSCODED);
        assertThat(facts.note()).isNotEmpty();
        assertThat(content(facts).paths()).containsExactly("usr", "usr/lib", "usr/lib/libred.so.3");
        assertThat(packages.facts(made, PathRewrite.NONE).layer().form()).isEqualTo(LayerForm.VERBATIM);
    }

    @Test
    void whiteoutsAreRefused() throws IOException {
        for (String path : List.of("usr/.wh.bin", "usr/bin/.wh..wh..opq", ".wh.etc")) {
            MadePackages.Made apk = packages.apk(ApkSpec.of("red", "1.0-r0").file(path, ""));
            MadePackages.Made deb = packages.deb(deb("red").file(path, ""));
            refused(apk, PathRewrite.NONE, path);
            refused(deb, PathRewrite.MERGED_USR, path);
        }
        refused(packages.deb(deb("red").file("usr/.wh.d/x", "")), PathRewrite.MERGED_USR, "usr/.wh.d");
    }

    private void refused(MadePackages.Made made, PathRewrite rewrite, String... said) {
        LayerException e = catchThrowableOfType(LayerException.class, () -> packages.facts(made, rewrite));
        assertThat(e).as("%s", (Object) said).isNotNull();
        assertThat(e.code()).isEqualTo(LayerException.Code.UNSAFE_CONTENT);
        assertThat(e).hasMessageContaining(made.resolved().pin()).hasMessageContainingAll(said);
    }

    @Test
    void twoFilesAtOnePathAreRefused() throws IOException {
        refused(
                packages.deb(deb("red").file("bin/x", "one\n").file("usr/bin/x", "two\n")),
                PathRewrite.MERGED_USR,
                "usr/bin/x");
    }

    @Test
    void whatLiesBelowALinkOrFileIsRefused() throws IOException {
        refused(
                packages.deb(deb("red").symlink("usr/share/b", "/etc").file("usr/share/b/passwd", "x")),
                PathRewrite.MERGED_USR,
                "usr/share/b");
        refused(
                packages.deb(deb("red").file("usr/share/b", "x").file("usr/share/b/passwd", "x")),
                PathRewrite.MERGED_USR,
                "usr/share/b");
    }

    @Test
    void hardLinksToNothingAreRefused() throws IOException {
        refused(
                packages.deb(deb("red").hardlink("usr/share/passwd", "etc/passwd")),
                PathRewrite.MERGED_USR,
                "usr/share/passwd");
    }
}
