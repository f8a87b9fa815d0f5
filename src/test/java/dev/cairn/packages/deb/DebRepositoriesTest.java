package dev.cairn.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.packages.SearchHit;
import dev.cairn.packages.SearchQuery;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.SignedDebRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebRepositoriesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    private Path folder;

    private SignedDebRepository archive;

    @BeforeEach
    void makeArchive() throws Exception {
        archive = SignedDebRepository.in(folder.resolve("archive"));
        archive.add("stable", DebSpec.of("libone", "1.0-1").file("usr/lib/x86_64-linux-gnu/libone.so.1", "one"));
        archive.add(
                "stable",
                DebSpec.of("tool", "2:2.0-1").depends("libone (>= 1.0)").file("usr/bin/tool", "#!tool"));
        archive.add("stable", DebSpec.of("base-thing", "1").field("Essential", "yes"));
        archive.publish(NOW.minus(Duration.ofDays(1)), Duration.ofDays(7));
    }

    private static DebRepositories.Access access(Instant now) {
        AptMirror mirror = new AptMirror(
                URI.create("http://mirror.invalid/debian/"), URI.create("http://mirror.invalid/security/"), true);
        return new DebRepositories.Access(mirror, List.of(), false, Clock.fixed(now, ZoneOffset.UTC));
    }

    private DebRepositories open(String line, Path key, DebRepositories.Access access) throws IOException {
        Downloader downloader = new Downloader(new CacheDirectory(folder.resolve("cache")), Downloader.Options.DEFAULT);
        DebRepositories.KeyedSource source =
                new DebRepositories.KeyedSource(AptSource.parse(line), List.of(Files.readAllBytes(key)));
        return DebRepositories.open(List.of(source), "amd64", access, downloader);
    }

    private DebRepositories open(Instant now) throws IOException {
        return open(archive.sourceLine("stable", "main"), archive.keyFile(), access(now));
    }

    @Test
    void resolvesAndFetchesWhatTheIndexVouchesFor() throws Exception {
        DebRepositories source = open(NOW);
        Resolution.Solved solved = (Resolution.Solved) source.resolve(List.of("tool"));
        assertThat(solved.packages()).map(ResolvedPackage::pin).containsExactly("libone=1.0-1", "tool=2:2.0-1");
        PackageFile file = source.file(solved.packages().getLast());
        assertThat(DebFile.open(file.path()).control().get("Depends")).isEqualTo("libone (>= 1.0)");
        assertThat(solved.edges()).contains(new Resolution.Edge("tool", "libone (>= 1.0)", "libone"));
        assertThat(source.distroful()).contains("base-thing", "apt");
        assertThat(source.fingerprint()).isEqualTo(open(NOW).fingerprint());
    }

    @Test
    void findsPackagesByWhatTheyInstall() throws Exception {
        DebRepositories source = open(NOW);
        assertThat(source.search(SearchQuery.parse("cmd:tool")))
                .map(SearchHit::name)
                .containsExactly("tool");
        assertThat(source.search(SearchQuery.parse("so:libone.so.1")))
                .map(SearchHit::name)
                .containsExactly("libone");
        assertThat(source.search(SearchQuery.parse("/usr/bin/tool")))
                .map(SearchHit::why)
                .containsExactly("/usr/bin/tool");
        assertThat(source.search(SearchQuery.parse("lib"))).map(SearchHit::name).containsExactly("libone");
    }

    @Test
    void anExpiredSuiteStopsTheBuild() {
        assertThatThrownBy(() -> open(NOW.plus(Duration.ofDays(30))))
                .isInstanceOfSatisfying(
                        DebException.class, e -> assertThat(e.code()).isEqualTo(DebException.Code.EXPIRED))
                .hasMessageContaining("expired");
    }

    @Test
    void anOlderReleaseThanTheLastOneStopsTheBuild() throws Exception {
        open(NOW);
        archive.publish(NOW.minus(Duration.ofDays(3)), Duration.ofDays(30));
        assertThatThrownBy(() -> open(NOW))
                .isInstanceOfSatisfying(
                        DebException.class, e -> assertThat(e.code()).isEqualTo(DebException.Code.ROLLBACK));
    }

    @Test
    void aForeignKeyProvesNothing() throws Exception {
        SignedDebRepository other = SignedDebRepository.in(folder.resolve("other"));
        String line = archive.sourceLine("stable", "main");
        assertThatThrownBy(() -> open(line, other.keyFile(), access(NOW)))
                .isInstanceOfSatisfying(
                        DebException.class, e -> assertThat(e.code()).isEqualTo(DebException.Code.UNTRUSTED));
        AptMirror mirror = access(NOW).mirror();
        DebRepositories.Access anybody =
                new DebRepositories.Access(mirror, List.of(), true, Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(open(line, other.keyFile(), anybody).distroful()).contains("base-thing");
    }

    @Test
    void aChangedPackageIsRefused() throws Exception {
        DebRepositories source = open(NOW);
        Resolution.Solved solved = (Resolution.Solved) source.resolve(List.of("libone"));
        Path deb = folder.resolve("archive/" + solved.packages().getFirst().path());
        byte[] bytes = Files.readAllBytes(deb);
        bytes[bytes.length - 1] ^= 1;
        Files.write(deb, bytes);
        assertThatThrownBy(() -> source.file(solved.packages().getFirst())).hasMessageContaining("libone");
    }

    @Test
    void aListThatNobodySignedIsUsedForSearchingAndSaid() throws Exception {
        DebRepositories source = open(NOW);
        Path lists = folder.resolve("archive/dists/stable/main");
        try (Stream<Path> all = Files.walk(lists)) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                if (each.getFileName().toString().startsWith("Contents")) {
                    byte[] signed = Files.readAllBytes(each);
                    Files.delete(
                            lists.resolve("by-hash/SHA256/" + Digest.of(signed).hex()));
                    byte[] other = "usr/bin/unsigned  misc/libone\n".getBytes(StandardCharsets.UTF_8);
                    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(each))) {
                        out.write(other);
                    }
                }
            }
        }
        for (int time = 0; time < 2; time++) {
            List<String> warnings = new ArrayList<>();
            assertThat(source.search(SearchQuery.parse("cmd:unsigned"), warnings::add))
                    .extracting(SearchHit::name)
                    .containsExactly("libone");
            assertThat(warnings)
                    .isNotEmpty()
                    .allMatch(each -> each.contains("not the one that its Release file signs"));
        }
        assertThat(source.resolve(List.of("libone"))).isInstanceOf(Resolution.Solved.class);
    }

    @Test
    void aMissingComponentIsNamed() {
        String line = archive.sourceLine("stable", "contrib");
        assertThatThrownBy(() -> open(line, archive.keyFile(), access(NOW)))
                .hasMessageContaining("stable contrib has no packages for amd64");
    }
}
