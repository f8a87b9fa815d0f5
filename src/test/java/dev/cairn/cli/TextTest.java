package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1540, 1.5 kB",
        "12345, 12 kB",
        "999499, 999 kB",
        "999999, 1.0 MB",
        "390000000, 390 MB",
        "7250000000, 7.3 GB",
    })
    void sizesHaveTwoOrThreeDigits(long bytes, String text) {
        assertThat(Text.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "45999999, 45 ms", "1250000000, 1.2 s", "59990000000, 59.9 s", "200000000000, 3 min 20 s"})
    void durationsAreShort(long nanos, String text) {
        assertThat(Text.duration(nanos)).isEqualTo(text);
    }

    @Test
    void theNearestWordIsNear() {
        List<String> words = List.of("resolve", "search", "build", "run", "cache");
        assertThat(Text.nearest("reslove", words)).isEqualTo("resolve");
        assertThat(Text.nearest("serach", words)).isEqualTo("search");
        assertThat(Text.nearest("bild", words)).isEqualTo("build");
        assertThat(Text.nearest("res", words)).isEqualTo("resolve");
        assertThat(Text.nearest("xyzzy", words)).isNull();
        assertThat(Text.nearest("", words)).isNull();
    }
}
