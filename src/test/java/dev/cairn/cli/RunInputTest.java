package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.sandbox.Limits;
import dev.cairn.sandbox.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunInputTest {
    private static final NamedVolumes NAMED = NamedVolumes.of(Map.of("XDG_DATA_HOME", "/data"));

    @TempDir
    Path dir;

    @Test
    void variablesAreSetOrPassedOn() throws Exception {
        Map<String, String> into = new LinkedHashMap<>();
        Path file = Files.writeString(dir.resolve("env"), "# said\n\nA=1\n  B=x y=z\nHOST\nABSENT\n");
        RunInput.environmentFile(file, Map.of("HOST", "from outside"), into);
        RunInput.environment("A=2", Map.of(), into);
        assertThat(into)
                .containsExactly(Map.entry("A", "2"), Map.entry("B", "x y=z"), Map.entry("HOST", "from outside"));
        assertThatThrownBy(() -> RunInput.environment("=x", Map.of(), into)).isInstanceOf(CliException.class);
    }

    @Test
    void mountsAreDockers() {
        assertThat(RunInput.volume("/a:/b", NAMED)).isEqualTo(new Mount.Bind(Path.of("/a"), "/b", false));
        assertThat(RunInput.volume("./a:/b:ro,Z", NAMED)).isEqualTo(new Mount.Bind(Path.of("a"), "/b", true));
        assertThat(RunInput.volume("/b", NAMED)).isEqualTo(new Mount.Volume("/b"));
        assertThat(RunInput.tmpfs("/t:size=1m")).isEqualTo(new Mount.Tmpfs("/t", "size=1m"));
        assertThatThrownBy(() -> RunInput.volume("na/med:/b", NAMED)).hasMessageContaining("try: -v ./na/med:/b");
        assertThat(RunInput.volume("named:/b:ro", NAMED))
                .isEqualTo(new Mount.Kept(Path.of("/data/cairn/volumes/named"), "/b", true));
        assertThat(NamedVolumes.of(Map.of("HOME", "/h", "XDG_DATA_HOME", "relative"))
                        .folder())
                .isEqualTo(Path.of("/h/.local/share/cairn/volumes"));
        assertThatThrownBy(() -> RunInput.volume("/a:/b:wo", NAMED)).isInstanceOf(CliException.class);
    }

    @Test
    void limitsHaveUnits() {
        assertThat(RunInput.limits(null, null, null)).isEqualTo(Limits.DEFAULT);
        assertThat(RunInput.limits("512m", "0", "1.5")).isEqualTo(new Limits(512L << 20, 0, 1500));
        assertThat(RunInput.limits("2GB", "-1", null)).isEqualTo(new Limits(2L << 30, 0, 0));
        assertThat(RunInput.limits("1024", null, null).memoryBytes()).isEqualTo(1024);
        assertThatThrownBy(() -> RunInput.limits("much", null, null)).isInstanceOf(CliException.class);
        assertThatThrownBy(() -> RunInput.limits("", null, null)).isInstanceOf(CliException.class);
    }

    @Test
    void theCommandIsMergedAsDockerDoes() {
        List<String> entrypoint = List.of("/e", "-x");
        List<String> cmd = List.of("c");
        assertThat(RunInput.command(null, entrypoint, cmd, List.of())).containsExactly("/e", "-x", "c");
        assertThat(RunInput.command(null, entrypoint, cmd, List.of("a"))).containsExactly("/e", "-x", "a");
        assertThat(RunInput.command("/o", entrypoint, cmd, List.of())).containsExactly("/o");
        assertThat(RunInput.command("", entrypoint, cmd, List.of("a"))).containsExactly("a");
        assertThatThrownBy(() -> RunInput.command(null, List.of(), List.of(), List.of()))
                .hasMessageContaining("names no command");
        assertThat(RunInput.arguments(new String[] {"image", "--", "-a", "--"})).containsExactly("-a", "--");
    }
}
