package dev.cairn.registry.http;

import static dev.cairn.testing.TestRegistry.INDEX;
import static dev.cairn.testing.TestRegistry.MANIFEST;
import static dev.cairn.testing.TestRegistry.REPOSITORY;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.descriptor;
import static dev.cairn.testing.TestRegistry.manifests;
import static dev.cairn.testing.TestRegistry.uploads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.testing.TestRegistry;
import dev.cairn.testing.TestRegistry.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The edges of the protocol that registries differ on, and those that the public suites do not look at.
class EdgesTest {
    private static final String ABSENT = "sha256:" + "cd".repeat(32);

    @TempDir
    private static Path data;

    private static TestRegistry registry;
    private static String robot;

    @BeforeAll
    static void start() throws IOException {
        registry = TestRegistry.start(data.resolve("registry"));
        robot = registry.robot("org", "robot", "editor");
    }

    @AfterAll
    static void stop() throws IOException {
        registry.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    // mounts

    @Test
    void aMountNeverTellsWhetherAForeignBlobIsThere() {
        registry.organisation("foreign");
        Digest foreign = registry.blob("foreign/secret", bytes("a foreign blob"));
        for (String query : List.of(
                "?mount=" + foreign + "&from=foreign/secret",
                "?mount=" + ABSENT + "&from=foreign/secret",
                "?mount=" + foreign + "&from=foreign/absent",
                "?mount=" + foreign + "&from=No/Name",
                "?mount=" + foreign,
                "?mount=" + ABSENT)) {
            Answer answer = registry.ask("POST", uploads("org/mount") + query)
                    .as("org/robot", robot)
                    .expect(202);
            assertThat(answer.header("Location")).startsWith(uploads("org/mount"));
            assertThat(answer.header("Docker-Content-Digest")).isEmpty();
        }
        registry.get(blobs("org/mount", foreign)).expect(404);
        // what everybody may read may be mounted
        registry.makePublic("foreign/secret");
        registry.ask("POST", uploads("org/mount") + "?mount=" + foreign)
                .as("org/robot", robot)
                .expect(201);
    }

    @Test
    void aManifestMakesNoLinkToABlobThatAnotherRepositoryHas() {
        Digest config = registry.blob("org/linkless-a", bytes("{}"));
        Digest layer = registry.blob("org/linkless-a", bytes("only there"));
        registry.blob("org/linkless-b", bytes("{}"));
        registry.push("org/linkless-b", "tag", MANIFEST, TestRegistry.image(config, layer, ""))
                .expect(404);
        registry.get(blobs("org/linkless-b", layer)).expect(404);
    }

    @Test
    void aDeletedBlobIsHiddenInItsRepositoryOnly() {
        Digest digest = registry.blob("org/hide-a", bytes("hidden"));
        registry.ask("POST", uploads("org/hide-b") + "?mount=" + digest + "&from=org/hide-a")
                .expect(201);
        registry.ask("DELETE", blobs("org/hide-b", digest)).expect(202);
        registry.get(blobs("org/hide-b", digest)).expect(404);
        registry.ask("HEAD", blobs("org/hide-b", digest)).expect(404);
        registry.get(blobs("org/hide-a", digest)).expect(200);
    }

    // uploads

    @Test
    void aChunkWhoseRangeAndLengthDifferIsRefusedAndTakenBack() {
        String location = registry.upload(REPOSITORY);
        registry.ask("PATCH", location)
                .header("Content-Range", "0-9")
                .body("short")
                .expect(400);
        registry.ask("PATCH", location).header("Content-Range", "0-1").stream(bytes("too long"))
                .expect(400);
        registry.ask("PATCH", location)
                .header("Content-Range", "x-y")
                .body("no")
                .expect(400);
        assertThat(registry.get(location).expect(204).header("Range")).isEqualTo("0-0");
        registry.ask("PUT", location + "?digest=" + Digest.of(bytes("right")))
                .body("right")
                .expect(201);
    }

    @Test
    void anUploadGoesOnAfterARestart(@TempDir Path folder) throws IOException {
        String location;
        try (TestRegistry first = TestRegistry.start(folder.resolve("registry"))) {
            location = first.upload(REPOSITORY);
            first.ask("PATCH", location).body("before ").expect(202);
        }
        try (TestRegistry second = TestRegistry.start(folder.resolve("registry"))) {
            assertThat(second.get(location).expect(204).header("Range")).isEqualTo("0-6");
            second.ask("PATCH", location)
                    .header("Content-Range", "7-11")
                    .body("after")
                    .expect(202);
            second.ask("PUT", location + "?digest=" + Digest.of(bytes("before after")))
                    .expect(201);
        }
    }

    @Test
    void anUploadIsOfItsRepositoryOnly() {
        String location = registry.upload("org/mine");
        registry.blob("org/yours", bytes("x"));
        String elsewhere = location.replace("org/mine", "org/yours");
        registry.get(elsewhere).expect(404);
        registry.ask("PATCH", elsewhere).body("x").expect(404);
        registry.get(uploads("org/mine") + "../../../lock").expect(404);
        registry.get(uploads("org/mine") + "00000000-0000-0000-0000-000000000000")
                .expect(404);
    }

    @Test
    void concurrentChunksOfOneUploadNeverMix() throws Exception {
        for (int round = 0; round < 5; round++) {
            String location = registry.upload(REPOSITORY);
            List<Integer> answers = at(
                    8,
                    i -> registry.ask("PATCH", location)
                            .header("Content-Range", "0-99999")
                            .body(String.valueOf((char) ('a' + i)).repeat(100_000))
                            .send()
                            .status());
            assertThat(answers).containsOnlyOnce(202).contains(416);
            assertThat(registry.get(location).expect(204).header("Range")).isEqualTo("0-99999");
            registry.ask("DELETE", location).expect(204);
        }
    }

    @Test
    void aPercentEncodedDigestIsADigest() {
        Digest digest = registry.blob("encoded");
        String encoded = TestRegistry.encoded(digest.toString());
        registry.get(blobs(REPOSITORY, encoded)).expect(200);
        String location = registry.upload(REPOSITORY);
        registry.ask("PUT", location + "?digest=" + encoded).body("encoded").expect(201);
    }

    // manifests

    @Test
    void legalManifestsOfOddForm() {
        Digest config = registry.blob("{}");
        registry.push(REPOSITORY, "no-layers", MANIFEST, TestRegistry.image(config, null, ""))
                .expect(201);
        String empty = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[]}";
        registry.push(REPOSITORY, "empty-index", INDEX, empty).expect(201);
        String sparse = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":["
                + descriptor(MANIFEST, ABSENT, 9) + "]}";
        registry.push(REPOSITORY, "sparse-index", INDEX, sparse).expect(201);
        String foreign = TestRegistry.image(config, ABSENT, "")
                .replace(TestRegistry.LAYER, "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip");
        registry.push(REPOSITORY, "nondistributable", MANIFEST, foreign).expect(201);
        String long512 = TestRegistry.image(config, null, "\"annotations\":{\"by\":\"sha512\"},");
        Digest digest = Digest.of(Digest.Algorithm.SHA512, bytes(long512));
        registry.push(REPOSITORY, digest + "?tag=by-sha512", MANIFEST, long512).expect(201);
        assertThat(registry.get(manifests(REPOSITORY, "by-sha512")).expect(200).header("Docker-Content-Digest"))
                .isEqualTo(digest.toString());
    }

