package dev.cairn.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void aTagWithTheMinuteOfItsBuildNeverMoves() {
        for (String tag : List.of("3.13-202611231845", "1-199901010000", "a.b-c-202612312359")) {
            assertThat(Tags.isImmutable(tag)).as(tag).isTrue();
        }
        for (String tag : List.of(
                "latest",
                "3.13",
                "202611231845",
                "-202611231845",
                "3-202613231845",
                "3-202611321845",
                "3-202611232445",
                "3-202611231860",
                "3-20261123184",
                "3-2026112318455",
                "3-00001123184x")) {
            assertThat(Tags.isImmutable(tag)).as(tag).isFalse();
        }
    }

    @Test
    void scopesAreReadAndCoverWhatTheySay() {
        Scope scope = Scope.parse("my.co/*:pull,push");
        assertThat(scope.covers(new RepositoryName("my.co/a/b"), Action.PULL)).isTrue();
        assertThat(scope.covers(new RepositoryName("my.co/a"), Action.LIST)).isTrue();
        assertThat(scope.covers(new RepositoryName("my.co/a"), Action.DELETE)).isFalse();
        assertThat(scope.covers(new RepositoryName("my.company/a"), Action.PULL))
                .isFalse();
        assertThat(Scope.parse(scope.toString())).isEqualTo(scope);
        assertThat(Scope.parse("my.co/a:*").actions()).contains(Action.PULL, Action.PUSH, Action.DELETE);
        assertThat(Scope.parse("my.co/a:*").actions()).doesNotContain(Action.MANAGE);
        for (String text : List.of("", "a", "a:", "a:fly", "A:pull", "a*:pull", "*/a:pull", "a/:pull", "a/**:pull")) {
            assertThatThrownBy(() -> Scope.parse(text)).as(text).isInstanceOf(DistributionException.class);
        }
    }

    @Test
    void anOrganisationIsTheFirstComponent() {
        assertThat(new RepositoryName("my.co/a/b").organisation()).isEqualTo("my.co");
        assertThat(new RepositoryName("alone").organisation()).isEqualTo("alone");
    }

    @Test
    void mutatedManifestsAreReadOrRefused() {
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
                        + "\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"sha256:"
                        + "ab".repeat(32) + "\",\"size\":2},\"layers\":[],\"annotations\":{\"a\":\"b\"}}")
                .getBytes(StandardCharsets.UTF_8);
        Mutations.of(manifest, 7, 20_000, bytes -> {
            try {
                ManifestFacts.read(bytes, null);
            } catch (DistributionException refused) {
                assertThat(refused.code()).isEqualTo(DistributionException.Code.MANIFEST_INVALID);
            }
        });
    }
}
