package dev.cairn.builder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.Mutations;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedirectedImagesTest {
    private final RedirectedImages images = new RedirectedImages(
            List.of(new Redirect("docker.io", "127.0.0.1:5000"), new Redirect("quay.io", "127.0.0.1:5001/q")));

    private String in(String text) {
        return new String(images.in(text.getBytes(UTF_8)), UTF_8);
    }

    @Test
    void basesAndCopiedImagesMoveAndStagesStay() {
        assertThat(in("""
                FROM --platform=linux/amd64 python:3.13 AS build
                COPY --from=quay.io/team/tool:1 /t /t
                FROM build
                COPY --from=build /a /a
                COPY --from=0 /b /b
                COPY --chown=1 --from=busybox /bin/sh /bin/sh
                FROM ghcr.io/o/x:1
                FROM scratch
                FROM ${BASE}
                """)).isEqualTo("""
                FROM --platform=linux/amd64 127.0.0.1:5000/library/python:3.13 AS build
                COPY --from=127.0.0.1:5001/q/team/tool:1 /t /t
                FROM build
                COPY --from=build /a /a
                COPY --from=0 /b /b
                COPY --chown=1 --from=127.0.0.1:5000/library/busybox:latest /bin/sh /bin/sh
                FROM ghcr.io/o/x:1
                FROM scratch
                FROM ${BASE}
                """);
    }

    @Test
    void anyBytesAreFine() {
        byte[] seed = "FROM a:1 AS b\nCOPY --from=c:1 / /\nFROM b\n".getBytes(UTF_8);
        Mutations.of(seed, 7, 2_000, bytes -> assertThat(images.in(bytes)).isNotNull());
    }

    @Test
    void aPlaceThatCouldNotBeWrittenIntoAConfigurationIsRefused() {
        assertThatThrownBy(() -> new Redirect("docker.io\"", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThat(ContainersBuild.registries(List.of(new Redirect("docker.io", "127.0.0.1:5000/my.co"))))
                .contains("prefix = \"docker.io\"\nlocation = \"127.0.0.1:5000/my.co\"\ninsecure = true\n")
                .contains("[[registry]]\nlocation = \"127.0.0.1:5000\"\ninsecure = true\n");
    }
}
