package dev.cairn.registry.http;

import static dev.cairn.testing.TestRegistry.CONFIG;
import static dev.cairn.testing.TestRegistry.INDEX;
import static dev.cairn.testing.TestRegistry.LAYER;
import static dev.cairn.testing.TestRegistry.MANIFEST;
import static dev.cairn.testing.TestRegistry.REPOSITORY;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.descriptor;
import static dev.cairn.testing.TestRegistry.manifests;
import static dev.cairn.testing.TestRegistry.uploads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
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

/// The requirements of distribution-spec 1.1 on listing, deleting and errors, one test for each.
class DistributionDiscoveryTest {
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
    @DisplayName("Listing tags")
    class ListingTags {
        @Test
        void tagsAreListedInTheOrderOfTheirBytes(TestInfo test) {
            for (String tag : List.of("b", "B", "a", "1", "_", "a-b", "a.b")) {
                registry.image(own(test), tag, "tags");
            }
            JsonObject json =
                    registry.get("/v2/" + own(test) + "/tags/list").expect(200).json();
            assertThat(json.string("name")).isEqualTo(own(test));
            assertThat(json.strings("tags")).containsExactly("1", "B", "_", "a", "a-b", "a.b", "b");
        }

        @Test
        void pagesFollowOneAnotherByLink(TestInfo test) {
            for (String tag : List.of("a", "b", "c", "d", "e")) {
                registry.image(own(test), tag, "pages");
            }
            String list = "/v2/" + own(test) + "/tags/list";
            Answer first = registry.get(list + "?n=2").expect(200);
            assertThat(first.json().strings("tags")).containsExactly("a", "b");
            String link = first.header("Link");
            assertThat(link).isEqualTo("<" + list + "?n=2&last=b>; rel=\"next\"");
            Answer second = registry.get(link.substring(1, link.indexOf('>'))).expect(200);
            assertThat(second.json().strings("tags")).containsExactly("c", "d");
            Answer third = registry.get(list + "?n=2&last=d").expect(200);
            assertThat(third.json().strings("tags")).containsExactly("e");
            assertThat(third.header("Link")).isEmpty();
            assertThat(registry.get(list + "?last=c").expect(200).json().strings("tags"))
                    .containsExactly("d", "e");
        }

        @Test
        void anUnknownRepositoryIsNotFound() {
            assertThat(registry.get("/v2/org/absent/tags/list").expect(404).code())
                    .isEqualTo("NAME_UNKNOWN");
        }
    }

    @Nested
    @DisplayName("Listing referrers")
    class ListingReferrers {
        @Test
        void manifestsAboutADigestAreListedWithTypeAndAnnotations(TestInfo test) {
            String repository = own(test);
            Digest subject = registry.image(repository, "subject", "referrers");
            Digest config = registry.blob(repository, bytes("{}"));
            String about = "\"subject\":" + descriptor(MANIFEST, subject, 1) + ",\"annotations\":{\"a\":\"b\"},";
            String typed = TestRegistry.image(config, null, about + "\"artifactType\":\"text/sbom\",");
            String untyped = TestRegistry.image(config, null, about);
            String index = "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[],"
                    + about.substring(0, about.length() - 1) + "}";
            registry.push(repository, Digest.of(bytes(typed)), MANIFEST, typed).expect(201);
            registry.push(repository, Digest.of(bytes(untyped)), MANIFEST, untyped)
                    .expect(201);
            registry.push(repository, Digest.of(bytes(index)), INDEX, index).expect(201);
            Answer answer =
                    registry.get("/v2/" + repository + "/referrers/" + subject).expect(200);
            assertThat(answer.header("Content-Type")).isEqualTo(INDEX);
            assertThat(answer.json().objects("manifests")).hasSize(3).allSatisfy(each -> {
                assertThat(each.stringMap("annotations")).containsEntry("a", "b");
                String expected =
                        each.string("digest").equals(Digest.of(bytes(typed)).toString())
                                ? "text/sbom"
                                : each.string("mediaType").equals(INDEX) ? null : CONFIG;
                assertThat(each.optionalString("artifactType")).isEqualTo(expected);
            });
        }

