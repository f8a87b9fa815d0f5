package dev.cairn.migrate.minimise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RunEvidenceTest {
    private static final String HEAD = RunEvidence.none().text();
    private static final String ONE = HEAD + """
            run\tserve --port 80
            linked
            installed\tcurl
            opened\tcurl\t/usr/bin/curl
            opened\tzlib1g\t/lib/libz.so.1
            needed\tlibpq5\t/app/driver.so needs libpq.so.5
            library\tlibpq-dev\tlibpq5
            """;
    private static final String OTHER = HEAD + """
            run\tserve --help
            installed\tgcc
            opened\tcurl\t/etc/curlrc
            opened\ttzdata\t/usr/share/zoneinfo/UTC
            """;

    private static RunEvidence read(String text) {
        return RunEvidence.read(text.getBytes(StandardCharsets.UTF_8)) instanceof RunEvidence.Reading.Read read
                ? read.evidence()
                : null;
    }

    private static RunEvidence.Reading.Refused refused(String text) {
        return RunEvidence.read(text.getBytes(StandardCharsets.UTF_8)) instanceof RunEvidence.Reading.Refused refused
                ? refused
                : null;
    }

    @Test
    void isWrittenAsItWasRead() {
        assertThat(read(ONE).text()).isEqualTo(ONE);
        assertThat(read(OTHER).text()).isEqualTo(OTHER);
        assertThat(read("")).isEqualTo(RunEvidence.none());
    }

    @Test
    void runsAreMergedInAnyOrder() {
        RunEvidence both = read(ONE).with(read(OTHER));
        assertThat(read(OTHER).with(read(ONE))).isEqualTo(both);
        assertThat(both.with(both)).isEqualTo(both);
        assertThat(both.runs()).containsExactly("serve --help", "serve --port 80");
        assertThat(both.opened()).containsEntry("curl", "/etc/curlrc").containsKeys("tzdata", "zlib1g");
        assertThat(both.isTraced("curl")).isTrue();
        assertThat(both.isTraced("git")).isFalse();
    }

    @Test
    void mistakesHaveTheirLine() {
        assertThat(refused("run\ta\nfound\tb\n").line()).isEqualTo(2);
        assertThat(refused("opened\tcurl\n").problem()).contains("2 cells");
        assertThat(refused("run\t\n")).isNotNull();
        assertThat(refused("run\ta\u0001\n")).isNotNull();
        assertThat(refused("run\t" + "x".repeat(5000))).isNotNull();
        assertThat(refused("#" + "x".repeat(2 << 20))).isNotNull();
    }

    @Test
    void aStrangeNameDoesNotMakeItUnreadable() {
        java.util.TreeSet<String> runs = new java.util.TreeSet<>(java.util.List.of("a\nb", "plain"));
        java.util.TreeMap<String, String> opened = new java.util.TreeMap<>(java.util.Map.of("x", "/a\tb"));
        RunEvidence strange = new RunEvidence(
                runs, new java.util.TreeSet<>(), opened, new java.util.TreeMap<>(), new java.util.TreeMap<>(), false);
        assertThat(read(strange.text()).runs()).containsExactly("plain");
    }

    @Test
    void anyBytesAreReadOrRefused() {
        Mutations.of(ONE.getBytes(StandardCharsets.UTF_8), 5, 400, bytes -> {
            if (RunEvidence.read(bytes) instanceof RunEvidence.Reading.Read(RunEvidence evidence)) {
                assertThat(read(evidence.text())).isEqualTo(evidence);
            }
        });
    }
}
