package dev.cairn.migrate.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.dockerfile.Dockerfile.Reading;
import dev.cairn.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerfileReaderTest {
    @Test
    void knowsWhereEachWordIs() {
        Dockerfile file =
                read("\ufeff# syntax=docker/dockerfile:1\r\nFROM --platform=$P \\\r\n  # which\r\n\r\n a:1 as  b\r\n");
        Instruction from = file.instructions().getFirst();
        assertThat(file.source().slice(from.keywordRange())).isEqualTo("FROM");
        assertThat(from.flag("platform")).isEqualTo("$P");
        assertThat(from.flag("plat")).isNull();
        assertThat(file.source().slice(from.arguments().getFirst().range())).isEqualTo("a:1");
        assertThat(file.line(from)).isEqualTo(2);
        Stage stage = Stage.of(file).getFirst();
        assertThat(stage.isNamed("B")).isTrue();
        assertThat(stage.image().value()).isEqualTo("a:1");
    }

    @Test
    void continuationsJoinWithoutABlank() {
        Dockerfile file = read("FROM x\nRUN apt-get in\\\n# no\nstall \\  \n\n curl\nUSER 1");
        Instruction run = file.instructions().get(1);
        assertThat(run.body().text()).isEqualTo("apt-get install  curl");
        ByteRange install = run.body().range(8, 15);
        assertThat(file.source().slice(install)).isEqualTo("in\\\n# no\nstall");
        assertThat(run.body().contiguous(8, 15)).isFalse();
        assertThat(file.source().slice(run.range())).endsWith("curl");
    }

    @Test
    void hereDocumentsHaveTheirPlaces() {
        Dockerfile file = read("FROM x\nRUN <<-'A' cat <<B\n\tone\n\tA\ntwo\nB\nONBUILD RUN <<C\nthree\nC");
        Instruction run = file.instructions().get(1);
        assertThat(run.heredocs()).extracting(Heredoc::name).containsExactly("A", "B");
        assertThat(run.heredocs()).extracting(Heredoc::expand).containsExactly(false, true);
        assertThat(file.source().slice(run.heredocs().getFirst().content())).isEqualTo("\tone\n");
        assertThat(file.source().slice(run.range())).endsWith("two\nB");
        Instruction onbuild = file.instructions().get(2);
        assertThat(onbuild.trigger()).isNotNull();
        assertThat(file.source().slice(onbuild.heredocs().getFirst().content())).isEqualTo("three\n");
    }

    @Test
    void execFormsHaveTheirStrings() {
        Dockerfile file = read("FROM x\nCMD [ \"a\\u0041\", \\\n \"b\" ]\nRUN [ \"a\", ]\n");
        Instruction cmd = file.instructions().get(1);
        assertThat(cmd.json()).isTrue();
        assertThat(cmd.arguments()).extracting(Word::value).containsExactly("aA", "b");
        assertThat(file.source().slice(cmd.arguments().get(1).range())).isEqualTo("\"b\"");
        assertThat(file.instructions().get(2).json()).isFalse();
    }

    @Test
    void environmentPairsHaveTheirPlaces() {
        Dockerfile file = read("FROM x\nENV A=1 B=\"2 3\"\\\n C=4\n");
        Instruction env = file.instructions().get(1);
        assertThat(env.arguments())
                .extracting(Word::value)
                .containsExactly("A", "1", "=", "B", "\"2 3\"", "=", "C", "4", "=");
        assertThat(file.source().slice(env.arguments().get(4).range())).isEqualTo("\"2 3\"");
    }

    @Test
    void saysWhyAFileIsRefused() {
        assertThat(Dockerfile.read(bytes("FROM x\nRUN [1]\n")))
                .isEqualTo(new Reading.Refused(
                        2, "when using JSON array syntax, arrays must be comprised of strings only"));
        assertThat(Dockerfile.read(bytes("FROM x\nENV A\n")))
                .isEqualTo(new Reading.Refused(2, "ENV must have two arguments"));
        assertThat(Dockerfile.read(new byte[0])).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void argumentsAreSubstituted() {
        Map<String, String> values = Map.of("REG", "docker.io", "E", "");
        assertThat(Substitution.apply("${REG}/python:$V", values)).isNull();
        assertThat(Substitution.apply("${REG}/python:${V:-3.12}", values)).isEqualTo("docker.io/python:3.12");
        assertThat(Substitution.apply("${E:-a}${E-b}${E+c}${REG:+d}", values)).isEqualTo("acd");
        assertThat(Substitution.apply("${REG#x}", values)).isNull();
        assertThat(Substitution.apply("${REG", values)).isNull();
    }

    @Test
    void anyBytesAreRead() {
        String text =
                "\ufeff# escape=`\nARG V=1\nFROM --platform=$P a:${V} AS b\r\nRUN --mount=type=cache,target=/x a `\n"
                        + "# c\n b <<EOF && cat <<-'E 2'\nbody\nEOF\n\tE 2\nCMD [\"a\", \"\\u00e4\", [1, {\"x\": -1.5e3}]]\n"
                        + "ENV a=\"b c\" d='e'\nONBUILD COPY <<X /y\nz\nX\nHEALTHCHECK --interval=5s CMD true";
        Mutations.of(bytes(text), 1, 20_000, damaged -> {
            if (Dockerfile.read(damaged) instanceof Reading.Read(Dockerfile file)) {
                int last = 0;
                for (Instruction instruction : file.instructions()) {
                    assertThat(instruction.range().start()).isGreaterThanOrEqualTo(last);
                    last = instruction.range().end();
                }
                assertThat(file.source().bytes()).isEqualTo(damaged);
                assertThat(Stage.of(file).size())
                        .isLessThanOrEqualTo(file.instructions().size());
            }
        });
    }

    private static Dockerfile read(String text) {
        return ((Reading.Read) Dockerfile.read(bytes(text))).file();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
