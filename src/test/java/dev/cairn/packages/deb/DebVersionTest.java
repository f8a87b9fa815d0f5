package dev.cairn.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.SharedData;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, =, 0:1.0-0", "1.0~rc1, <, 1.0", "1.0-1~bpo1, <, 1.0-1", "1.9, <, 1.10", "1:0.1, >, 99",
        "1.0a, >, 1.0", "1.0+b1, >, 1.0a", "1.0-1, <, 1.0-1+b1", "0.007, =, 0.7", "1.0-1-1, >, 1.0-1",
        "2~~, <, 2~", "a, <, b", "Z, <, a"
    })
    void ordersAsDpkgDoes(String left, String operator, String right) {
        check(left + " " + operator + " " + right);
        DebVersion a = DebVersion.parse(left);
        DebVersion b = DebVersion.parse(right);
        assertThat(a.equals(b)).isEqualTo(operator.equals("="));
        if (operator.equals("=")) {
            assertThat(a).hasSameHashCodeAs(b);
        }
    }

    @Test
    void refusesWhatIsNoVersion() {
        assertThatThrownBy(() -> DebVersion.parse("")).isInstanceOf(DebException.class);
        assertThatThrownBy(() -> DebVersion.parse("1 2")).isInstanceOf(DebException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian-versions.txt", "debian-versions-generated.txt.xz"})
    void agreesWithTheComparisonsOfDpkg(String name) throws IOException {
        Path file = SharedData.require("vulnerabilities/version-fixtures/" + name);
        List<String> wrong = new ArrayList<>();
        int count = 0;
        try (InputStream in = dev.cairn.archive.Decompressor.open(Files.newInputStream(file));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    count++;
                    if (!holds(line)) {
                        wrong.add(line);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThan(10);
    }

    private static void check(String line) {
        assertThat(holds(line)).as(line).isTrue();
    }

    private static boolean holds(String line) {
        String[] words = line.strip().split(" +", -1);
        DebVersion a = DebVersion.parse(words[0]);
        DebVersion b = DebVersion.parse(words[2]);
        int order = Integer.signum(a.compareTo(b));
        return order == "<=>".indexOf(words[1]) - 1 && Integer.signum(b.compareTo(a)) == -order;
    }
}
