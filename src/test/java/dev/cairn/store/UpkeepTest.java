package dev.cairn.store;

import static dev.cairn.testing.TestRegistry.REPOSITORY;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.manifests;
import static dev.cairn.testing.TestRegistry.uploads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.registry.PackageStore;
import dev.cairn.registry.http.Limits;
import dev.cairn.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Garbage collection, scrubbing, and layers that lie in packages.
class UpkeepTest {
    private static final int LARGE = 300_000;

    @TempDir
    private Path folder;

    private TestRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = TestRegistry.start(folder.resolve("registry"));
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
    }

    private JsonObject collect(Duration grace) {
        return registry.ask("POST", "/api/v1/gc?grace=" + grace.toSeconds())
                .expect(200)
                .json();
    }

    private long bytesOnDisk(String part) throws IOException {
        try (Stream<Path> files = Files.walk(registry.data().resolve(part))) {
            long sum = 0;
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    private static byte[] large(String seed) {
        return seed.repeat(LARGE / seed.length()).getBytes(UTF_8);
    }

    @Test
    void whatNoManifestNamesIsDeletedAndTheBytesAreThoseOfTheDisk() throws IOException {
        registry.image(REPOSITORY, "kept", "kept");
        Digest lost = registry.blob(REPOSITORY, large("lost"));
        long before = bytesOnDisk("blobs");
        JsonObject done = collect(Duration.ZERO);
        long after = bytesOnDisk("blobs");
        assertThat(done.integer("freed")).isEqualTo(before - after).isEqualTo(LARGE);
        assertThat(done.integer("deleted")).isEqualTo(1);
        registry.get(blobs(REPOSITORY, lost)).expect(404);
        registry.get(manifests(REPOSITORY, "kept")).expect(200);
        registry.get(blobs(REPOSITORY, Digest.of("layer kept".getBytes(UTF_8)))).expect(200);
    }

    @Test
    void graceIsCountedFromTheLastTouch() {
        Digest blob = registry.blob("touched");
        registry.clock().advance(Duration.ofHours(20));
        registry.ask("HEAD", blobs(REPOSITORY, blob)).expect(200);
        registry.clock().advance(Duration.ofHours(20));
        collect(Duration.ofHours(24));
        registry.get(blobs(REPOSITORY, blob)).expect(200);
        registry.clock().advance(Duration.ofHours(5));
        collect(Duration.ofHours(24));
        registry.get(blobs(REPOSITORY, blob)).expect(404);
    }

    @Test
    void aCondemnedBlobIsRevivedByAPush() {
        Digest blob = registry.blob("revived");
        registry.clock().advance(Duration.ofHours(25));
        JsonObject first = collect(Duration.ofHours(24));
        assertThat(first.integer("condemned")).isEqualTo(1);
        assertThat(first.integer("deleted")).isZero();
        registry.blob("org/other", "revived".getBytes(UTF_8));
        registry.clock().advance(Duration.ofHours(2));
        assertThat(collect(Duration.ofHours(24)).integer("deleted")).isZero();
        registry.get(blobs("org/other", blob)).expect(200);
    }

    @Test
    void aBlobThatAnotherRepositoryNeedsStays() {
        registry.image("org/a", "tag", "shared");
        registry.image("org/b", "tag", "shared");
        Digest layer = Digest.of("layer shared".getBytes(UTF_8));
        Digest image = registry.image("org/a", "tag", "shared");
        registry.ask("DELETE", manifests("org/a", image)).expect(202);
        collect(Duration.ZERO);
        registry.get(blobs("org/a", layer)).expect(404);
        registry.get(blobs("org/b", layer)).expect(200);
    }

    @Test
    void anUploadThatNobodyGoesOnWithIsDropped() throws IOException {
        String location = registry.upload(REPOSITORY);
        registry.ask("PATCH", location).body(large("abandoned ")).expect(202);
        assertThat(collect(Duration.ofHours(1)).integer("uploadBytes")).isZero();
        registry.get(location).expect(204);
        registry.clock().advance(Duration.ofHours(2));
        assertThat(collect(Duration.ofHours(1)).integer("uploadBytes")).isEqualTo(LARGE);
        assertThat(bytesOnDisk("uploads")).isZero();
        registry.get(location).expect(404);
    }

    @Test
    void aFileWithoutARowIsSwept() throws IOException {
        Path orphan = registry.data().resolve("blobs/sha256/ab/" + "ab".repeat(32) + ".0123456789ab");
        Files.writeString(orphan, "left by a crash");
        JsonObject done = collect(Duration.ZERO);
        assertThat(done.integer("orphans")).isEqualTo(1);
        assertThat(done.integer("freed")).isEqualTo(15);
        assertThat(orphan).doesNotExist();
    }

    @Test
    void scrubFindsADamagedBlobAndAPushMakesItGood() throws IOException {
        registry.image(REPOSITORY, "tag", "damaged");
        Digest layer = Digest.of("layer damaged".getBytes(UTF_8));
        try (Stream<Path> files = Files.walk(registry.data().resolve("blobs"))) {
            Path file = files.filter(each -> each.getFileName().toString().startsWith(layer.hex()))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(file, "layer dAmaged");
        }
        JsonObject found = registry.ask("POST", "/api/v1/scrub").expect(200).json();
        assertThat(found.strings("damaged")).containsExactly(layer.toString());
        registry.ask("POST", "/api/v1/scrub?remove=true").expect(200);
        registry.get(blobs(REPOSITORY, layer)).expect(404);
        registry.blob("layer damaged");
        assertThat(registry.get(blobs(REPOSITORY, layer)).expect(200).text()).isEqualTo("layer damaged");
        assertThat(registry.ask("POST", "/api/v1/scrub").expect(200).json().strings("damaged"))
                .isEmpty();
    }

    @Test
    void aLayerThatLiesInAPackageIsServedFromThere() throws IOException {
        byte[] layer = large("a layer in a package ");
        Path container = Files.write(
                folder.resolve("package.apk"),
                Stream.of("signature".getBytes(UTF_8), layer)
                        .collect(
                                java.io.ByteArrayOutputStream::new,
                                java.io.ByteArrayOutputStream::writeBytes,
                                (a, b) -> a.writeBytes(b.toByteArray()))
                        .toByteArray());
        Digest digest = Digest.of(layer);
        PackageStore packages = (wanted, size) -> wanted.equals(digest)
                ? Optional.of(new PackageStore.Place(container, "signature".length()))
                : Optional.empty();
        TestRegistry.Setting setting =
                new TestRegistry.Setting(folder.resolve("packages"), Limits.DEFAULT, packages, null);
        try (TestRegistry own = TestRegistry.start(setting)) {
            own.blob(REPOSITORY, layer);
            try (Stream<Path> files = Files.walk(own.data().resolve("blobs"))) {
                assertThat(files.filter(Files::isRegularFile))
                        .singleElement()
                        .satisfies(file ->
                                assertThat(Files.isSameFile(file, container)).isTrue());
            }
            // the cache is cleaned; the registry still has the bytes
            Files.delete(container);
            assertThat(own.get(blobs(REPOSITORY, digest)).expect(200).body()).isEqualTo(layer);
            assertThat(own.get(blobs(REPOSITORY, digest))
                            .header("Range", "bytes=2-6")
                            .expect(206)
                            .text())
                    .isEqualTo("layer");
            assertThat(own.ask("POST", "/api/v1/scrub").expect(200).json().strings("damaged"))
                    .isEmpty();
            JsonObject done = own.ask("POST", "/api/v1/gc?grace=0").expect(200).json();
            assertThat(done.integer("freed")).isEqualTo(LARGE / 21 * 21 + "signature".length());
        }
    }

    @Test
    void aLayerThatIsNotWhatThePackageSaysIsKeptAsItCame() throws IOException {
        byte[] layer = large("a layer ");
        Path lying = Files.writeString(folder.resolve("lying.apk"), "something else".repeat(LARGE));
        PackageStore packages = (_, _) -> Optional.of(new PackageStore.Place(lying, 0));
        TestRegistry.Setting setting =
                new TestRegistry.Setting(folder.resolve("lying"), Limits.DEFAULT, packages, null);
        try (TestRegistry own = TestRegistry.start(setting)) {
            Digest digest = own.blob(REPOSITORY, layer);
            assertThat(own.get(blobs(REPOSITORY, digest)).expect(200).body()).isEqualTo(layer);
        }
    }

    @Test
    void collectionBesidePushesLosesNothing() {
        for (String tag : List.of("a", "b", "c", "d", "e")) {
            Digest layer = Digest.of(("layer " + tag).getBytes(UTF_8));
            registry.image(REPOSITORY, tag, tag);
            Thread collector = Thread.startVirtualThread(() -> collect(Duration.ofMinutes(1)));
            registry.ask("POST", uploads("org/copy") + "?mount=" + layer).expect(201);
            try {
                collector.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            registry.get(blobs("org/copy", layer)).expect(200);
        }
    }
}
