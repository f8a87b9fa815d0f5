package dev.cairn.oci.remote;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    private static final String BEARER =
            "Bearer realm=\"https://auth.example/token\",service=\"a, \\\"b\\\"\", scope=x";

    @Test
    void aTokenGoesBeforeAPassword() {
        Challenge challenge = Challenge.choose(List.of("Basic realm=\"r\"", BEARER));

        assertThat(challenge.bearer()).isTrue();
        assertThat(challenge.parameters())
                .isEqualTo(Map.of("realm", "https://auth.example/token", "service", "a, \"b\"", "scope", "x"));
        assertThat(Challenge.choose(List.of("basic")).bearer()).isFalse();
        assertThat(Challenge.choose(List.of("Negotiate", "Bearer x"))).isNull();
    }

    @Test
    void damagedChallengesAreReadSomehow() {
        Mutations.of(
                BEARER.getBytes(ISO_8859_1),
                6,
                3000,
                bytes -> Challenge.choose(List.of(new String(bytes, ISO_8859_1))));
    }
}
