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
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/// One test for each requirement of OCI distribution-spec 1.1, in the order of its text.
class DistributionSpecTest {
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
