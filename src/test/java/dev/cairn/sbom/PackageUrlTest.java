package dev.cairn.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.Mutations;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl",
                "pkg:deb/debian/login@1:4.13%2Bdfsg1-1%2Bb1?arch=amd64",
                "pkg:apk/wolfi/busybox@1.36.1-r2?arch=x86_64",
                "pkg:maven/org.apache.xmlgraphics/batik-anim@1.9.1?classifier=sources&repository_url=repo.spring.io/release",
                "pkg:npm/%40angular/animation@12.3.1",
                "pkg:golang/google.golang.org/genproto#googleapis/api/annotations",
                "pkg:oci/debian@sha256%3A244fd47e07d1004f0aed9c156aa09083c82bf8944eceb67c946ff7430510a77b?arch=amd64",
                "pkg:gem/ruby-advisory-db-check@0.12.4",
                "pkg:generic/openssl@1.1.10g?checksum=sha256:de4d501267da",
                "pkg:nuget/EnterpriseLibrary.Common@6.0.1304",
                "pkg:cargo/rand@0.7.2",
                "pkg:composer/laravel/laravel@5.5.0"
            })
    void readsAndPrintsTheCanonicalForm(String text) {
        PackageUrl read = PackageUrl.parse(text);
        assertThat(read.toString()).isEqualTo(text.replace("sha256%3A244", "sha256:244"));
        assertThat(PackageUrl.parse(read.toString())).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "pkg:DEB/Debian/Curl@7.50.3-1?Arch=i386, pkg:deb/debian/curl@7.50.3-1?arch=i386",
        "pkg://pypi/Django_x@1.11.1, pkg:pypi/django-x@1.11.1",
        "pkg:npm/@babel/core@7.0.0, pkg:npm/%40babel/core@7.0.0",
        "pkg:deb/debian/x@1%3A2?b=2&a=1&c=, pkg:deb/debian/x@1:2?a=1&b=2",
        "pkg:golang/a/./b#/x/../y/, pkg:golang/a/./b#x/y",
        "pkg:rpm/fedora/curl@7.50.3-1.fc25?epoch=1, pkg:rpm/fedora/curl@7.50.3-1.fc25?epoch=1",
    })
    void normalises(String text, String canonical) {
        assertThat(PackageUrl.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pkg:",
                "deb/debian/curl@1",
                "pkg:deb",
                "pkg:deb/",
                "pkg:4deb/x",
                "pkg:deb/x?a b=1",
                "pkg:deb/x?a=1&A=2",
                "pkg:deb/x%2",
                "pkg:deb/x%zz",
                "pkg:deb/x%ff",
                "pkg:d eb/x"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> PackageUrl.parse(text)).isInstanceOf(SbomException.class);
        assertThat(PackageUrl.parseOrNull(text)).isNull();
    }

    @Test
    void knowsTheNamesOfEcosystems() {
        assertThat(PackageUrl.parse("pkg:maven/org.slf4j/slf4j-api@2").fullName())
                .isEqualTo("org.slf4j:slf4j-api");
        assertThat(PackageUrl.parse("pkg:npm/%40babel/core@7").fullName()).isEqualTo("@babel/core");
        assertThat(PackageUrl.parse("pkg:golang/golang.org/x/net@v0.1.0").fullName())
                .isEqualTo("golang.org/x/net");
        assertThat(PackageUrl.parse("pkg:deb/debian/curl@7").fullName()).isEqualTo("curl");
        assertThat(PackageUrl.of("deb", "debian", "g++", "4:12.2.0-3", Map.of("arch", "amd64")))
                .hasToString("pkg:deb/debian/g%2B%2B@4:12.2.0-3?arch=amd64");
    }

    @Test
    void damageGivesAPackageUrlOrAnError() {
        byte[] text = "pkg:npm/%40angular/animation@12.3.1?arch=x&checksum=sha1:ad%2F9503#a/../b"
                .getBytes(StandardCharsets.UTF_8);
        Mutations.of(text, 11, 3000, damaged -> {
            PackageUrl read = PackageUrl.parseOrNull(new String(damaged, StandardCharsets.UTF_8));
            if (read != null) {
                assertThat(PackageUrl.parse(read.toString())).isEqualTo(read);
            }
        });
    }
}
