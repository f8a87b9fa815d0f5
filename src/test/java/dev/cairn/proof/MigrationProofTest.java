package dev.cairn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.inspect.ImageDifference;
import dev.cairn.inspect.Inspector;
import dev.cairn.oci.Execution;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.Layer;
import dev.cairn.oci.Platform;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationProofTest {
    private static final Conduct SERVES = new Conduct(
            null, "listening on 8000, pid 17\n", new TreeSet<>(Set.of(8000)), new Conduct.Smoke(0, "hello"));

    private static MigrationProof.Side side(Execution execution, Conduct conduct, String... files) throws IOException {
        Layer[] layers =
                List.of(files).stream().map(f -> SmallImages.file(f, f)).toArray(Layer[]::new);
        Image image = Image.of(
                ImageConfig.of(
                        Instant.EPOCH,
                        Platform.LINUX_AMD64,
                        execution,
                        List.of(layers).stream().map(Layer::diffId).toList()),
                List.of(layers));
        return new MigrationProof.Side(Inspector.inspect(image, true, left -> {}), conduct);
    }

    private static Execution shellForm() {
        return Execution.NONE
                .withCmd(List.of("/bin/sh", "-c", "exec python app.py"))
                .withEnv(List.of("NAME=world", "PYTHON_VERSION=3.12"));
    }

    private static Row row(MigrationProof proof, String name) {
        return proof.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatTheStepsMeanIsIntended() throws IOException {
        Execution after = Execution.NONE
                .withEntrypoint(List.of("python", "app.py"))
                .withEnv(List.of("NAME=world"))
                .withUser("65532");
        Conduct other = new Conduct(
                null, "listening on 8000, pid 1\n", new TreeSet<>(Set.of(8000)), new Conduct.Smoke(0, "hello"));
        MigrationProof proof = MigrationProof.of(
                side(shellForm(), SERVES, "app/app.py", "bin/sh", "usr/bin/apt-get"),
                side(after, other, "app/app.py"),
                Set.of("NAME"));
        assertThat(proof.holds()).isTrue();
        assertThat(proof.count(Verdict.LOOK)).isZero();
        assertThat(row(proof, "output").verdict()).isEqualTo(Verdict.SAME);
        assertThat(row(proof, "start command").verdict()).isEqualTo(Verdict.SAME);
        assertThat(row(proof, "user").verdict()).isEqualTo(Verdict.INTENDED);
        assertThat(row(proof, "root").verdict()).isEqualTo(Verdict.INTENDED);
        assertThat(row(proof, "env PYTHON_VERSION").verdict()).isEqualTo(Verdict.INTENDED);
        assertThat(row(proof, "package managers").verdict()).isEqualTo(Verdict.INTENDED);
        assertThat(row(proof, "files").verdict()).isEqualTo(Verdict.INTENDED);
    }

    @Test
    void whatNoStepMeansIsToldWithItsReason() throws IOException {
        Conduct ends = new Conduct(1, "ImportError: flask\n", new TreeSet<>(), null);
        Execution after = shellForm().withEnv(List.of("NAME=nobody")).withExposedPorts(List.of("80/tcp"));
        MigrationProof proof =
                MigrationProof.of(side(shellForm(), SERVES, "a"), side(after, ends, "a"), Set.of("NAME"));
        assertThat(proof.holds()).isFalse();
        assertThat(proof.rows().stream()
                        .filter(row -> row.verdict() == Verdict.BROKEN)
                        .map(Row::name))
                .containsExactly("end", "ports", "smoke script", "output", "ports", "env NAME");
        assertThat(row(proof, "end"))
                .isEqualTo(new Row(
                        "end", "kept running", "exit code 1", Verdict.BROKEN, "the program ends in another way"));
        assertThat(row(proof, "smoke script").why()).isEqualTo("the program ended before");
    }

    @Test
    void otherWordsMatterLessWhereTheSmokeScriptPasses() throws IOException {
        Conduct talks = new Conduct(null, "ready\n", SERVES.ports(), new Conduct.Smoke(0, ""));
        Conduct silent = new Conduct(null, "", SERVES.ports(), null);
        Conduct spoke = new Conduct(null, "ready\n", SERVES.ports(), null);
        MigrationProof.Side before = side(shellForm(), SERVES, "a");
        assertThat(row(MigrationProof.of(before, side(shellForm(), talks, "a"), Set.of()), "output")
                        .verdict())
                .isEqualTo(Verdict.LOOK);
        MigrationProof proof =
                MigrationProof.of(side(shellForm(), spoke, "a"), side(shellForm(), silent, "a"), Set.of());
        assertThat(row(proof, "output"))
                .isEqualTo(new Row("output", "1 line", "0 lines", Verdict.BROKEN, "gone: ready"));
    }

    @Test
    void aScriptThatNeverPassedProvesNothing() throws IOException {
        Conduct failing = new Conduct(null, "", SERVES.ports(), new Conduct.Smoke(7, "refused\n"));
        MigrationProof proof =
                MigrationProof.of(side(shellForm(), failing, "a"), side(shellForm(), failing, "a"), Set.of());
        assertThat(row(proof, "smoke script"))
                .isEqualTo(new Row(
                        "smoke script",
                        "exit code 7",
                        "exit code 7",
                        Verdict.LOOK,
                        "it fails before the migration: refused"));
        Conduct ended = new Conduct(2, "", SERVES.ports(), null);
        assertThat(row(
                                MigrationProof.of(
                                        side(shellForm(), ended, "a"), side(shellForm(), SERVES, "a"), Set.of()),
                                "smoke script")
                        .verdict())
                .isEqualTo(Verdict.LOOK);
    }

    @ParameterizedTest
    @CsvSource({
        "root, no, yes, BROKEN",
        "root, yes, no, INTENDED",
        "user, root, 65532, INTENDED",
        "user, app, 65532, LOOK",
        "working directory, '', /, SAME",
        "working directory, /app, /, BROKEN",
        "stop signal, SIGQUIT, '', BROKEN",
        "volumes, /data, '', BROKEN",
        "shells, /bin/sh /bin/bash, /bin/sh, INTENDED",
        "shells, /bin/sh, /bin/ash, LOOK",
        "shells, '', /bin/sh, LOOK",
        "label maintainer, me, '', LOOK",
        "system, Debian 12, Wolfi, INTENDED",
    })
    void eachSettingHasItsRule(String name, String before, String after, Verdict verdict) {
        assertThat(SettingRules.judge(new ImageDifference.Setting(name, before, after), Set.of())
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void numbersColoursAndBlanksAreNotWords() {
        assertThat(OutputLines.of("\u001b[32m12:00:01\u001b[0m  pid 4711 at 0x7ffe12ab\n\n  ready \n"))
                .containsExactly("0:0:0  pid 0 at 0", "ready");
    }

    @Test
    void theKernelsTablesAreRead() {
        TreeSet<Integer> ports = new TreeSet<>();
        ListeningPorts.read(
                List.of(
                        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt",
                        "   0: 00000000:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000",
                        "   1: 0100007F:9C40 0100007F:1F40 01 00000000:00000000 00:00000000 00000000",
                        "   2: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 0"),
                ports);
        assertThat(ports).containsExactly(80, 8000);
    }
}
