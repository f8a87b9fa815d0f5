package dev.cairn.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerRunsTest {
    @TempDir
    Path dir;

    @Test
    void readsTheProcessorTimeOfChildren() {
        String stat = "42 (a) b (c) S 1 42 42 0 -1 4194304 100 200 3 4 11 12 250 75 20 0 1 0 100 1000 10";
        assertThat(PeerRuns.childrensCpu(stat)).isEqualTo(3.25);
    }

    @Test
    void takesTheMiddle() {
        List<PeerRuns.Cost> costs = List.of(
                new PeerRuns.Cost(9, 1), new PeerRuns.Cost(1, 2), new PeerRuns.Cost(2, 3), new PeerRuns.Cost(4, 9));
        assertThat(PeerRuns.median(costs, PeerRuns.Cost::wall)).isEqualTo(3);
        assertThat(PeerRuns.median(costs.subList(0, 3), PeerRuns.Cost::wall)).isEqualTo(2);
    }

    @Test
    void aFailingPeerIsNoResult() {
        PeerRuns runs = new PeerRuns(dir.resolve("output"));
        assertThatThrownBy(() -> runs.compare(List.of("true"), "echo no such image; exit 4", 1))
                .hasMessageContaining("exit code 4")
                .hasMessageContaining("no such image");
    }

    @Test
    void takesTheFlagFromAnywhere() {
        List<String> words = PeerRuns.modifiable("a.yaml", "--peer", "x y", "3");
        assertThat(PeerRuns.take(words, "--peer")).isEqualTo("x y");
        assertThat(words).containsExactly("a.yaml", "3");
        assertThatThrownBy(() -> PeerRuns.take(PeerRuns.modifiable("--peer"), "--peer"))
                .hasMessage("--peer wants a value");
    }
}
