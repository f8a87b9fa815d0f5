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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// The requirements of distribution-spec 1.1 on pushing, one test for each.
class DistributionPushTest {
    private static final String EMPTY_DIGEST =
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ABSENT = "sha256:" + "ab".repeat(32);

    @TempDir
    private static Path data;

    private static TestRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        registry = TestRegistry.start(data.resolve("registry"));
    }

    @AfterAll
    static void stop() throws IOException {
        registry.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /// A repository of the test's own.
    private static String own(TestInfo test) {
        return "org/" + Integer.toHexString((test.getTestClass().orElseThrow() + test.getDisplayName()).hashCode());
    }

    @Nested
    @DisplayName("Pushing a blob in one piece")
    class Monolithic {
        @Test
        void postThenPut() {
            byte[] content = bytes("post then put");
            String location = registry.upload(REPOSITORY);
            Answer put = registry.ask("PUT", location + "?digest=" + Digest.of(content))
                    .header("Content-Type", "application/octet-stream")
                    .body(content)
                    .expect(201);
            assertThat(registry.get(put.header("Location")).expect(200).body()).isEqualTo(content);
        }

        @Test
        void theSessionsAddressHasAUuid() {
            assertThat(registry.upload(REPOSITORY)).matches(".*/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        }

        @Test
        void singlePost() {
            byte[] content = bytes("single post");
            Answer post = registry.ask("POST", uploads(REPOSITORY) + "?digest=" + Digest.of(content))
                    .body(content)
                    .expect(201);
            assertThat(post.header("Docker-Content-Digest"))
                    .isEqualTo(Digest.of(content).toString());
            assertThat(registry.get(post.header("Location")).expect(200).body()).isEqualTo(content);
        }

        @Test
        void aWrongDigestIsRefusedAndNothingIsKept() {
            Answer answer = registry.ask("POST", uploads(REPOSITORY) + "?digest=" + ABSENT)
                    .body("something else")
                    .expect(400);
            assertThat(answer.code()).isEqualTo("DIGEST_INVALID");
            registry.get(blobs(REPOSITORY, ABSENT)).expect(404);
            registry.get(blobs(REPOSITORY, Digest.of(bytes("something else")))).expect(404);
        }

        @Test
        void anInvalidDigestOrAnUnknownAlgorithmIsRefused() {
            for (String digest : List.of("sha256:abc", "md5:d41d8cd98f00b204e9800998ecf8427e", "nonsense", "")) {
                registry.ask("POST", uploads(REPOSITORY) + "?digest=" + digest)
                        .body("x")
                        .expect(400);
                String location = registry.upload(REPOSITORY);
                registry.ask("PUT", location + "?digest=" + digest).body("x").expect(400);
            }
            registry.ask("POST", uploads(REPOSITORY) + "?digest-algorithm=blake3")
                    .expect(400);
        }

        @Test
        void theEmptyBlobIsABlob() {
            registry.ask("POST", uploads(REPOSITORY) + "?digest=" + EMPTY_DIGEST)
                    .expect(201);
            Answer answer = registry.get(blobs(REPOSITORY, EMPTY_DIGEST)).expect(200);
            assertThat(answer.body()).isEmpty();
            assertThat(answer.header("Content-Length")).isEqualTo("0");
        }

        @Test
        void sha512IsTaken() {
            byte[] content = bytes("a long digest");
            Digest digest = Digest.of(Digest.Algorithm.SHA512, content);
            String location = registry.ask("POST", uploads(REPOSITORY) + "?digest-algorithm=sha512")
                    .expect(202)
                    .header("Location");
            registry.ask("PATCH", location).body(content).expect(202);
            registry.ask("PUT", location + "?digest=" + digest).expect(201);
            assertThat(registry.get(blobs(REPOSITORY, digest)).expect(200).header("Docker-Content-Digest"))
                    .isEqualTo(digest.toString());
            // also where the client had not told before
            String untold = registry.upload(REPOSITORY);
            registry.ask("PATCH", untold).body("untold").expect(202);
            Digest other = Digest.of(Digest.Algorithm.SHA512, bytes("untold"));
            registry.ask("PUT", untold + "?digest=" + other).expect(201);
        }
    }

    @Nested
    @DisplayName("Pushing a blob in chunks")
    class Chunks {
        @Test
        void chunksFollowOneAnotherAndPutCloses() {
            String location = registry.upload(REPOSITORY);
            Answer first = registry.ask("PATCH", location)
                    .header("Content-Range", "0-4")
                    .body("first")
                    .expect(202);
            assertThat(first.header("Range")).isEqualTo("0-4");
            Answer second = registry.ask("PATCH", first.header("Location"))
                    .header("Content-Range", "5-10")
                    .body("second")
                    .expect(202);
            assertThat(second.header("Range")).isEqualTo("0-10");
            registry.ask("PUT", second.header("Location") + "?digest=" + Digest.of(bytes("firstsecond")))
                    .expect(201);
        }

        @Test
        void theLastChunkMayComeWithThePut() {
            String location = registry.upload(REPOSITORY);
            registry.ask("PATCH", location)
                    .header("Content-Range", "0-3")
                    .body("with")
                    .expect(202);
            registry.ask("PUT", location + "?digest=" + Digest.of(bytes("withput")))
                    .header("Content-Range", "4-6")
                    .body("put")
                    .expect(201);
        }

        @Test
        void aChunkOutOfOrderIsRefusedAndTheSessionGoesOn() {
            String location = registry.upload(REPOSITORY);
            registry.ask("PATCH", location)
                    .header("Content-Range", "0-2")
                    .body("abc")
                    .expect(202);
            Answer refused = registry.ask("PATCH", location)
                    .header("Content-Range", "5-7")
                    .body("xyz")
                    .expect(416);
            assertThat(refused.header("Range")).isEqualTo("0-2");
            assertThat(refused.header("Location")).isEqualTo(location);
            registry.ask("PUT", location + "?digest=" + ABSENT)
                    .header("Content-Range", "0-2")
                    .body("abc")
                    .expect(416);
            Answer status = registry.get(location).expect(204);
            assertThat(status.header("Range")).isEqualTo("0-2");
            assertThat(status.header("Location")).isEqualTo(location);
            registry.ask("PUT", location + "?digest=" + Digest.of(bytes("abcdef")))
                    .header("Content-Range", "3-5")
                    .body("def")
                    .expect(201);
        }

        @Test
        void aStreamWithoutARangeIsTaken() {
            String location = registry.upload(REPOSITORY);
            registry.ask("PATCH", location).stream(bytes("a stream")).expect(202);
            registry.ask("PUT", location + "?digest=" + Digest.of(bytes("a stream")))
                    .expect(201);
        }

        @Test
        void aWrongDigestEndsTheSession() {
            String location = registry.upload(REPOSITORY);
            registry.ask("PATCH", location).body("content").expect(202);
            registry.ask("PUT", location + "?digest=" + ABSENT).expect(400);
            assertThat(registry.get(location).expect(404).code()).isEqualTo("BLOB_UPLOAD_UNKNOWN");
        }

        @Test
        void aSessionIsCancelled() {
            String location = registry.upload(REPOSITORY);
            registry.ask("DELETE", location).expect(204);
            registry.get(location).expect(404);
            registry.ask("PATCH", location).body("late").expect(404);
        }
    }

    @Nested
    @DisplayName("Mounting a blob from another repository")
    class Mounting {
        @Test
        void aBlobIsMountedFromARepositoryThatHasIt(TestInfo test) {
            Digest digest = registry.blob("to be mounted");
            Answer answer = registry.ask("POST", uploads(own(test)) + "?mount=" + digest + "&from=" + REPOSITORY)
                    .expect(201);
            assertThat(answer.header("Location")).isEqualTo(blobs(own(test), digest));
            assertThat(registry.get(answer.header("Location")).expect(200).text())
                    .isEqualTo("to be mounted");
        }

        @Test
        void fromMayBeLeftOut(TestInfo test) {
            Digest digest = registry.blob("from anywhere");
            registry.ask("POST", uploads(own(test)) + "?mount=" + digest).expect(201);
            registry.get(blobs(own(test), digest)).expect(200);
        }

        @Test
        void whatCanNotBeMountedBecomesAnUpload(TestInfo test) {
            Answer answer = registry.ask("POST", uploads(own(test)) + "?mount=" + ABSENT + "&from=" + REPOSITORY)
                    .expect(202);
            registry.get(answer.header("Location")).expect(204);
        }
    }

    @Nested
    @DisplayName("Pushing manifests")
    class PushingManifests {
        @Test
        void theExactBytesAreKept() {
            Digest config = registry.blob("{}");
            String json = "\n {\t" + TestRegistry.image(config, null, "").substring(1) + "\n";
            Answer answer = registry.push(REPOSITORY, "exact", MANIFEST, json).expect(201);
            assertThat(answer.header("Docker-Content-Digest"))
                    .isEqualTo(Digest.of(bytes(json)).toString());
            assertThat(registry.get(answer.header("Location")).expect(200).text())
                    .isEqualTo(json);
        }

        @Test
        void byDigestWithTags() {
            Digest config = registry.blob("{}");
            String json = TestRegistry.image(config, null, "\"annotations\":{\"by\":\"digest\"},");
            Digest digest = Digest.of(bytes(json));
            Answer answer = registry.push(REPOSITORY, digest + "?tag=1.2.3&tag=1.2&tag=1", MANIFEST, json)
                    .expect(201);
            assertThat(answer.headers().allValues("OCI-Tag")).containsExactly("1.2.3", "1.2", "1");
            for (String tag : List.of("1.2.3", "1.2", "1")) {
                registry.get(manifests(REPOSITORY, tag)).expect(200);
            }
        }

        @Test
        void aWrongDigestIsRefused() {
            Digest config = registry.blob("{}");
            assertThat(registry.push(REPOSITORY, ABSENT, MANIFEST, TestRegistry.image(config, null, ""))
                            .expect(400)
                            .code())
                    .isEqualTo("DIGEST_INVALID");
        }

        @Test
        void aManifestWhoseBlobIsMissingIsRefused() {
            Digest config = registry.blob("{}");
            Answer answer = registry.push(REPOSITORY, "lacking", MANIFEST, TestRegistry.image(config, ABSENT, ""))
                    .expect(404);
            assertThat(answer.code()).isEqualTo("MANIFEST_BLOB_UNKNOWN");
            registry.get(manifests(REPOSITORY, "lacking")).expect(404);
        }

        @Test
        void fourMebibytesAreTakenAndNoMore() {
            Digest config = registry.blob("{}");
            String frame = TestRegistry.image(config, null, "\"annotations\":{\"x\":\"%\"},");
            String largest = frame.replace("%", "y".repeat((4 << 20) - frame.length() + 1));
            registry.push(REPOSITORY, "largest", MANIFEST, largest).expect(201);
            assertThat(registry.get(manifests(REPOSITORY, "largest"))
                            .expect(200)
                            .text())
                    .isEqualTo(largest);
            registry.push(REPOSITORY, "larger", MANIFEST, largest + " ").expect(413);
        }

        @Test
        void aSubjectIsAcknowledgedAlsoWhereItIsMissing() {
            Digest config = registry.blob("{}");
            String json = TestRegistry.image(config, null, "\"subject\":" + descriptor(MANIFEST, ABSENT, 7) + ",");
            assertThat(registry.push(REPOSITORY, "about", MANIFEST, json)
                            .expect(201)
                            .header("OCI-Subject"))
                    .isEqualTo(ABSENT);
        }

        @Test
        void dockersTypesAreTaken() {
            Digest config = registry.blob("{}");
            String type = "application/vnd.docker.distribution.manifest.v2+json";
            String json = TestRegistry.image(config, null, "").replace(MANIFEST, type);
            registry.push(REPOSITORY, "docker", type, json).expect(201);
            assertThat(registry.get(manifests(REPOSITORY, "docker")).expect(200).header("Content-Type"))
                    .isEqualTo(type);
            String listType = "application/vnd.docker.distribution.manifest.list.v2+json";
            String list = "{\"schemaVersion\":2,\"mediaType\":\"" + listType + "\",\"manifests\":["
                    + descriptor(type, Digest.of(bytes(json)), json.length()) + "]}";
            registry.push(REPOSITORY, "docker-list", listType, list).expect(201);
        }

        @Test
        void aTypeThatIsNotTheDocumentsOwnIsRefused() {
            Digest config = registry.blob("{}");
            String json = TestRegistry.image(config, null, "");
            registry.push(REPOSITORY, "type", INDEX, json).expect(400);
            registry.push(REPOSITORY, "type", "text/plain", json).expect(400);
        }
    }
}
