package dev.cairn.migrate.dockerfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.migrate.dockerfile.PinnedImages.Pin;
import dev.cairn.testing.Mutations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinnedImagesTest {
    private static final String FILE = """
            ARG V=1
            FROM --platform=$P registry/my.co/python:3.12.4-dev@sha256:aa AS a
            FROM registry/my.co/python:3.12
            FROM registry/my.co/go:${V}
            FROM python:3.12.4
            COPY --from=registry/my.co/tool:1.2.3 /a /b
            """;

    @Test
    void findsWhatIsPinned() {
        List<Pin> pins = PinnedImages.of(FILE.getBytes(UTF_8), "registry/my.co");
        assertThat(pins).extracting(Pin::version).containsExactly(":3.12.4-dev@sha256:aa", ":1.2.3");
        assertThat(pins).extracting(Pin::line).containsExactly(2, 6);
        assertThat(PinnedImages.with(FILE.getBytes(UTF_8), pins, List.of(":3.12.9-dev", ":1.2.4"))
                        .chars())
                .isEqualTo(FILE.replace("3.12.4-dev@sha256:aa", "3.12.9-dev").replace("1.2.3", "1.2.4"));
    }

    @ParameterizedTest
    @CsvSource({
        "3.12.4-dev, 3.12.10-dev",
        "3.12.4, 3.12.9",
        "3.11.1, 3.11.1",
        "3.12, 3.12",
        "latest, latest",
        "openjdk-21.0.1, openjdk-21.0.3",
        "1.2.3-r4, 1.2.3-r12",
        "v1.0.0, v1.0.2"
    })
    void theNewestInItsLine(String tag, String newest) {
        List<String> tags = List.of(
                "3.12.9",
                "3.12.10-dev",
                "3.12.5-dev",
                "3.13.0",
                "3.13.0-dev",
                "3.12",
                "latest",
                "4.0.0",
                "openjdk-21.0.3",
                "openjdk-22.0.1",
                "1.2.3-r12",
                "1.2.3-r4",
                "1.2.3-r4-dev",
                "v1.0.2",
                "v1.1.0",
                "3.12.99999999999");
        assertThat(PinnedImages.newest(tag, tags)).isEqualTo(newest);
    }

    @Test
    void anyBytesAreRead() {
        Mutations.of(FILE.getBytes(UTF_8), 9, 5_000, damaged -> {
            List<Pin> pins = PinnedImages.of(damaged, "registry/my.co");
            List<String> same = pins.stream().map(Pin::version).toList();
            assertThat(PinnedImages.with(damaged, pins, same).bytes()).isEqualTo(damaged);
        });
    }
}
