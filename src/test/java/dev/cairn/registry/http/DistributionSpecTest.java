package dev.cairn.registry.http;

import static dev.cairn.testing.TestRegistry.MANIFEST;
import static dev.cairn.testing.TestRegistry.REPOSITORY;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.manifests;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.testing.TestRegistry;
import dev.cairn.testing.TestRegistry.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The requirements of OCI distribution-spec 1.1 on pulling, one test for each, in the order of its text. Pushing, and
/// listing and deleting, stand beside it.
class DistributionSpecTest {
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

    @Nested
    @DisplayName("Determining support")
    class Support {
        @Test
        void versionTwoIsAnswered() {
            registry.get("/v2/").expect(200);
        }
    }

    @Nested
    @DisplayName("Pulling manifests")
    class PullingManifests {
        @Test
        void aManifestIsGotByTagAndByDigestWithItsTypeAndDigest() {
            Digest digest = registry.image(REPOSITORY, "pull", "pull");
            for (Object reference : new Object[] {"pull", digest}) {
                Answer answer = registry.get(manifests(REPOSITORY, reference)).expect(200);
                assertThat(answer.header("Content-Type")).isEqualTo(MANIFEST);
                assertThat(answer.header("Docker-Content-Digest")).isEqualTo(digest.toString());
                assertThat(Digest.of(answer.body())).isEqualTo(digest);
            }
        }

        @Test
        void theTypeIsServedWithoutTheParametersThatItWasPushedWith() {
            Digest config = registry.blob("{}");
            String json = TestRegistry.image(config, null, "\"annotations\":{\"parameters\":\"yes\"},");
            registry.push(REPOSITORY, "parameters", MANIFEST + "; charset=utf-8", json)
                    .expect(201);
            assertThat(registry.get(manifests(REPOSITORY, "parameters"))
                            .expect(200)
                            .header("Content-Type"))
                    .isEqualTo(MANIFEST);
        }

        @Test
        void anUnknownTagOrDigestOrRepositoryIsNotFound() {
            registry.image(REPOSITORY, "there", "there");
            assertThat(registry.get(manifests(REPOSITORY, "absent")).expect(404).code())
                    .isEqualTo("MANIFEST_UNKNOWN");
            assertThat(registry.get(manifests(REPOSITORY, ABSENT)).expect(404).code())
                    .isEqualTo("MANIFEST_UNKNOWN");
            assertThat(registry.get(manifests("org/absent", "latest"))
                            .expect(404)
                            .code())
                    .isEqualTo("NAME_UNKNOWN");
        }

        @Test
        void aReferenceThatIsNeitherTagNorDigestIsRefused() {
            registry.image(REPOSITORY, "there", "there");
            registry.get(manifests(REPOSITORY, "sha256:baddigeststring")).expect(400);
            registry.get(manifests(REPOSITORY, ".tag")).expect(400);
            registry.get(manifests(REPOSITORY, "a".repeat(129))).expect(400);
            registry.get(manifests(REPOSITORY, "a".repeat(128))).expect(404);
        }

        @Test
        void aNameThatIsNoneIsRefused() {
            for (String name : List.of("Org/app", "org/-app", "org/app..b", "org/app___b", "org/" + "a".repeat(256))) {
                assertThat(registry.get(manifests(name, "latest")).expect(400).code())
                        .isEqualTo("NAME_INVALID");
            }
        }
    }

    @Nested
    @DisplayName("Pulling blobs")
    class PullingBlobs {
        @Test
        void aBlobIsGotWithItsDigestAndLength() {
            Digest digest = registry.blob("a blob");
            Answer answer = registry.get(blobs(REPOSITORY, digest)).expect(200);
            assertThat(answer.text()).isEqualTo("a blob");
            assertThat(answer.header("Docker-Content-Digest")).isEqualTo(digest.toString());
            assertThat(answer.header("Content-Length")).isEqualTo("6");
        }

        @Test
        void aLargeBlobIsGotWhole() {
            byte[] large = bytes("0123456789abcdefg".repeat(200_000));
            Digest digest = registry.blob(REPOSITORY, large);
            assertThat(registry.get(blobs(REPOSITORY, digest)).expect(200).body())
                    .isEqualTo(large);
        }

        @Test
        void anUnknownBlobIsNotFound() {
            registry.blob("x");
            assertThat(registry.get(blobs(REPOSITORY, ABSENT)).expect(404).code())
                    .isEqualTo("BLOB_UNKNOWN");
        }

        @Test
        void aRangeIsServed() {
            byte[] large = bytes("0123456789abcdefg".repeat(20_000));
            for (Digest digest : List.of(registry.blob("0123456789"), registry.blob(REPOSITORY, large))) {
                byte[] whole =
                        registry.get(blobs(REPOSITORY, digest)).expect(200).body();
                Answer part = registry.get(blobs(REPOSITORY, digest))
                        .header("Range", "bytes=2-5")
                        .expect(206);
                assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 2, 6));
                assertThat(part.header("Content-Range")).isEqualTo("bytes 2-5/" + whole.length);
                Answer rest = registry.get(blobs(REPOSITORY, digest))
                        .header("Range", "bytes=7-")
                        .expect(206);
                assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole, 7, whole.length));
                Answer last = registry.get(blobs(REPOSITORY, digest))
                        .header("Range", "bytes=-3")
                        .expect(206);
                assertThat(last.body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 3, whole.length));
                Answer beyond = registry.get(blobs(REPOSITORY, digest))
                        .header("Range", "bytes=" + whole.length + "-")
                        .expect(416);
                assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + whole.length);
            }
        }
    }

    @Nested
    @DisplayName("Checking if content exists")
    class Existence {
        @Test
        void headAnswersWithDigestAndLengthAndNoBody() {
            Digest image = registry.image(REPOSITORY, "head", "head");
            Digest blob = registry.blob("head blob");
            Answer manifest =
                    registry.ask("HEAD", manifests(REPOSITORY, "head")).expect(200);
            int length = registry.get(manifests(REPOSITORY, image)).expect(200).body().length;
            assertThat(manifest.header("Content-Length")).isEqualTo(Integer.toString(length));
            assertThat(manifest.header("Docker-Content-Digest")).isEqualTo(image.toString());
            assertThat(manifest.header("Content-Type")).isEqualTo(MANIFEST);
            Answer head = registry.ask("HEAD", blobs(REPOSITORY, blob)).expect(200);
            assertThat(head.header("Content-Length")).isEqualTo("9");
            assertThat(head.header("Docker-Content-Digest")).isEqualTo(blob.toString());
            assertThat(head.body()).isEmpty();
        }

        @Test
        void headOfWhatIsNotThereIsNotFound() {
            registry.image(REPOSITORY, "head", "head");
            registry.ask("HEAD", manifests(REPOSITORY, "absent")).expect(404);
            registry.ask("HEAD", manifests(REPOSITORY, ABSENT)).expect(404);
            registry.ask("HEAD", blobs(REPOSITORY, ABSENT)).expect(404);
        }
    }
}
