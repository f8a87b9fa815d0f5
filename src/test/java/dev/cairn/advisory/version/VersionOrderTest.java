package dev.cairn.advisory.version;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.Decompressor;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {
    private static final Map<String, VersionOrder> ORDERS = Map.of(
            "apk", VersionOrder.APK,
            "deb", VersionOrder.DEB,
            "semver", VersionOrder.SEMVER,
            "maven", VersionOrder.MAVEN,
            "pypi", VersionOrder.PYPI,
            "gem", VersionOrder.RUBYGEMS);

    @ParameterizedTest
    @CsvSource({
        "semver, 1.2.3, >, 1.2.3-rc.1",
        "semver, v1.2.3+incompatible, =, 1.2.3",
        "semver, 0.0.0-20200101000000-abcdefabcdef, <, 0.0.0-20210101000000-abcdefabcdef",
        "semver, 1.10.0, >, 1.9.9",
        "semver, 1.21.0-0, <, 1.21.0-rc.1",
        "maven, 2.17.0, <, 2.17.1",
        "maven, 1.0-alpha-1, <, 1.0-beta-1",
        "maven, 1.0.Final, =, 1.0",
        "maven, 1.0-SNAPSHOT, <, 1.0",
        "maven, 2.9.10.8, >, 2.9.10",
        "pypi, 1.0.dev1, <, 1.0a1",
        "pypi, 1.0.post1, >, 1.0",
        "pypi, 1.0rc1, <, 1.0",
        "pypi, 1!0.1, >, 99",
        "pypi, 1.0.0, =, 1",
        "gem, 1.0.a, <, 1.0",
        "gem, 4.0.3.1, >, 4.0.3",
        "gem, 1.0-rc1, <, 1.0",
        "apk, 1.2-r0, <, 1.2-r1",
        "deb, 1.0~rc1-1, <, 1.0-1",
    })
    void orders(String order, String a, String sign, String b) {
        assertThat(sign(ORDERS.get(order).compare(a, b))).isEqualTo(sign);
        assertThat(Integer.signum(ORDERS.get(order).compare(b, a)))
                .isEqualTo(-Integer.signum(ORDERS.get(order).compare(a, b)));
    }

    /// All comparisons of the shared fixtures, without exception.
    @ParameterizedTest
    @CsvSource({
        "apk, alpine-versions.txt, 600",
        "apk, alpine-versions-generated.txt.xz, 13979",
        "deb, debian-versions.txt, 15",
        "deb, debian-versions-generated.txt.xz, 14442",
        "maven, maven-versions.txt, 80",
        "maven, maven-versions-generated.txt.xz, 14752",
        "pypi, pypi-versions.txt, 25",
        "pypi, pypi-versions-generated.txt.xz, 12375",
        "gem, rubygems-versions.txt, 20",
        "gem, rubygems-versions-generated.txt.xz, 4098",
        "semver, semver-versions.txt, 70",
    })
    void agreesWithTheSharedComparisons(String order, String file, int atLeast) throws IOException {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        try (InputStream in = Decompressor.open(
                Files.newInputStream(SharedData.require("vulnerabilities/version-fixtures/" + file)))) {
            for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
                String text = line.strip();
                if (text.isEmpty() || text.startsWith("#") || text.startsWith("//")) {
                    continue;
                }
                String[] words = text.split("#")[0].strip().split(" +");
                count++;
                if (!sign(ORDERS.get(order).compare(words[0], words[2])).equals(words[1])
                        || ORDERS.get(order).compare(words[2], words[0]) != 0 == words[1].equals("=")) {
                    wrong.add(text);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThanOrEqualTo(atLeast);
    }

    private static String sign(int order) {
        return order < 0 ? "<" : order > 0 ? ">" : "=";
    }
}
