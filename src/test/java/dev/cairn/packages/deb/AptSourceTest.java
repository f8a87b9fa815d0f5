package dev.cairn.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AptSourceTest {
    @TempDir
    private Path etcApt;

    @Test
    void aDebianSuiteHasNoMirrorAndBringsItsSecuritySuite() {
        AptSource source = AptSource.parse("deb bookworm main contrib");
        assertThat(source.isDebian()).isTrue();
        assertThat(source.withSecurity())
                .map(AptSource::toString)
                .containsExactly("deb bookworm main contrib", "deb bookworm-security main contrib");
        assertThat(AptSource.parse("deb sid main").withSecurity()).hasSize(1);
        assertThat(AptSource.parse("deb trixie-backports main").withSecurity()).hasSize(1);
    }

    @Test
    void anyonesArchiveIsNamedByItsAddress() {
        AptSource source = AptSource.parse(
                "deb [signed-by=keys/a.asc arch=amd64,arm64 priority=600] https://example.org/apt stable main");
        assertThat(source.address()).contains(URI.create("https://example.org/apt/"));
        assertThat(source.priority()).isEqualTo(600);
        assertThat(source.signedBy()).containsExactly("keys/a.asc");
        assertThat(source.architectures()).containsExactly("amd64", "arm64");
        assertThat(source.repository("main")).isEqualTo("https://example.org/apt stable main");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "deb",
                "deb trixie",
                "deb-src trixie main",
                "deb [arch=amd64 trixie main",
                "deb [priority=high] trixie main",
                "deb https://example.org/apt ./"
            })
    void refusesWhatIsMalformed(String line) {
        assertThatThrownBy(() -> AptSource.parse(line)).isInstanceOf(DebException.class);
    }

    @Test
    void theMirrorComesFromOptionEnvironmentHostOrTheGenericDefault() throws Exception {
        Map<String, String> environment = Map.of("CAIRN_DEBIAN_MIRROR", "http://b.example/debian");
        assertThat(AptMirror.find("http://a.example/debian", null, environment, etcApt)
                        .archive())
                .isEqualTo(URI.create("http://a.example/debian/"));
        assertThat(AptMirror.find(null, null, environment, etcApt).security())
                .isEqualTo(URI.create("http://b.example/debian-security/"));
        assertThat(AptMirror.find(null, null, Map.of(), etcApt).archive())
                .isEqualTo(URI.create("http://ftp.debian.org/debian/"));
        Files.createDirectories(etcApt.resolve("sources.list.d"));
        Files.createDirectories(etcApt.resolve("apt.conf.d"));
        Files.writeString(etcApt.resolve("sources.list"), "# none\ndeb http://other.example/apt stable main\n");
        Files.writeString(etcApt.resolve("sources.list.d/debian.sources"), """
                Types: deb
                # a comment
                URIs: http://c.example/debian
                Suites: bookworm bookworm-updates
                Components: main

                Types: deb
                URIs: http://s.example/debian-security
                Suites: bookworm-security
                Components: main
                """);
        Files.writeString(etcApt.resolve("apt.conf.d/99x"), "Acquire::Check-Valid-Until \"false\";\n");
        assertThat(AptMirror.find(null, null, Map.of(), etcApt))
                .isEqualTo(new AptMirror(
                        URI.create("http://c.example/debian/"),
                        URI.create("http://s.example/debian-security/"),
                        false));
    }
}
