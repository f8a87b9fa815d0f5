package dev.cairn.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.digest.Digest;
import dev.cairn.testing.Mutations;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Digest A = Digest.of("a".getBytes(UTF_8));
    private static final Digest B = Digest.of("b".getBytes(UTF_8));

    @Test
    void aManifestHasOneByteFormAndReadsBack() {
        Manifest manifest = Manifest.of(
                Descriptor.of(MediaType.CONFIG, A, 7),
                List.of(Descriptor.of(MediaType.LAYER_GZIP, B, 9).withAnnotations(Map.of("z", "1", "a", "ü\"<"))),
                new TreeMap<>(Map.of("k2", "v", "k1", "v")));

        String json = new String(manifest.toJson(), UTF_8);

        assertThat(json)
                .isEqualTo("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"" + A
                        + "\",\"size\":7},\"layers\":[{\"mediaType\":"
                        + "\"application/vnd.oci.image.layer.v1.tar+gzip\",\"digest\":\"" + B + "\",\"size\":9,"
                        + "\"annotations\":{\"a\":\"ü\\\"<\",\"z\":\"1\"}}],"
                        + "\"annotations\":{\"k1\":\"v\",\"k2\":\"v\"}}");
        assertThat(Manifest.parse(manifest.toJson(), "m")).isEqualTo(manifest);
    }

    @Test
    void anIndexReadsBackAndFindsThePlatform() {
        Descriptor amd64 = Descriptor.of(MediaType.MANIFEST, A, 1).withPlatform(Platform.LINUX_AMD64);
        Descriptor arm64 = Descriptor.of(MediaType.MANIFEST, B, 2).withPlatform(Platform.parse("linux/arm64/v8"));
        Index index = Index.of(List.of(amd64, arm64));

        Index read = Index.parse(index.toJson(), "i");

        assertThat(read).isEqualTo(index);
        assertThat(read.find(Platform.LINUX_ARM64)).isEqualTo(arm64);
        assertThat(read.find(Platform.linux("s390x"))).isNull();
    }

    @Test
    void aConfigurationReadsBackWithEverythingInIt() {
        ImageConfig config = fullConfig();

        assertThat(ImageConfig.parse(config.toJson(), "c")).isEqualTo(config);
        assertThat(new String(config.toJson(), UTF_8))
                .startsWith("{\"created\":\"1970-01-01T00:00:00Z\",\"author\":\"me\",\"architecture\":\"arm64\","
                        + "\"os\":\"linux\",\"variant\":\"v8\",\"config\":{\"User\":\"65532:65532\","
                        + "\"ExposedPorts\":{\"443/tcp\":{},\"80/tcp\":{}},\"Env\":[\"B=1\",\"A=2\"]");
    }

    private static ImageConfig fullConfig() {
        Execution execution = Execution.NONE
                .withUser("65532:65532")
                .withExposedPorts(List.of("80/tcp", "443/tcp"))
                .withEnv(List.of("B=1", "A=2"))
                .withEntrypoint(List.of("/bin/x"))
                .withCmd(List.of("-v"))
                .withVolumes(List.of("/data"))
                .withWorkingDir("/srv")
                .withLabels(Map.of("b", "1", "a", "2"))
                .withStopSignal("SIGQUIT");
        return new ImageConfig(
                Instant.EPOCH,
                "me",
                Platform.parse("linux/arm64/v8"),
                execution,
                List.of(A, B),
                List.of(
                        ImageConfig.History.layer(Instant.ofEpochSecond(1_700_000_000), "cairn", null),
                        new ImageConfig.History(null, null, "me", "env", true)));
    }

    @Test
    void nullsThatGoWritesCountAsAbsent() {
        ImageConfig config = ImageConfig.parse(
                ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Entrypoint\":null,\"Cmd\":[\"sh\"],"
                                + "\"Labels\":null,\"Healthcheck\":{\"Test\":[\"NONE\"]}},"
                                + "\"created\":\"2024-02-03T04:05:06.123456789+01:00\","
                                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":null}}")
                        .getBytes(UTF_8),
                "c");

        assertThat(config.execution().entrypoint()).isEmpty();
        assertThat(config.execution().cmd()).containsExactly("sh");
        assertThat(config.created()).isEqualTo(Instant.parse("2024-02-03T03:05:06.123456789Z"));
        assertThat(Rfc3339.format(config.created())).isEqualTo("2024-02-03T03:05:06.123456789Z");
        assertThat(Rfc3339.format(Instant.parse("2024-02-03T03:05:06.120Z"))).isEqualTo("2024-02-03T03:05:06.12Z");
    }

    @Test
    void whatTwoReadersCouldReadDifferentlyIsRefused() {
        refused("{\"schemaVersion\":2,\"schemaVersion\":2}", "occurs twice");
        refused("{\"schemaVersion\":2,\"manifests\":[]}", "'manifests' of an index");
        refused("{\"schemaVersion\":1}", "only version 2");
        refused("{\"schemaVersion\":\"2\"}", "'schemaVersion' is a string, expected an integer");
        refused("{\"schemaVersion\":2} {}", "behind the JSON document");
        refused("{\"schemaVersion\":2", "not JSON");
        refused("[]", "expected a JSON object");
        refused("", "ends too early");
        refused("{\"schemaVersion\":2,\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}", "not JSON");
        assertThatThrownBy(() -> Index.parse("{\"schemaVersion\":2,\"layers\":[]}".getBytes(UTF_8), "i"))
                .hasMessageContaining("keys of a manifest");
        assertThatThrownBy(() -> Manifest.parse(new byte[Manifest.LONGEST + 1], "m"))
                .hasMessageContaining("at most 4194304");
        assertThatThrownBy(() -> Manifest.parse(("[" + "0,".repeat(100_000) + "0]").getBytes(UTF_8), "m"))
                .hasMessageContaining("too many values");
    }

    private static void refused(String json, String message) {
        assertThatThrownBy(() -> Manifest.parse(json.getBytes(UTF_8), "m"))
                .isInstanceOf(OciException.class)
                .hasMessageStartingWith("m")
                .hasMessageContaining(message);
    }

    @Test
    void badDigestsAndSizesAreRefusedWithTheirPlace() {
        String layer = "{\"mediaType\":\"a/b\",\"digest\":\"sha256:1\",\"size\":1}";
        refused(
                "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"" + A
                        + "\",\"size\":1},\"layers\":[" + layer + "]}",
                "layers[0].digest: not a sha256 digest");
        assertThatThrownBy(() -> Descriptor.of("a/b", A, -1)).isInstanceOf(OciException.class);
        assertThatThrownBy(() -> Descriptor.of("nothing", A, 1)).hasMessageContaining("not a media type");
    }

    @Test
    void damagedDocumentsAreReadOrRefusedButNothingElse() {
        byte[] manifest = Manifest.of(
                        Descriptor.of(MediaType.CONFIG, A, 7),
                        Collections.nCopies(3, Descriptor.of(MediaType.LAYER_GZIP, B, 9)))
                .toJson();
        byte[] index = Index.of(List.of(Descriptor.of(MediaType.MANIFEST, A, 1).withPlatform(Platform.LINUX_AMD64)))
                .toJson();
        byte[] config = fullConfig().toJson();

        Mutations.of(
                manifest,
                1,
                4000,
                bytes -> orRefused(() -> Manifest.parse(bytes, "m").toJson()));
        Mutations.of(
                index, 2, 4000, bytes -> orRefused(() -> Index.parse(bytes, "i").toJson()));
        Mutations.of(
                config,
                3,
                4000,
                bytes -> orRefused(() -> ImageConfig.parse(bytes, "c").toJson()));
    }

    private static void orRefused(Runnable trial) {
        try {
            trial.run();
        } catch (OciException e) {
            assertThat(e).hasMessage(e.getMessage());
        }
    }
}
