package dev.cairn.migrate.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.BuiltInCatalogue;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageCheckTest {
    private static final String BEFORE = "FROM debian:12\nRUN apt-get install -y curl libssl-dev\n";

    @Test
    void namesThatAreMissingOrDoNotExistAreFound() {
        assertThat(check(BEFORE, "FROM x\nRUN apk add curl openssl-dev\n")).isEmpty();
        assertThat(check(BEFORE, "FROM x\nRUN apk add curl\n"))
                .containsExactly("libssl-dev should be [openssl-dev], of which something is not written");
        assertThat(check(BEFORE, "FROM x\nRUN apk add curl openssl-dev ghost\n"))
                .containsExactly("ghost is written, but wolfi has it not");
        assertThat(check("FROM debian:12\nRUN apt-get install -y nobody\n", "FROM x\nRUN apk add curl\n"))
                .containsExactly("nobody is not known, and its stage was converted");
    }

    private static List<String> check(String before, String after) {
        Target.Names names = new Target.Names() {
            @Override
            public Outcome outcome(String name, Distribution from, Distribution to) {
                return TestTargets.outcome(name, from, to);
            }

            @Override
            public boolean exists(String name, Distribution to) {
                return !name.equals("ghost");
            }
        };
        Target target =
                new Target("registry/my.co", Distribution.WOLFI, new BuiltInCatalogue(Distribution.WOLFI), names);
        Dockerfile old = read(before);
        Dockerfile now = read(after);
        return PackageCheck.of(
                        target,
                        old,
                        Stage.of(old).getFirst(),
                        now,
                        Stage.of(now).getFirst())
                .stream()
                .map(PropertyCheck.Violation::detail)
                .toList();
    }

    private static Dockerfile read(String text) {
        return Dockerfile.read(text.getBytes(StandardCharsets.UTF_8))
                        instanceof Dockerfile.Reading.Read(Dockerfile file)
                ? file
                : null;
    }
}
