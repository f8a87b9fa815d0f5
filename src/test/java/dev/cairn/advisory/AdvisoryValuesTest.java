package dev.cairn.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvisoryValuesTest {
    @ParameterizedTest
    @CsvSource({
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H, 10.0",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, 9.8",
        "CVSS:3.0/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:N/A:N, 4.7",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, 6.1",
        "AV:N/AC:L/Au:N/C:P/I:P/A:P, 7.5",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, 0.0",
    })
    void scoresVectors(String vector, double score) {
        assertThat(Cvss.baseScore(vector)).isEqualTo(score);
    }

    @Test
    void scoresNothingElse() {
        assertThat(Cvss.baseScore("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"))
                .isNull();
        assertThat(Cvss.baseScore("CVSS:3.1/AV:N")).isNull();
        assertThat(Cvss.baseScore("")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "'~> 4.0.9', '>= 4.0.9, < 4.1'",
        "'~> 5.2', '>= 5.2, < 6'",
        "'^1.2.3', '>= 1.2.3, < 2'",
        "'^0.2.3', '>= 0.2.3, < 0.3'",
        "'^0.0.3', '>= 0.0.3, < 0.0.4'",
        "'>= 111.25, < 300.0', '>= 111.25, < 300.0'",
        "'~> 6.0.3, >= 6.0.3.7', '>= 6.0.3.7, < 6.1'",
        "'= 1.0', '>= 1.0, <= 1.0'",
        "'>= 0.0.10 ', '>= 0.0.10'",
    })
    void readsRequirements(String text, String range) {
        assertThat(Requirement.range(text)).hasToString(range);
    }

    @Test
    void anIdIsACveOnlyWhenThatIsUnambiguous() {
        Aliases aliases = new Aliases();
        aliases.add(List.of("GHSA-1", "CVE-2020-1"));
        aliases.add(List.of("RUSTSEC-9", "CVE-2020-1", "CVE-2020-2", "GHSA-1"));
        aliases.add(List.of("GO-1", "CVE-2020-3"));
        aliases.add(List.of("GO-1", "CVE-2020-4"));
        assertThat(aliases.cveOf("GHSA-1")).isEqualTo("CVE-2020-1");
        assertThat(aliases.cveOf("RUSTSEC-9")).isNull();
        assertThat(aliases.cveOf("GO-1")).isNull();
    }

    @Test
    void targetsAreOfKnownEcosystems() {
        assertThat(Target.parse("alpine:3.20.3")).hasToString("alpine:v3.20");
        assertThat(Target.parse("debian:12")).hasToString("debian:bookworm");
        assertThat(Target.parse("wolfi")).hasToString("wolfi");
        assertThatThrownBy(() -> Target.parse("alpine")).hasMessageContaining("alpine:v3.20");
        assertThatThrownBy(() -> Target.parse("wolfi:3")).hasMessageContaining("no branches");
        assertThatThrownBy(() -> Target.parse("fedora:40")).hasMessageContaining("no ecosystem");
        assertThatThrownBy(() -> Target.parse("debian:../x")).hasMessageContaining("not the name");
    }

    @Test
    void branchesEnd() {
        Branches branches = Branches.load();
        Branches.Branch v317 = branches.find(Ecosystem.ALPINE, "3.17.2");
        assertThat(v317).isNotNull();
        assertThat(v317.hasEnded(LocalDate.of(2024, 11, 22))).isFalse();
        assertThat(v317.hasEnded(LocalDate.of(2024, 11, 23))).isTrue();
        Branches.Branch bookworm = branches.find(Ecosystem.DEBIAN, "12");
        assertThat(bookworm).isNotNull();
        assertThat(bookworm.isLongTermOnly(LocalDate.of(2026, 11, 27))).isTrue();
        assertThat(bookworm.hasEnded(LocalDate.of(2028, 7, 1))).isTrue();
        assertThat(branches.find(Ecosystem.ALPINE, "9.9")).isNull();
    }

    @Test
    void theStandardFeedsAreNamed() {
        assertThat(FeedList.standard())
                .extracting(Feed::kind)
                .contains(
                        FeedKind.SECDB,
                        FeedKind.DEBIAN_TRACKER,
                        FeedKind.OSV,
                        FeedKind.KEV,
                        FeedKind.EPSS,
                        FeedKind.NVD);
        assertThatThrownBy(() -> FeedList.parse("secdb alpine:v3.20\n", "my.list"))
                .hasMessageContaining("my.list")
                .hasMessageContaining("line 1");
        assertThat(Feed.parse("secdb:alpine:v3.20=/mirror/main.json").target()).hasToString("alpine:v3.20");
        assertThatThrownBy(() -> Feed.parse("secdb")).hasMessageContaining("KIND[:TARGET]=LOCATION");
    }
}
