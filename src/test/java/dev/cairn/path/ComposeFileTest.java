package dev.cairn.path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.path.ComposeFile.Service;
import dev.cairn.testing.Mutations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ComposeFileTest {
    private static final String SHOP = """
            services:
              web:
                build: ./web
                depends_on: [api, db]
              api:
                build: {context: ., dockerfile: api/Dockerfile}
                command: ["serve", "--port", "80"]
                environment:
                  - A=1=2
                  - PASSED_ON
                depends_on:
                  db: {condition: service_healthy}
              db:
                image: postgres:15
                command: postgres -c fsync=off
                environment: {POSTGRES_USER: shop, POSTGRES_PORT: 5432}
            """;

    @Test
    void servicesComeInTheOrderInWhichTheyWait() {
        ComposeFile file = Objects.requireNonNull(ComposeFile.parse(SHOP));
        assertThat(file.services()).extracting(Service::name).containsExactly("db", "api", "web");
    }

    @Test
    void whatIsBuiltAndWhatIsPulled() {
        ComposeFile file = Objects.requireNonNull(ComposeFile.parse(SHOP));
        Service db = file.services().get(0);
        assertThat(db.isBuilt()).isFalse();
        assertThat(db.image()).isEqualTo("postgres:15");
        assertThat(db.command()).containsExactly("postgres", "-c", "fsync=off");
        assertThat(db.environment()).isEqualTo(Map.of("POSTGRES_USER", "shop", "POSTGRES_PORT", "5432"));
        Service api = file.services().get(1);
        assertThat(api.environment()).isEqualTo(Map.of("A", "1=2"));
        assertThat(api.command()).containsExactly("serve", "--port", "80");
        assertThat(file.context("api/Dockerfile")).isEqualTo(".");
        assertThat(file.context("web/Dockerfile")).isEqualTo("web");
        assertThat(file.context("other/Dockerfile")).isNull();
    }

    @Test
    void aCircleEnds() {
        String circle = "services: {a: {image: a, depends_on: [b]}, b: {image: b, depends_on: [a]}}";
        ComposeFile file = Objects.requireNonNull(ComposeFile.parse(circle));
        assertThat(file.services()).extracting(Service::name).containsExactly("b", "a");
    }

    @Test
    void whatIsNoComposeFileIsNone() {
        for (String each : List.of("", "a: b", "services: [a]", "services: {", "- x", "\u0000")) {
            ComposeFile file = ComposeFile.parse(each);
            assertThat(file == null || file.services().isEmpty()).as(each).isTrue();
        }
    }

    @Test
    void survivesDamage() {
        Mutations.of(SHOP.getBytes(UTF_8), 11, 3_000, damaged -> ComposeFile.parse(new String(damaged, UTF_8)));
    }
}
