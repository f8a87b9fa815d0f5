package dev.cairn.registry.http;

import static dev.cairn.testing.TestRegistry.INDEX;
import static dev.cairn.testing.TestRegistry.MANIFEST;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.descriptor;
import static dev.cairn.testing.TestRegistry.manifests;
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

/// The edges of tags, listings and races that other registries get wrong.
class TagEdgesTest {
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

    // tags

    @Test
    void pagingOfTags() {
        for (String tag : List.of("a", "b", "c")) {
            registry.image("org/paging", tag, "paging");
        }
        String list = "/v2/org/paging/tags/list";
        Answer none = registry.get(list + "?n=0").expect(200);
        assertThat(none.json().strings("tags")).isEmpty();
        assertThat(none.header("Link")).isEmpty();
        // exactly as many as there are: no further page
        assertThat(registry.get(list + "?n=3").expect(200).header("Link")).isEmpty();
        // last may name a tag that is gone
        registry.ask("DELETE", manifests("org/paging", "b")).expect(202);
        assertThat(registry.get(list + "?last=b").expect(200).json().strings("tags"))
                .containsExactly("c");
        registry.get(list + "?n=minus").expect(400);
        registry.get(list + "?n=99999999999").expect(200);
    }

    @Test
    void referrersOfAnEmptyFilterAndInPages() {
        Digest config = registry.blob("org/referrers", bytes("{}"));
        for (int i = 0; i < 3; i++) {
            String about = "\"annotations\":{\"i\":\"" + i + "\"},\"subject\":" + descriptor(MANIFEST, ABSENT, 1) + ",";
            String json = TestRegistry.image(config, null, about);
            registry.push("org/referrers", Digest.of(bytes(json)), MANIFEST, json)
                    .expect(201);
        }
        Answer filtered = registry.get("/v2/org/referrers/referrers/" + ABSENT + "?artifactType=")
                .expect(200);
        assertThat(filtered.header("OCI-Filters-Applied")).isEqualTo("artifactType");
        assertThat(filtered.json().objects("manifests")).hasSize(3);
        List<String> digests = new ArrayList<>();
        String next = "/v2/org/referrers/referrers/" + ABSENT + "?n=2";
        while (!next.isEmpty()) {
            Answer page = registry.get(next).expect(200);
            page.json().objects("manifests").forEach(each -> digests.add(each.string("digest")));
            String link = page.header("Link");
            next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        }
        assertThat(digests).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void manifestsUnderTheOldFallbackTagAreListed() {
        Digest subject = registry.image("org/fallback", "image", "fallback");
        Digest config = registry.blob("org/fallback", bytes("{}"));
        String about = TestRegistry.image(config, null, "\"subject\":" + descriptor(MANIFEST, subject, 1) + ",");
        Digest digest = Digest.of(bytes(about));
        registry.push("org/fallback", digest, MANIFEST, about).expect(201);
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":["
                + descriptor(MANIFEST, digest, about.length()) + "]}";
        registry.push("org/fallback", "sha256-" + subject.hex(), INDEX, index).expect(201);
        Answer answer = registry.get("/v2/org/fallback/referrers/" + subject).expect(200);
        assertThat(answer.json().objects("manifests"))
                .singleElement()
                .satisfies(each -> assertThat(each.string("digest")).isEqualTo(digest.toString()));
        registry.get(manifests("org/fallback", "sha256-" + subject.hex())).expect(200);
    }

    @Test
    void theCatalogueIsOfWhatOneMaySee() {
        registry.image("org/catalogue", "tag", "catalogue");
        registry.organisation("cat-foreign");
        registry.image("cat-foreign/secret", "tag", "catalogue");
        registry.image("cat-foreign/open", "tag", "catalogue");
        registry.makePublic("cat-foreign/open");
        assertThat(registry.get("/v2/_catalog").expect(200).json().strings("repositories"))
                .contains("org/catalogue", "cat-foreign/secret", "cat-foreign/open")
                .isSorted();
        assertThat(registry.get("/v2/_catalog")
                        .as("org/robot", robot)
                        .expect(200)
                        .json()
                        .strings("repositories"))
                .contains("org/catalogue", "cat-foreign/open")
                .doesNotContain("cat-foreign/secret");
        assertThat(registry.get("/v2/_catalog").anonymously().expect(200).json().strings("repositories"))
                .contains("cat-foreign/open")
                .doesNotContain("org/catalogue", "cat-foreign/secret");
        Answer page = registry.get("/v2/_catalog?n=1").expect(200);
        assertThat(page.json().strings("repositories")).hasSize(1);
        assertThat(page.header("Link")).contains("rel=\"next\"");
    }

    // races

    @Test
    void racingPushesOfOneTagLeaveOneOfThem() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Digest> digests = at(6, i -> registry.image("org/race", "tag", "race " + i));
            String now = registry.get(manifests("org/race", "tag")).expect(200).header("Docker-Content-Digest");
            assertThat(digests).contains(Digest.parse(now));
        }
    }

    @Test
    void racingPushesOfOneBlobKeepOneFile() throws Exception {
        byte[] content = bytes("raced ".repeat(50_000));
        List<Digest> digests = at(8, i -> registry.blob("org/race-" + i % 3, content));
        assertThat(digests).containsOnly(Digest.of(content));
        for (int i = 0; i < 3; i++) {
            assertThat(registry.get(blobs("org/race-" + i, digests.getFirst()))
                            .expect(200)
                            .body())
                    .isEqualTo(content);
        }
        Path folder = registry.data()
                .resolve("blobs/sha256/" + digests.getFirst().hex().substring(0, 2));
        try (var files = java.nio.file.Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName()
                            .toString()
                            .startsWith(digests.getFirst().hex())))
                    .hasSize(1);
        }
    }

    @Test
    void deletingAgainstPushingLeavesATagThatResolvesOrNone() throws Exception {
        for (int round = 0; round < 10; round++) {
            Digest digest = registry.image("org/delete-race", "tag", "delete race");
            at(
                    2,
                    i -> i == 0
                            ? registry.ask("DELETE", manifests("org/delete-race", digest))
                                    .send()
                                    .status()
                            : registry.push(
                                            "org/delete-race",
                                            "tag",
                                            MANIFEST,
                                            registry.get(manifests("org/delete-race", digest))
                                                    .send()
                                                    .text())
                                    .send()
                                    .status());
            int byTag = registry.get(manifests("org/delete-race", "tag")).send().status();
            int byDigest =
                    registry.get(manifests("org/delete-race", digest)).send().status();
            assertThat(byTag).isEqualTo(byDigest);
        }
    }

    // tags that never move, and their history

    @Test
    void aUniqueTagNeverMoves() {
        registry.image("org/unique", "3.13-202611231845", "one");
        registry.image("org/unique", "3.13-202611231845", "one");
        Digest config = registry.blob("org/unique", bytes("{}"));
        String other = TestRegistry.image(config, null, "");
        assertThat(registry.push("org/unique", "3.13-202611231845", MANIFEST, other)
                        .expect(409)
                        .code())
                .isEqualTo("DENIED");
        registry.ask("DELETE", manifests("org/unique", "3.13-202611231845"))
                .as("org/robot", robot)
                .expect(403);
        registry.ask("DELETE", manifests("org/unique", "3.13-202611231845")).expect(202);
    }

    @Test
    void aTagsHistoryHasEachMoveOnce() {
        Digest one = registry.image("org/history", "tag", "one");
        registry.image("org/history", "tag", "one");
        Digest two = registry.image("org/history", "tag", "two");
        registry.ask("DELETE", manifests("org/history", "tag")).expect(202);
        var moves = registry.get("/api/v1/history?repository=org/history&tag=tag")
                .expect(200)
                .json()
                .objects("moves");
        assertThat(moves.stream().map(move -> String.valueOf(move.optionalString("digest"))))
                .containsExactly("null", two.toString(), one.toString());
        assertThat(moves.getLast().string("by")).isEqualTo("owner");
    }

    @Test
    void aMirrorAnswersForNamesElsewhere() {
        Digest image = registry.image("org/python", "3.13", "mirror");
        registry.makePublic("org/python");
        registry.ask("PUT", "/api/v1/mirrors")
                .body("{\"from\":\"library/*\",\"to\":\"org/*\"}")
                .expect(204);
        Answer answer =
                registry.get(manifests("library/python", "3.13")).anonymously().expect(200);
        assertThat(answer.header("Docker-Content-Digest")).isEqualTo(image.toString());
        registry.get(manifests("library/python", image)).anonymously().expect(200);
        registry.get(blobs("library/python", Digest.of(bytes("layer mirror"))))
                .anonymously()
                .expect(200);
        registry.get(manifests("library/python", "2.7")).anonymously().expect(404);
        assertThat(registry.log.toString(UTF_8))
                .contains("substituted org/python:3.13 for library/python:3.13")
                .contains("no answer for library/python:2.7");
        registry.ask("DELETE", "/api/v1/mirrors?from=library/*").expect(204);
        registry.get(manifests("library/python", "3.13")).anonymously().expect(401);
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
