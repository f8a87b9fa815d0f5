package dev.cairn.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.GzipMember;
import dev.cairn.archive.GzipMembers;
import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.oci.Layer;
import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.DebSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupLayerTest {
    @TempDir
    static Path folder;

    private static MadePackages packages;
    private static List<PackageFacts> group;

    @BeforeAll
    static void packages() throws IOException {
        packages = new MadePackages(folder);
        byte[] noise = new byte[200_000];
        new Random(7).nextBytes(noise);
        group = List.of(
                deb(DebSpec.of("red", "1.0")
                        .file("usr/share/red/a.txt", "red\n".repeat(10_000))
                        .file("usr/share/red/empty", "")
                        .hardlink("usr/share/red/b.txt", "usr/share/red/a.txt")
                        .directory("srv", 0700, 5, 6)),
                packages.facts(
                        packages.apk(ApkSpec.of("green", "1.0-r0")
                                .file("usr/bin/green", 04755, 1, 2, "g".getBytes(StandardCharsets.UTF_8))
                                .symlink("usr/bin/vert", "green")
                                .directory("srv/green")),
                        PathRewrite.NONE),
                deb(DebSpec.of("blue", "1.0")
                        .file("usr/share/red-like/" + "long-".repeat(40) + "name", 0600, noise)
                        .directory("var/empty")));
    }

    private static PackageFacts deb(DebSpec spec) throws IOException {
        return packages.facts(packages.deb(spec.compression("")), PathRewrite.MERGED_USR);
    }

    private static LayerContent content(StoredLayer layer) throws IOException {
        return LayerContent.of(packages.layers().layer(layer));
    }

    @Test
    void holdsWhatItsPackagesHold() throws IOException {
        List<LayerContent> separate = new ArrayList<>();
        for (PackageFacts each : group) {
            separate.add(content(each.layer()));
        }
        LayerContent joined = content(packages.layers().group(group));

        assertThat(joined.paths()).doesNotHaveDuplicates();
        var expected = LayerContent.union(separate);
        // The directory that one package has an opinion about keeps it, whatever lies above.
        expected.put("srv", separate.getFirst().at("srv").shape());
        assertThat(LayerContent.union(List.of(joined))).isEqualTo(expected);
    }

    @Test
    void directoriesComeFirstAndParentsBeforeChildren() throws IOException {
        List<LayerContent.Item> items = content(packages.layers().group(group)).items();
        int directories =
                (int) items.stream().filter(each -> each.kind() == 'd').count();

        assertThat(directories).isEqualTo(9);
        assertThat(items.subList(0, directories)).allMatch(each -> each.kind() == 'd');
        List<String> seen = new ArrayList<>(List.of(""));
        for (LayerContent.Item each : items) {
            int slash = each.path().lastIndexOf('/');
            assertThat(seen).contains(slash < 0 ? "" : each.path().substring(0, slash));
            seen.add(each.path());
        }
        assertThat(items.subList(0, directories)).allMatch(each -> each.mtime() == 0);
    }

    @Test
    void isOneGzipMemberWithTheDigestsThatItStates() throws IOException {
        StoredLayer stored = packages.layers().group(group);
        Layer layer = packages.layers().layer(stored);
        byte[] compressed;
        try (InputStream in = layer.blob().open()) {
            compressed = in.readAllBytes();
        }
        List<GzipMember> members = GzipMembers.list(new java.io.ByteArrayInputStream(compressed));
        byte[] tar;
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(compressed))) {
            tar = in.readAllBytes();
        }

        assertThat(members).hasSize(1);
        assertThat(stored.form()).isEqualTo(LayerForm.GROUPED);
        assertThat(stored.digest()).isEqualTo(Digest.of(compressed));
        assertThat(stored.size()).isEqualTo(compressed.length);
        assertThat(stored.diffId()).isEqualTo(Digest.of(tar)).isEqualTo(layer.diffId());
        assertThat(stored.tarSize()).isEqualTo(tar.length);
        assertThat(tar.length % 512).isZero();
    }

    @Test
    void dependsOnOrderAndContentOnly() throws IOException {
        StoredLayer layer = packages.layers().group(group);
        CacheDirectory fresh = new CacheDirectory(folder.resolve("fresh"));
        MadePackages again = new MadePackages(folder.resolve("again"), fresh);
        List<PackageFacts> others = new ArrayList<>();
        others.add(again.facts(
                again.deb(DebSpec.of("red", "1.0")
                        .compression("xz")
                        .file("usr/share/red/a.txt", "red\n".repeat(10_000))
                        .file("usr/share/red/empty", "")
                        .hardlink("usr/share/red/b.txt", "usr/share/red/a.txt")
                        .directory("srv", 0700, 5, 6)),
                PathRewrite.MERGED_USR));
        StoredLayer alone = packages.layers().group(group.subList(0, 1));
        StoredLayer aloneElsewhere = again.layers().group(others);

        assertThat(aloneElsewhere).isEqualTo(alone);
        assertThat(packages.layers().group(group.reversed()).digest()).isNotEqualTo(layer.digest());
    }
}