        @Test
        void aFilterIsAppliedAndToldOf(TestInfo test) {
            String repository = own(test);
            Digest config = registry.blob(repository, bytes("{}"));
            for (String type : List.of("text/a", "text/b")) {
                String json = TestRegistry.image(
                        config,
                        null,
                        "\"artifactType\":\"" + type + "\",\"subject\":" + descriptor(MANIFEST, ABSENT, 1) + ",");
                registry.push(repository, Digest.of(bytes(json)), MANIFEST, json)
                        .expect(201);
            }
            Answer answer = registry.get("/v2/" + repository + "/referrers/" + ABSENT + "?artifactType=text%2Fa")
                    .expect(200);
            assertThat(answer.header("OCI-Filters-Applied")).isEqualTo("artifactType");
            assertThat(answer.json().objects("manifests")).hasSize(1);
        }

        @Test
        void nothingFoundIsAnEmptyIndex() {
            for (String repository : List.of(REPOSITORY, "org/absent")) {
                Answer answer = registry.get("/v2/" + repository + "/referrers/" + EMPTY_DIGEST)
                        .expect(200);
                assertThat(answer.json().objects("manifests")).isEmpty();
            }
        }

        @Test
        void anInvalidDigestIsRefused() {
            registry.get("/v2/" + REPOSITORY + "/referrers/sha256:abc").expect(400);
        }
    }

    @Nested
    @DisplayName("Content management")
    class Deleting {
        @Test
        void aDeletedTagIsGoneAndItsManifestStays(TestInfo test) {
            Digest digest = registry.image(own(test), "tag", "delete tag");
            registry.ask("DELETE", manifests(own(test), "tag")).expect(202);
            registry.get(manifests(own(test), "tag")).expect(404);
            registry.get(manifests(own(test), digest)).expect(200);
            registry.ask("DELETE", manifests(own(test), "tag")).expect(404);
        }

        @Test
        void aDeletedManifestTakesItsTagsAlong(TestInfo test) {
            Digest digest = registry.image(own(test), "one", "delete manifest");
            registry.image(own(test), "two", "delete manifest");
            registry.ask("DELETE", manifests(own(test), digest)).expect(202);
            for (Object reference : new Object[] {"one", "two", digest}) {
                registry.get(manifests(own(test), reference)).expect(404);
            }
            assertThat(registry.get("/v2/" + own(test) + "/tags/list")
                            .expect(200)
                            .json()
                            .strings("tags"))
                    .isEmpty();
        }

        @Test
        void aDeletedBlobIsGone(TestInfo test) {
            Digest digest = registry.blob(own(test), bytes("delete blob"));
            registry.ask("DELETE", blobs(own(test), digest)).expect(202);
            registry.get(blobs(own(test), digest)).expect(404);
            registry.ask("DELETE", blobs(own(test), digest)).expect(404);
        }

        @Test
        void whatIsNotThereIsNotFound() {
            registry.image(REPOSITORY, "there", "there");
            registry.ask("DELETE", manifests(REPOSITORY, ABSENT)).expect(404);
            registry.ask("DELETE", manifests("org/absent", "latest")).expect(404);
            registry.ask("DELETE", blobs("org/absent", ABSENT)).expect(404);
        }
    }

    @Nested
    @DisplayName("Error codes")
    class Errors {
        @Test
        void anErrorIsJsonWithACodeOfTheSpecification() {
            JsonObject error = registry.get(manifests("org/absent", "latest"))
                    .expect(404)
                    .json()
                    .objects("errors")
                    .getFirst();
            assertThat(error.string("code")).isEqualTo("NAME_UNKNOWN");
            assertThat(error.string("message")).contains("org/absent");
        }

        @Test
        void aMethodThatThereIsNotIsUnsupported() {
            assertThat(registry.ask("POST", manifests(REPOSITORY, "x"))
                            .expect(405)
                            .code())
                    .isEqualTo("UNSUPPORTED");
            registry.ask("PUT", "/v2/" + REPOSITORY + "/tags/list").expect(405);
            registry.ask("GET", uploads(REPOSITORY)).expect(405);
        }

        @Test
        void anAddressOfNothingIsNotFound() {
            registry.get("/v2/org/app/nonsense").expect(404);
            registry.get("/elsewhere").expect(404);
        }

        @Test
        void layersOfAnyTypeAreTaken() {
            Digest config = registry.blob("{}");
            Digest layer = registry.blob("any");
            String json = TestRegistry.image(config, layer, "").replace(LAYER, "text/anything");
            registry.push(REPOSITORY, "any", MANIFEST, json).expect(201);
        }
    }
}
