package dev.cairn.packages.apk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;

class ApkVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, <, 1.1",
        "1.10, >, 1.9",
        "1.0_rc1, <, 1.0",
        "1.0_alpha, <, 1.0_beta",
        "1.0_p1, >, 1.0",
        "1.0_git20240101, <, 1.0_p1",
        "1.0a, >, 1.0",
        "1.0-r1, >, 1.0-r0",
        "1.01, <, 1.1",
        "1.001, <, 1.01",
        "1.0, =, 1.0",
        "1.0_p, <, 1.0_p0",
    })
    void ordersAsApkDoes(String a, String sign, String b) {
        assertThat(sign(ApkVersion.compare(a, b))).isEqualTo(sign);
        assertThat(ApkVersion.compare(b, a)).isEqualTo(-ApkVersion.compare(a, b));
    }

    @Test
    void matchesByPrefixOfTokens() {
        assertThat(ApkVersion.matchesPrefix("7.2.4-r0", "7.2")).isTrue();
        assertThat(ApkVersion.matchesPrefix("7.20.4-r0", "7.2")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.2.3-r4", "20240101", "1.0_rc1-r0", "1.0b_p3-r2", "0.8.21"})
    void takesVersions(String text) {
        assertThat(ApkVersion.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.0-x", "1.0_foo", "1 0", "1.0ab", "1-r0.1"})
    void refusesWhatIsNoVersion(String text) {
        assertThat(ApkVersion.isValid(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpine-versions.txt", "alpine-versions-generated.txt.xz"})
    void agreesWithTheSharedComparisons(String file) throws IOException {
        Path data = SharedData.require("vulnerabilities/version-fixtures/" + file);
        List<String> wrong = new ArrayList<>();
        for (String line : read(data).split("\n")) {
            String[] words = line.replaceFirst("#.*", "").strip().split(" +");
            if (words.length == 3
                    && !sign(ApkVersion.compare(words[0], words[2])).equals(words[1])) {
                wrong.add(line);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".xz") ? new XZInputStream(in) : in) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String sign(int order) {
        return order < 0 ? "<" : order > 0 ? ">" : "=";
    }
}