    @Test
    void aKeyThatOccursTwiceIsRefused() {
        Digest config = registry.blob("{}");
        String json = TestRegistry.image(config, null, "\"schemaVersion\":2,");
        assertThat(registry.push(REPOSITORY, "twice", MANIFEST, json)
                        .expect(400)
                        .code())
                .isEqualTo("MANIFEST_INVALID");
    }

    @Test
    void aDocumentThatIsManifestAndIndexAtOnceIsRefused() {
        Digest config = registry.blob("{}");
        String json = TestRegistry.image(config, null, "\"manifests\":[],");
        registry.push(REPOSITORY, "both", MANIFEST, json).expect(400);
    }

    @Test
    void theTypeThatWasPushedIsServedWhateverIsAccepted() {
        registry.image(REPOSITORY, "accept", "accept");
        Answer answer = registry.get(manifests(REPOSITORY, "accept"))
                .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
                .expect(200);
        assertThat(answer.header("Content-Type")).isEqualTo(MANIFEST);
    }

    // conditions and encodings

    @Test
    void whoHasItAlreadyIsToldSo() {
        Digest image = registry.image(REPOSITORY, "etag", "etag");
        Digest blob = registry.blob("etag");
        for (String path : List.of(manifests(REPOSITORY, "etag"), blobs(REPOSITORY, blob))) {
            String etag = registry.get(path).expect(200).header("ETag");
            assertThat(etag).isIn("\"" + image + "\"", "\"" + blob + "\"");
            Answer again = registry.get(path).header("If-None-Match", etag).expect(304);
            assertThat(again.body()).isEmpty();
            registry.get(path).header("If-None-Match", "\"other\", " + etag).expect(304);
            registry.get(path).header("If-None-Match", "\"other\"").expect(200);
        }
    }

    @Test
    void aRangeOfAnotherVersionIsNotServed() {
        Digest blob = registry.blob("if-range");
        registry.get(blobs(REPOSITORY, blob))
                .header("Range", "bytes=0-1")
                .header("If-Range", "\"" + ABSENT + "\"")
                .expect(200);
    }

    @Test
    void blobsAreNeverCompressedOnTheWay() {
        Digest blob = registry.blob("a".repeat(10_000));
        Answer answer = registry.get(blobs(REPOSITORY, blob))
                .header("Accept-Encoding", "gzip, br, zstd")
                .expect(200);
        assertThat(answer.header("Content-Encoding")).isEmpty();
        assertThat(answer.body()).hasSize(10_000);
    }

    private interface Each<T> {
        T of(int i) throws Exception;
    }

    /// Runs something so many times at once.
    private static <T> List<T> at(int count, Each<T> each) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                futures.add(threads.submit(() -> each.of(number)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
