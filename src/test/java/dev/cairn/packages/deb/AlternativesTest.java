package dev.cairn.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlternativesTest {
    /// With what postinst scripts really do: continued lines, loops over variables, conditions, commands' output.
    private static final String SCRIPT = """
            #!/bin/sh
            set -e
            base=/usr/lib/jvm/seven   # where it lives
            priority=70
            tools='java
              keytool'
            case "$1" in
            configure|triggered)
                if [ "$ARCH" != "$(dpkg --print-architecture)" ]; then priority=$(expr $priority - 1); fi
                for i in $tools; do
                    unset follow
                    if [ -e $base/man/$i.1 ]; then
                        follow="--slave \\
                            /usr/share/man/man1/$i.1 $i.1 \\
                            $base/man/$i.1"
                    fi
                    update-alternatives --quiet --install /usr/bin/$i ${i} "$base/bin/$i" $priority $follow
                done
                ;;
            esac
            /usr/bin/update-alternatives --install /usr/bin/awk awk /usr/bin/mawk 5 \\
                --slave /usr/bin/nawk nawk /usr/bin/mawk || true
            update-alternatives --remove java $base/bin/java
            """;

    private static List<Alternative> read(String script) {
        return Alternatives.of(script.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void declarationsAreReadThroughVariablesAndLoops() {
        assertThat(read(SCRIPT))
                .containsExactly(
                        new Alternative("/usr/bin/java", "java", "/usr/lib/jvm/seven/bin/java", 70, follower("java")),
                        new Alternative(
                                "/usr/bin/keytool",
                                "keytool",
                                "/usr/lib/jvm/seven/bin/keytool",
                                70,
                                follower("keytool")),
                        new Alternative(
                                "/usr/bin/awk",
                                "awk",
                                "/usr/bin/mawk",
                                5,
                                List.of(new Alternative.Follower("/usr/bin/nawk", "nawk", "/usr/bin/mawk"))));
    }

    private static List<Alternative.Follower> follower(String name) {
        return List.of(new Alternative.Follower(
                "/usr/share/man/man1/" + name + ".1", name + ".1", "/usr/lib/jvm/seven/man/" + name + ".1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update-alternatives --install /usr/bin/x x /usr/bin/$(uname) 5",
                "update-alternatives --install /usr/bin/x x `which x` 5",
                "update-alternatives --install /usr/bin/x x /usr/bin/$NEVER_SET 5",
                "x=a; update-alternatives --install /usr/bin/x x /usr/bin/${x%b} 5",
                "update-alternatives --install /usr/bin/x x /usr/../etc/shadow 5",
                "update-alternatives --install /usr/bin/x ../x /usr/bin/y 5",
                "update-alternatives --install usr/bin/x x /usr/bin/y 5",
                "update-alternatives --install /usr/bin/x x /usr/bin/y high",
                "update-alternatives --install /usr/bin/x x",
                "# update-alternatives --install /usr/bin/x x /usr/bin/y 5",
                "echo 'update-alternatives --install /usr/bin/x x /usr/bin/y 5'",
                "x=y; for i in 1 2 3; do x=$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x$x"
                        + "$x$x$x$x$x$x; done; update-alternatives --install /b x /usr/bin/$x 5"
            })
    void whatIsNotKnownOrNotSoundIsPassedOver(String script) {
        assertThat(read(script)).allMatch(each -> each.path().length() > 1000);
    }

    @Test
    void loopsEnd() {
        String nested = "for i in 1 2 3 4 5 6 7 8 9; do ".repeat(30) + "update-alternatives --install /a a /b$i 1; "
                + "done; ".repeat(30);

        assertThat(read(nested)).hasSizeLessThanOrEqualTo(9);
    }

    @Test
    void damagedScriptsAreSurvived() {
        Mutations.of(
                SCRIPT.getBytes(StandardCharsets.UTF_8),
                20261127,
                2000,
                damaged -> assertThat(Alternatives.of(damaged))
                        .allMatch(each -> each.link().startsWith("/")));
    }
}
