package dev.cairn.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.testing.DebSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerStoreTest {
    @TempDir
    static Path packagesFolder;

    private static final List<MadePackages.Made> MADE = new ArrayList<>();

    @TempDir
    Path folder;

    private CacheDirectory cache;
    private LayerStore layers;

    @BeforeAll
    static void packages() throws IOException {
        MadePackages packages = new MadePackages(packagesFolder);
        for (String name : List.of("red", "green", "blue")) {
            MADE.add(packages.deb(DebSpec.of(name, "1.0")
                    .compression("")
                    .file("usr/share/" + name, name.repeat(5000))
                    .file("usr/bin/" + name, "#!/bin/sh\n")));
        }
    }

    @BeforeEach
    void cache() {
        cache = new CacheDirectory(folder.resolve("cache"));
        layers = new LayerStore(cache.content(), cache.records());
    }

    private PackageFacts facts(MadePackages.Made made) throws IOException {
        return layers.facts(made.resolved(), made.file(), PathRewrite.MERGED_USR);
    }

    private List<PackageFacts> all() throws IOException {
        List<PackageFacts> facts = new ArrayList<>();
        for (MadePackages.Made each : MADE) {
            facts.add(facts(each));
        }
        return facts;
    }

    private List<Path> files(CacheDirectory.Kind kind) throws IOException {
        try (Stream<Path> files = Files.walk(cache.folder(kind))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
        // A damaged disk tells nobody; here the stamp may not see a write within its clock's tick.
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    }

    private byte[] bytes(StoredLayer stored) throws IOException {
        try (InputStream in = layers.layer(stored).blob().open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void aPackageBecomesALayerOnce() throws IOException {
        PackageFacts first = facts(MADE.getFirst());
        List<Path> content = files(CacheDirectory.Kind.CONTENT);
        FileTime[] times = new FileTime[content.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = (FileTime) Files.getAttribute(content.get(i), "unix:ctime");
        }
        PackageFacts second = facts(MADE.getFirst());

        assertThat(second.layer()).isEqualTo(first.layer());
        assertThat(files(CacheDirectory.Kind.CONTENT)).isEqualTo(content);
        for (int i = 0; i < times.length; i++) {
            assertThat(Files.getAttribute(content.get(i), "unix:ctime")).isEqualTo(times[i]);
        }
    }

    @Test
    void aKnownLayerNeedsNoPackage() throws IOException {
        PackageFacts first = facts(MADE.getFirst());
        MadePackages.Made made = MADE.getFirst();
        var gone = new dev.cairn.packages.PackageFile(
                folder.resolve("gone.deb"), made.file().digest(), made.file().size());

        assertThat(layers.facts(made.resolved(), gone, PathRewrite.MERGED_USR).layer())
                .isEqualTo(first.layer());
    }

    @Test
    void aDamagedLayerIsMadeAgain() throws IOException {
        PackageFacts first = facts(MADE.getFirst());
        byte[] intact = bytes(first.layer());
        Path file = cache.content().find(first.layer().container()).orElseThrow();
        flip(file, 100);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(intact);

        PackageFacts again = facts(MADE.getFirst());

        assertThat(again.layer()).isEqualTo(first.layer());
        assertThat(bytes(again.layer())).isEqualTo(intact);
    }

    @Test
    void damagedAndDeletedRecordsAreMadeAgain() throws IOException {
        PackageFacts first = facts(MADE.getFirst());
        Path record = record("facts-");
        byte[] intact = Files.readAllBytes(record);
        flip(record, intact.length - 3);
        assertThat(facts(MADE.getFirst()).layer()).isEqualTo(first.layer());
        assertThat(Files.readAllBytes(record)).isEqualTo(intact);

        Files.delete(record);
        assertThat(facts(MADE.getFirst()).layer()).isEqualTo(first.layer());
        assertThat(Files.readAllBytes(record)).isEqualTo(intact);
    }

    @Test
    void aDamagedFileListIsMadeAgainWhenItIsRead() throws IOException {
        List<FileFact> expected = facts(MADE.getFirst()).files().decode();
        Path record = record("files-");
        byte[] intact = Files.readAllBytes(record);
        flip(record, intact.length - 3);

        assertThat(facts(MADE.getFirst()).files().decode()).isEqualTo(expected).isNotEmpty();
        assertThat(Files.readAllBytes(record)).isEqualTo(intact);

        Files.delete(record);
        assertThat(facts(MADE.getFirst()).files().decode()).isEqualTo(expected);
        assertThat(Files.readAllBytes(record)).isEqualTo(intact);
    }

    private Path record(String kind) throws IOException {
        return files(CacheDirectory.Kind.RECORDS).stream()
                .filter(each -> each.toString().contains("/" + kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aGroupIsMadeAgainWhateverOfItIsDamaged() throws IOException {
        StoredLayer group = layers.group(all());
        byte[] intact = bytes(group);
        List<Path> files = new ArrayList<>(files(CacheDirectory.Kind.CONTENT));
        files.addAll(files(CacheDirectory.Kind.RECORDS));
        files.removeIf(each -> each.toString().endsWith(".stamp"));
        assertThat(files).as("3 layers, 3 segments, the group, their records").hasSizeGreaterThanOrEqualTo(14);

        for (Path each : files) {
            flip(each, (int) Files.size(each) / 2);
            StoredLayer again = layers.group(all());
            assertThat(again).as("after damage to %s", each).isEqualTo(group);
            assertThat(bytes(again)).isEqualTo(intact);
            Files.delete(each);
            again = layers.group(all());
            assertThat(again).as("without %s", each).isEqualTo(group);
            assertThat(bytes(again)).isEqualTo(intact);
        }
    }

    @Test
    void aGroupThatLostItsSegmentsTooIsTheSame() throws IOException {
        StoredLayer group = layers.group(all());
        for (Path each : files(CacheDirectory.Kind.CONTENT)) {
            Files.delete(each);
        }

        assertThat(layers.group(all())).isEqualTo(group);
    }

    @Test
    void aLayerThatIsGoneIsReported() throws IOException {
        StoredLayer layer = facts(MADE.getFirst()).layer();
        cache.content().remove(layer.container());

        LayerException e = catchThrowableOfType(LayerException.class, () -> layers.layer(layer));
        assertThat(e.code()).isEqualTo(LayerException.Code.CACHE);
        assertThat(e).hasMessageContaining(layer.digest().toString()).hasMessageContaining("\ntry: ");
    }

    @Test
    void piecesAreTheSameFromTheCache() throws IOException {
        byte[] plain = "a line of a package database\n".repeat(500).getBytes(StandardCharsets.UTF_8);
        Piece made = layers.piece(plain);
        Piece kept = layers.piece(plain);

        assertThat(kept.isCompressed()).isTrue();
        assertThat(kept.plain()).isEqualTo(plain);
        assertThat(kept.segment()).isEqualTo(made.segment());
        assertThat(kept.deflated().readAllBytes()).isEqualTo(made.deflated().readAllBytes());
        assertThat(layers.piece(new byte[10]).isCompressed()).isFalse();
        assertThat(Digest.of(kept.plain())).isEqualTo(Digest.of(plain));
    }
}
