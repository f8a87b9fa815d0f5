package dev.cairn.oci.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Layer;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Platform;
import dev.cairn.oci.Reference;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {
    private static final RegistryOptions OPTIONS = RegistryOptions.ANONYMOUS.withRetries(3, Duration.ofMillis(1));

    private final Layer a = SmallImages.file("a", "first");
    private final Layer b = SmallImages.file("b", "second");
    private final Image image = SmallImages.image(a, b);
    private FakeRegistry registry;
    private RegistryClient client;

    @BeforeEach
    void start() throws IOException {
        registry = FakeRegistry.start();
        client = new RegistryClient(OPTIONS);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Reference at(String name) {
        return Reference.parse(registry.host() + "/" + name);
    }

    private RegistryClient as(Credential credential) {
        return new RegistryClient(OPTIONS.withCredentials((host, repository) -> credential));
    }

    @Test
    void anImageIsPushedAndPulled() throws IOException {
        assertThat(client.push(at("team/app:1"), image)).isEqualTo(image.digest());

        Image pulled = client.image(at("team/app:1"), Platform.LINUX_AMD64);

        assertThat(pulled.digest()).isEqualTo(image.digest());
        assertThat(pulled.layers().getFirst().blob().readAll(10_000))
                .isEqualTo(a.blob().readAll(10_000));
        assertThat(client.find(at("team/app:1")).digest()).isEqualTo(image.digest());
        assertThat(client.find(at("team/app:2"))).isNull();
        assertThatThrownBy(() -> client.manifest(at("team/app:2")))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(RegistryException.Code.NOT_FOUND))
                .hasMessageContaining("status 404: MANIFEST_UNKNOWN (no such manifest)");
    }

    @Test
    void onlyMissingBlobsTravel() throws IOException {
        client.push(at("app:1"), image);
        registry.requests.clear();

        new RegistryClient(OPTIONS).push(at("app:2"), SmallImages.image(a, b, SmallImages.file("c", "third")));

        assertThat(registry.count("PUT /v2/app/blobs/")).isEqualTo(2); // the new layer and the configuration
        registry.requests.clear();
        new RegistryClient(OPTIONS).push(at("app:1"), image);
        assertThat(registry.count("POST")).isZero();
    }

    @Test
    void blobsAreMountedFromARepositoryThatHasThem() throws IOException {
        registry.auth = "bearer";
        RegistryClient me = as(new Credential.Password("me", "secret"));
        me.push(at("one:1"), image);
        registry.requests.clear();

        me.push(at("two:1"), image);

        assertThat(registry.count("PUT /v2/two/blobs/")).isZero();
        assertThat(registry.count("POST /v2/two/blobs/uploads/?mount=sha256:")).isEqualTo(3);
        assertThat(registry.count("GET /token?service=fake%2C+registry&scope=repository%3Aone%3Apull&scope="))
                .isGreaterThan(0);
        assertThat(registry.blob("two", a.blob().digest())).isNotNull();
    }

    @Test
    void aMountThatDoesNotWorkIsAnUpload() throws IOException {
        client.mayMount(at("nowhere"), a.blob().digest());
        client.push(at("app:1"), image);

        assertThat(registry.blob("app", a.blob().digest())).isEqualTo(a.blob().readAll(10_000));
    }

    @Test
    void whatIsTooLargeForOneRequestGoesInChunks() throws IOException {
        byte[] bytes = new byte[(16 << 20) + 1000];
        new Random(1).nextBytes(bytes);
        registry.largestBody = 16 << 20;
        Blob blob = Blob.of(bytes, MediaType.LAYER_GZIP);
        List<Long> progress = new CopyOnWriteArrayList<>();
        TransferListener listener = new TransferListener() {
            @Override
            public void progress(Descriptor content, long sent) {
                progress.add(sent);
            }
        };

        new RegistryClient(OPTIONS.withListener(listener)).pushBlob(at("app"), blob);

        assertThat(registry.blob("app", blob.digest())).isEqualTo(bytes);
        assertThat(registry.count("PATCH")).isEqualTo(2);
        assertThat(progress).last().isEqualTo((long) bytes.length);
    }

    @Test
    void passwordsWorkWithAndWithoutTokens() throws IOException {
        for (String auth : new String[] {"basic", "bearer"}) {
            registry.auth = auth;
            as(new Credential.Password("me", "secret")).push(at(auth + ":1"), image);
            assertThat(registry.blob(auth, a.blob().digest())).isNotNull();
            assertThatThrownBy(() -> as(new Credential.Password("me", "wr0ng")).push(at(auth + ":2"), image))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(RegistryException.Code.DENIED))
                    .hasMessageContaining("try: docker login " + registry.host())
                    .hasMessageNotContaining("wr0ng");
        }
    }

    @Test
    void aTokenIsAskedForOnceForEachScope() throws IOException {
        registry.auth = "bearer";
        as(new Credential.Password("me", "secret")).push(at("app:1"), image);
        registry.requests.clear();

        RegistryClient anonymous = new RegistryClient(OPTIONS);
        anonymous
                .image(at("app:1"), Platform.LINUX_AMD64)
                .layers()
                .getFirst()
                .blob()
                .readAll(10_000);

        assertThat(registry.count("GET /token")).isEqualTo(1);
        assertThatThrownBy(() -> anonymous.push(at("app:2"), SmallImages.image(SmallImages.file("x", "y"))))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("UNAUTHORIZED");
    }

    @Test
    void anIdentityTokenIsExchanged() throws IOException {
        registry.auth = "bearer";
        as(new Credential.IdentityToken("refresh")).push(at("app:1"), image);

        assertThat(registry.blob("app", a.blob().digest())).isNotNull();
        assertThat(registry.count("POST /token")).isGreaterThan(0);
    }

    @Test
    void anotherHostDoesNotGetTheToken() throws IOException {
        registry.auth = "bearer";
        RegistryClient me = as(new Credential.Password("me", "secret"));
        me.push(at("app:1"), image);
        registry.redirects = true;

        Image pulled = me.image(at("app:1"), Platform.LINUX_AMD64);

        assertThat(pulled.layers().getLast().blob().readAll(10_000))
                .isEqualTo(b.blob().readAll(10_000));
        assertThat(registry.count("GET /elsewhere/")).isGreaterThan(0);
    }

    @Test
    void passingTroubleIsRetriedAndLastingTroubleReported() throws IOException {
        registry.failWith(503, 429);
        client.push(at("app:1"), image);
        assertThat(client.find(at("app:1"))).isNotNull();

        registry.failWith(500, 500, 500);
        assertThatThrownBy(() -> client.find(at("app:1")))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.code()).isEqualTo(RegistryException.Code.UNAVAILABLE))
                .hasMessageContaining("status 500");
        Reference nobody = at("app:1");
        registry.close();
        assertThatThrownBy(() -> client.find(nobody))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("attempt 3");
    }

    @Test
    void aBrokenDownloadIsTakenUpWhereItBroke() throws IOException {
        byte[] bytes = new byte[1 << 20];
        new Random(2).nextBytes(bytes);
        registry.putBlob("app", bytes);
        registry.cuts.set(2);

        Blob blob = client.blob(at("app"), Descriptor.of(MediaType.LAYER_GZIP, bytes));

        assertThat(blob.readAll(1 << 20)).isEqualTo(bytes);
        assertThat(registry.count("GET /v2/app/blobs/")).isEqualTo(3);
    }

    @Test
    void wrongBytesAreFound() throws IOException {
        client.push(at("app:1"), image);
        registry.putWrongBlob("app", a.blob().digest(), new byte[(int) a.blob().size()]);
        Image pulled = client.image(at("app:1"), Platform.LINUX_AMD64);
        assertThatThrownBy(() -> pulled.layers().getFirst().blob().readAll(10_000))
                .isInstanceOf(OciException.class);

        Digest other = Digest.of(new byte[] {1});
        registry.putManifest(
                "app", other.toString(), MediaType.MANIFEST, image.manifest().toJson());
        assertThatThrownBy(() -> client.manifest(at("app").withDigest(other))).isInstanceOf(OciException.class);
    }

    @Test
    void anIndexIsPushedWithAllItsImages() throws IOException {
        Image arm = SmallImages.image(Platform.LINUX_ARM64, b);
        ImageIndex index = ImageIndex.of(List.of(image, arm));
        client.push(at("app:multi"), index);

        assertThat(client.image(at("app:multi"), Platform.LINUX_ARM64).digest()).isEqualTo(arm.digest());
        assertThat(client.index(at("app:multi")).images()).hasSize(2);
        assertThat(client.find(at("app:multi")).digest()).isEqualTo(index.digest());
        assertThatThrownBy(() -> client.image(at("app:multi"), Platform.linux("mips")))
                .hasMessageContaining("has no image for linux/mips");
    }

    @Test
    void allPagesOfTagsAreRead() throws IOException {
        for (String tag : List.of("1", "2", "3", "4", "5")) {
            registry.putManifest("app", tag, MediaType.MANIFEST, new byte[0]);
        }
        assertThat(client.tags(at("app"))).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void referrersAreFoundWithAndWithoutTheirApi() throws IOException {
        for (boolean api : new boolean[] {true, false}) {
            registry.referrersApi = api;
            Reference reference = at("app" + api + ":1");
            client.push(reference, image);
            Blob empty = Blob.of(new byte[] {'{', '}'}, MediaType.EMPTY);
            client.pushBlob(reference, empty);
            Manifest about = new Manifest(
                    MediaType.MANIFEST,
                    "application/example",
                    empty.descriptor(),
                    List.of(),
                    image.descriptor().withPlatform(null),
                    Collections.emptySortedMap());
            Blob blob = Blob.of(about.toJson(), MediaType.MANIFEST);
            client.pushManifest(reference.withDigest(blob.digest()), blob);

            assertThat(client.referrers(reference, image.digest(), "application/example"))
                    .extracting(Descriptor::digest)
                    .containsExactly(blob.digest());
            assertThat(client.referrers(reference, image.digest(), "application/other"))
                    .isEmpty();
            assertThat(client.tags(reference)).hasSize(api ? 1 : 2);
        }
    }
}
