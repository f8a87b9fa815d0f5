package dev.cairn.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryUpdateTest {
    private static final String SECDB = """
            {"reponame":"main","packages":[
              {"pkg":{"name":"openssl","secfixes":{
                "3.0.7-r0":["CVE-2022-3602","CVE-2022-3786 GHSA-h8jm-2x53-xhp5"],
                "0":["CVE-2020-0001"],
                "3.0.8-r0":["CVE-2022-3602"]}}},
              {"pkg":{"name":"empty","secfixes":null}}]}
            """;
    private static final String OSV = """
            {"id":"GHSA-aaaa-bbbb-cccc","aliases":["CVE-2021-44228"],"published":"2021-12-10T00:00:00Z",
             "database_specific":{"severity":"CRITICAL"},"affected":[
              {"package":{"ecosystem":"Maven","name":"org.apache.logging.log4j:log4j-core"},
               "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"2.13.0"},{"fixed":"2.15.0"}]},
                         {"type":"GIT","events":[{"introduced":"0"}]}],"versions":["2.13.1","2.12.9"]},
              {"package":{"ecosystem":"Packagist","name":"x/y"},"ranges":[]}]}
            {"id":"GHSA-gone","withdrawn":"2022-01-01T00:00:00Z","affected":[
              {"package":{"ecosystem":"npm","name":"a"},
               "ranges":[{"type":"SEMVER","events":[{"introduced":"0"}]}]}]}
            {"id":"RUSTSEC-1","aliases":[],"affected":[{"package":{"ecosystem":"crates.io","name":"smallvec"},
              "database_specific":{"patched":[">= 0.6.14, < 1.0.0",">= 1.6.1"],"unaffected":["< 0.6.3"]}}]}
            """;

    @TempDir
    Path folder;

    private AdvisoryStore store;

    @BeforeEach
    void open() {
        store = new AdvisoryStore(folder.resolve("database"));
    }

    @Test
    void thereIsNoDatabaseBeforeTheFirstUpdate() {
        assertThatThrownBy(store::open)
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining("try: cairn advisory update");
    }

    @Test
    void readsSecdb() throws IOException {
        update(feed("secdb", "alpine:v3.17", SECDB));
        List<Fact> facts = find("alpine:v3.17", "openssl");
        assertThat(facts).extracting(Fact::id).containsExactly("CVE-2020-0001", "CVE-2022-3602", "CVE-2022-3786");
        assertThat(judge(facts.get(0), Ecosystem.ALPINE, "1-r0")).isInstanceOf(Verdict.NotAffected.class);
        assertThat(judge(facts.get(1), Ecosystem.ALPINE, "3.0.7-r2"))
                .as("fixed twice: the later one counts")
                .isInstanceOfSatisfying(
                        Verdict.Affected.class,
                        a -> assertThat(a.fixedIn() + "; " + a.because()).isEqualTo("3.0.8-r0; < 3.0.8-r0"));
        assertThat(facts.get(2).aliases()).containsExactly("GHSA-h8jm-2x53-xhp5");
        assertThat(find("alpine:v3.17", "openss")).isEmpty();
    }

    @Test
    void readsOsv() throws IOException {
        update(feed("osv", "-", OSV));
        Fact log4j = find("maven", "org.apache.logging.log4j:log4j-core").getFirst();
        assertThat(log4j.id()).isEqualTo("CVE-2021-44228");
        assertThat(log4j.aliases()).containsExactly("GHSA-aaaa-bbbb-cccc");
        assertThat(log4j.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(judge(log4j, Ecosystem.MAVEN, "2.14.1"))
                .isInstanceOfSatisfying(
                        Verdict.Affected.class,
                        a -> assertThat(a.fixedIn() + "; " + a.because()).isEqualTo("2.15.0; >= 2.13.0, < 2.15.0"));
        assertThat(judge(log4j, Ecosystem.MAVEN, "2.15.0")).isInstanceOf(Verdict.NotAffected.class);
        assertThat(judge(log4j, Ecosystem.MAVEN, "2.12.9")).isInstanceOf(Verdict.Affected.class);
        assertThat(find("npm", "a")).as("withdrawn").isEmpty();
        Fact smallvec = find("cargo", "smallvec").getFirst();
        assertThat(judge(smallvec, Ecosystem.CARGO, "0.6.13"))
                .isInstanceOfSatisfying(
                        Verdict.Affected.class,
                        a -> assertThat(a.fixedIn() + "; " + a.because())
                                .isEqualTo("0.6.14; none of the safe >= 0.6.14, < 1.0.0 or >= 1.6.1 or < 0.6.3"));
        assertThat(judge(smallvec, Ecosystem.CARGO, "1.2.0"))
                .extracting("fixedIn")
                .isEqualTo("1.6.1");
        assertThat(judge(smallvec, Ecosystem.CARGO, "0.6.2")).isInstanceOf(Verdict.NotAffected.class);
    }

    @Test
    void readsTheDebianTracker() throws IOException {
        update(feed("debian-tracker", "-", """
                {"xz-utils":{
                  "CVE-2022-1271":{"releases":{"bullseye":{"status":"resolved","fixed_version":"5.2.5-2.1","urgency":"high"},
                                               "bookworm":{"status":"resolved","fixed_version":"0"}}},
                  "CVE-2026-1":{"releases":{"bookworm":{"status":"open","urgency":"unimportant","nodsa":"Minor issue"}}},
                  "CVE-2026-2":{"releases":{"bookworm":{"status":"undetermined"}}}}}
                """));
        Fact fixed = find("debian:bullseye", "xz-utils").getFirst();
        assertThat(judge(fixed, Ecosystem.DEBIAN, "5.2.5-2")).isInstanceOf(Verdict.Affected.class);
        assertThat(judge(fixed, Ecosystem.DEBIAN, "5.2.5-2.1~deb11u1"))
                .as("a rebuild of the fixed version")
                .isInstanceOf(Verdict.NotAffected.class);
        List<Fact> bookworm = find("debian:12", "xz-utils");
        assertThat(bookworm)
                .extracting(Fact::status)
                .containsExactly(Fact.Status.NOT_AFFECTED, Fact.Status.AFFECTED, Fact.Status.UNDETERMINED);
        assertThat(bookworm.get(1).severity()).isEqualTo(Severity.NEGLIGIBLE);
        assertThat(judge(bookworm.get(1), Ecosystem.DEBIAN, "5.4.1-0.2"))
                .isInstanceOfSatisfying(
                        Verdict.Affected.class,
                        a -> assertThat(a.fixedIn() + "; " + a.because()).isEqualTo("; every version"));
    }

    @Test
    void readsScores() throws IOException {
        update(feed("kev", "-", """
                        {"vulnerabilities":[{"cveID":"CVE-2021-44228","dateAdded":"2021-12-10","dueDate":"2021-12-24"}]}"""), feed("epss", "-", """
                        #model_version:v2025.03.14,score_date:2026-08-01T00:00:00+0000
                        cve,epss,percentile
                        CVE-2021-44228,0.94358,0.99957
                        """), feed("nvd", "-", """
                        {"resultsPerPage":1,"vulnerabilities":[{"cve":{"id":"CVE-2021-44228","published":"2021-12-10T10:15:09.143",
                         "metrics":{"cvssMetricV31":[{"source":"nvd@nist.gov","type":"Primary","cvssData":
                          {"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H","baseScore":10.0}}]}}}]}"""));
        Score score = store.open().score("CVE-2021-44228");
        assertThat(score.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(score.cvss()).isEqualTo(10.0);
        assertThat(score.epss()).isEqualTo(0.94358);
        assertThat(score.isKnownExploited()).isTrue();
        assertThat(score.source()).isEqualTo("nvd@nist.gov");
        assertThat(store.open().score("CVE-2021-44229")).isEqualTo(Score.NONE);
        assertThat(store.open().score("GHSA-x")).isEqualTo(Score.NONE);
    }

    @Test
    void theSameFactsAreTheSameDatabase() throws IOException {
        update(feed("secdb", "alpine:v3.17", SECDB), feed("osv", "-", OSV));
        DatabaseManifest first = store.read();
        update(feed("osv", "-", OSV), feed("secdb", "alpine:v3.17", SECDB));
        assertThat(store.read().digest()).isEqualTo(first.digest());
        assertThat(store.read().parts()).isEqualTo(first.parts());
    }

    @Test
    void aFeedThatFailsLeavesWhatWasThere() throws IOException {
        update(feed("secdb", "alpine:v3.17", SECDB));
        AdvisoryUpdate.Result result = update(
                feed("secdb", "alpine:v3.17", SECDB.replace("CVE-2022-3786", "CVE-2022-9999")),
                feed("secdb", "alpine:v3.17", "{\"packages\":[{\"pkg\":{\"name\":\"x\",\"secfixes\":{\"1\":["),
                feed("osv", "-", OSV));
        assertThat(result.isComplete()).isFalse();
        assertThat(result.outcomes())
                .extracting(outcome -> outcome.problem() != null)
                .containsExactly(false, true, false);
        assertThat(find("alpine:v3.17", "openssl")).extracting(Fact::id).contains("CVE-2022-3786");
        assertThat(find("cargo", "smallvec")).hasSize(1);
    }

    @Test
    void replacedFilesAreDeleted() throws IOException {
        update(feed("secdb", "alpine:v3.17", SECDB));
        update(feed("secdb", "alpine:v3.17", SECDB.replace("3.0.8-r0", "3.0.9-r0")));
        try (Stream<Path> files = Files.walk(store.folder())) {
            assertThat(files.filter(f -> f.getFileName().toString().length() == 64))
                    .hasSize(2);
        }
    }

    @Test
    void aDamagedFileIsSaidToBeDamaged() throws IOException {
        update(feed("secdb", "alpine:v3.17", SECDB));
        Path file;
        try (Stream<Path> files = Files.walk(store.folder())) {
            file = files.filter(f -> f.getFileName().toString().length() == 64)
                    .filter(f -> holdsFacts(f))
                    .findFirst()
                    .orElseThrow();
        }
        try (OutputStream out = Files.newOutputStream(file, java.nio.file.StandardOpenOption.APPEND)) {
            out.write(0);
        }
        assertThatThrownBy(() -> find("alpine:v3.17", "openssl"))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("alpine:v3.17");
        update(feed("secdb", "alpine:v3.17", SECDB));
        assertThat(find("alpine:v3.17", "openssl")).hasSize(3);
    }

    private static boolean holdsFacts(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).startsWith("CAIRNVDB");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatIsNoFeedIsRefused() throws IOException {
        for (String kind :
                List.of("secdb", "osv", "debian-tracker", "kev", "epss", "nvd", "scores", "debian-changelogs")) {
            for (String text : List.of("", "{}", "[]", "<html>", "{\"vulnerabilities\":[]}")) {
                String target = kind.equals("secdb") ? "wolfi" : "-";
                AdvisoryUpdate.Result result = update(feed(kind, target, text));
                assertThat(result.outcomes().getFirst().problem())
                        .as(kind + " " + text)
                        .isNotNull();
            }
        }
    }

    private Feed feed(String kind, String target, String text) throws IOException {
        Path file = Files.createTempFile(folder, kind, ".json");
        Files.writeString(file, text);
        return Feed.of(kind, target, file.toString());
    }

    private AdvisoryUpdate.Result update(Feed... feeds) throws IOException {
        Downloader downloader = new Downloader(new CacheDirectory(folder.resolve("cache")), Downloader.Options.DEFAULT);
        Clock clock = Clock.fixed(Instant.parse("2026-11-27T08:00:00Z"), ZoneOffset.UTC);
        return new AdvisoryUpdate(store, downloader, clock).run(List.of(feeds), feed -> {});
    }

    private List<Fact> find(String target, String name) throws IOException {
        List<Fact> facts = new ArrayList<>();
        store.open().parts(Target.parse(target)).forEach(part -> facts.addAll(part.find(name)));
        return facts;
    }

    private static Verdict judge(Fact fact, Ecosystem ecosystem, String version) {
        return fact.judge(ecosystem, version);
    }
}
