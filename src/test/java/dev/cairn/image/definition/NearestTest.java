package dev.cairn.image.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void findsWhatWasMeant() {
        List<String> words = List.of("work-dir", "packages", "run-as", "build_repositories");
        assertThat(Nearest.advice("workdir", words)).isEqualTo("work-dir");
        assertThat(Nearest.advice("WORK_DIR", words)).isEqualTo("work-dir");
        assertThat(Nearest.advice("pakcages", words)).isEqualTo("packages");
        assertThat(Nearest.advice("runAs", words)).isEqualTo("run-as");
        assertThat(Nearest.advice("build-repository", words)).isEqualTo("build_repositories");
        assertThat(Nearest.advice("volumes", words)).isEqualTo(String.join(", ", words));
        assertThat(Nearest.advice("x".repeat(100_000), words)).isEqualTo(String.join(", ", words));
    }

    @Test
    void countsSwapsAsOne() {
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
    }
}
