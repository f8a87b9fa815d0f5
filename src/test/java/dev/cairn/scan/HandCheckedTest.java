package dev.cairn.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.advisory.Target;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Findings, and versions that are none, each looked up by hand: epochs, backports, rebuilds, `"0"`, fixes that were
/// completed later, names that only look alike.
class HandCheckedTest {
    @Test
    void agrees() throws IOException {
        Matcher matcher = new Matcher(RealAdvisories.require());
        List<String> wrong = new ArrayList<>();
        int count = 0;
        try (InputStream in = HandCheckedTest.class.getResourceAsStream("hand-checked.tsv")) {
            for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
                if (!line.startsWith("#")) {
                    count++;
                    String[] w = line.split("\t");
                    String found = find(matcher, new Unit(Target.parse(w[0]), w[1], w[2]), w[3]);
                    if (!found.equals(w[4])) {
                        wrong.add(line + " but found " + found);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(count).isGreaterThanOrEqualTo(60);
    }

    /// A sample drawn by seed, not picked: 36 findings and 36 flaws that are none, each judged by the changelog.
    @Test
    void agreesOnTheSample() throws IOException {
        Map<String, ScanResult> images = Map.of(
                "debian:12 of 2024-12-02",
                GoldenFiguresTest.scan(Bills.debianManifest("bookworm.manifest", "bookworm", "12"), null),
                "debian:11 of 2024-12-02",
                GoldenFiguresTest.scan(Bills.debianManifest("bullseye.manifest", "bullseye", "11"), null),
                "distroless python3 of 2024-04-15",
                GoldenFiguresTest.scan(Bills.distroless("2024-04-15", "python3"), null),
                "distroless python3 of 2024-12-15",
                GoldenFiguresTest.scan(Bills.distroless("2024-12-15", "python3"), null),
                "alpine 3.18.9, held against edge",
                GoldenFiguresTest.scan(Bills.alpineInstalled("installed-v3.18", "3.18.9"), "edge"),
                "alpine 3.20.3, held against edge",
                GoldenFiguresTest.scan(Bills.alpineInstalled("installed-v3.20", "3.20.3"), "edge"));
        List<String> wrong = new ArrayList<>();
        int findings = 0;
        int none = 0;
        try (InputStream in = HandCheckedTest.class.getResourceAsStream("sampled.tsv")) {
            for (String line : new String(in.readAllBytes(), UTF_8).split("\n")) {
                if (!line.startsWith("#")) {
                    String[] w = line.split("\t");
                    String found = images.get(w[0]).findings().stream()
                            .filter(finding -> finding.packageName().equals(w[2])
                                    && finding.version().equals(w[3])
                                    && finding.id().equals(w[4]))
                            .map(Finding::fixedIn)
                            .findFirst()
                            .orElse("-");
                    findings += w[5].equals("-") ? 0 : 1;
                    none += w[5].equals("-") ? 1 : 0;
                    boolean there = images.get(w[0]).sbom().components().stream()
                            .anyMatch(each -> each.source() != null
                                    && each.source().name().equals(w[2]));
                    if (!there || !found.equals(w[5])) {
                        wrong.add(line + " but found " + found);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(findings).isEqualTo(36);
        assertThat(none).isEqualTo(36);
    }

    private static String find(Matcher matcher, Unit unit, String id) {
        for (Match match : matcher.match(unit)) {
            if (match.id().equals(id) || match.aliases().contains(id)) {
                return match.fixedIn();
            }
        }
        return "-";
    }
}
