package dev.cairn.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.PackageFacts.Role;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PackageFactsTest {
    private static Optional<List<String>> debian(String name, String release) {
        return PackageFacts.libraries(name, Distribution.DEBIAN, release);
    }

    @Test
    void librariesFollowTheRelease() {
        assertThat(debian("libssl-dev", "bookworm")).contains(List.of("libssl3"));
        assertThat(debian("libssl-dev", "13")).contains(List.of("libssl3t64"));
        assertThat(debian("libpq-dev", "")).contains(List.of("libpq5"));
        assertThat(debian("default-libmysqlclient-dev", "bookworm")).contains(List.of("libmariadb3"));
    }

    @Test
    void whatIsNotCertainIsNotWritten() {
        assertThat(debian("libssl-dev", "")).isEmpty();
        assertThat(debian("libssl-dev", "bullseye")).isEmpty();
        assertThat(debian("no-such-dev", "trixie")).isEmpty();
        assertThat(PackageFacts.libraries("libpq-dev", Distribution.UBUNTU, "")).isEmpty();
        assertThat(PackageFacts.libraries("openssl-devel", Distribution.RHEL, ""))
                .isEmpty();
    }

    @Test
    void apkLibrariesExistInTheirDistribution() {
        assertThat(PackageFacts.libraries("openssl-dev", Distribution.ALPINE, "3.19"))
                .contains(List.of("libcrypto3", "libssl3"));
        assertThat(PackageFacts.libraries("openssl-dev", Distribution.ALPINE, "3.16"))
                .contains(List.of("libcrypto1.1", "libssl1.1"));
        assertThat(PackageFacts.libraries("openssl-dev", Distribution.ALPINE, "3.9"))
                .isEmpty();
        assertThat(PackageFacts.libraries("curl-dev", Distribution.WOLFI, "")).contains(List.of("libcurl-openssl4"));
        assertThat(PackageFacts.libraries("zlib-dev", Distribution.WOLFI, "")).contains(List.of("zlib"));
    }

    @Test
    void rolesOfNames() {
        assertThat(PackageFacts.role("gcc-12", Distribution.DEBIAN)).isEqualTo(Role.COMPILER);
        assertThat(PackageFacts.role("python3.11-dev", Distribution.DEBIAN)).isEqualTo(Role.COMPILER);
        assertThat(PackageFacts.role("libpq5", Distribution.DEBIAN)).isEqualTo(Role.LIBRARY);
        assertThat(PackageFacts.role("libreoffice", Distribution.DEBIAN)).isEqualTo(Role.OTHER);
        assertThat(PackageFacts.role("librsvg2-bin", Distribution.DEBIAN)).isEqualTo(Role.OTHER);
        assertThat(PackageFacts.role("libpq-dev", Distribution.DEBIAN)).isEqualTo(Role.DEVELOPMENT);
        assertThat(PackageFacts.role("libpq", Distribution.ALPINE)).isEqualTo(Role.LIBRARY);
        assertThat(PackageFacts.role("tzdata", Distribution.WOLFI)).isEqualTo(Role.DATA);
        assertThat(PackageFacts.role("curl", Distribution.WOLFI)).isEqualTo(Role.FETCHER);
        assertThat(PackageFacts.role("", Distribution.WOLFI)).isEqualTo(Role.OTHER);
    }

    @Test
    void commandsComeFromTheTables() {
        assertThat(PackageFacts.commands("postgresql-client-15", Distribution.DEBIAN))
                .contains("psql");
        assertThat(PackageFacts.commands("acl", Distribution.DEBIAN)).contains("getfacl");
        assertThat(PackageFacts.left("g++", Distribution.ALPINE)).contains("libstdc++");
    }
}
