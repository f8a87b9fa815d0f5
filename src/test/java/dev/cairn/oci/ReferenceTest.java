package dev.cairn.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx:latest, nginx",
        "nginx:1.27, docker.io/library/nginx:1.27, nginx:1.27",
        "me/app, docker.io/me/app:latest, me/app",
        "docker.io/nginx, docker.io/library/nginx:latest, nginx",
        "index.docker.io/me/app:1, docker.io/me/app:1, me/app:1",
        "localhost/app, localhost/app:latest, localhost/app:latest",
        "localhost:5000/app, localhost:5000/app:latest, localhost:5000/app:latest",
        "127.0.0.1:5000/a/b/c:x, 127.0.0.1:5000/a/b/c:x, 127.0.0.1:5000/a/b/c:x",
        "[::1]:5000/a:x, [::1]:5000/a:x, [::1]:5000/a:x",
        "example.com/a__b/c.d-e--f:V1_2.3-4, example.com/a__b/c.d-e--f:V1_2.3-4, example.com/a__b/c.d-e--f:V1_2.3-4",
        "library/a/b, docker.io/library/a/b:latest, library/a/b",
    })
    void readsAsDockerDoes(String text, String full, String familiar) {
        Reference reference = Reference.parse(text);

        assertThat(reference.toString()).isEqualTo(full);
        assertThat(reference.familiar()).isEqualTo(familiar);
        assertThat(Reference.parse(full)).isEqualTo(reference);
        assertThat(Reference.parse(familiar)).isEqualTo(reference);
    }

    @Test
    void aDigestGoesBeforeTheTag() {
        Reference both = Reference.parse("host.example/app:1@" + DIGEST);

        assertThat(both.tag()).isEqualTo("1");
        assertThat(both.identifier()).isEqualTo(DIGEST);
        assertThat(both.withTag("2").toString()).isEqualTo("host.example/app:2");
        assertThat(Reference.parse("app@" + DIGEST).tag()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "/",
                "a/",
                "/a",
                "A",
                "me/App",
                "a..b",
                "a___b",
                "a-",
                "-a",
                "a:",
                "a:-x",
                "a:.x",
                "a b",
                "a@sha256:1",
                "host.example:port/a",
                "host.example:99999/a",
                "a/../b",
                "a//b",
                "host_x.example/a",
                "a:b:c",
                "a@",
                "ä"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Reference.parse(text))
                .isInstanceOf(OciException.class)
                .hasMessageStartingWith("not an image reference");
    }
}
