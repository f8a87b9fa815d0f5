package dev.cairn.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.Evidence.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PackageNamesTest {
    private static final String LETTERS = "lib#%*+-.\t\n \u00e9php8.2py3-devel=\ud800";
    private static final PackageNames NAMES = PackageNames.builtIn();

    @ParameterizedTest
    @CsvSource({
        // name, Alpine, Wolfi
        "curl, curl, curl",
        "build-essential, build-base, build-base",
        "python3-dev, python3-dev, python3-dev",
        "libpq-dev, libpq-dev, postgresql-dev",
        "libssl-dev, openssl-dev, openssl-dev",
        "zlib1g-dev, zlib-dev, zlib-dev",
        "libffi-dev, libffi-dev, libffi-dev",
        "libxml2-dev, libxml2-dev, libxml2-dev",
        "default-libmysqlclient-dev, mariadb-dev, mariadb-connector-c-dev",
        "pkg-config, pkgconf, pkgconf",
        "dnsutils, bind-tools, bind-tools",
        "iputils-ping, iputils, iputils",
        "xz-utils, xz, xz",
        "sqlite3, sqlite, sqlite",
        "libgl1-mesa-glx, mesa-gl, mesa-gl",
        "libasound2t64, alsa-lib, alsa-lib",
        "openjdk-17-jdk-headless, openjdk17, openjdk-17",
        "openjdk-17-jre-headless, openjdk17-jre-headless, openjdk-17-jre",
        "postgresql-client, postgresql-client, postgresql-client",
        "php8.2-fpm, php82-fpm, php-8.2-fpm",
        "php8.2-redis, php82-pecl-redis, php-8.2-redis",
        "php8.2-mysql, php82-mysqli php82-pdo_mysql, php-8.2-mysqli php-8.2-pdo_mysql",
        "libicu72, icu-libs, icu",
        "g++, g++, gcc",
        "netcat, netcat-openbsd, netcat-openbsd",
        "openssh-client, openssh-client, openssh-client",
        "python-is-python3, python3, python3",
        "libgtk-3-0, gtk+3.0, gtk-3",
        "libc6-dev, musl-dev, glibc-dev",
        "libcap2-bin, libcap, libcap-utils",
        "libnss3-tools, nss-tools, libnss-tools",
        "libboost-all-dev, boost-dev, boost-dev",
    })
    void fromDebian(String name, String alpine, String wolfi) {
        assertThat(written(name, Distribution.DEBIAN, Distribution.ALPINE)).isEqualTo(alpine);
        assertThat(written(name, Distribution.UBUNTU, Distribution.WOLFI)).isEqualTo(wolfi);
    }

    @ParameterizedTest
    @CsvSource({
        "openssl-devel, openssl-dev, openssl-dev, libssl-dev",
        "gcc-c++, g++, gcc, g++",
        "libxml2-devel, libxml2-dev, libxml2-dev, libxml2-dev",
        "python3-pip, py3-pip, py3-pip, python3-pip",
        "bind-utils, bind-tools, bind-tools, bind9-dnsutils",
        "java-17-openjdk-devel, openjdk17, openjdk-17, openjdk-17-jdk",
        "libjpeg-turbo-devel, libjpeg-turbo-dev, libjpeg-turbo-dev, libjpeg-dev",
        "ImageMagick-devel, imagemagick-dev, imagemagick-dev, libmagickwand-dev",
        "procps-ng, procps, procps, procps",
        "shadow-utils, shadow, shadow, passwd",
        "libX11, libx11, libx11, libx11-6",
    })
    void fromRedHat(String name, String alpine, String wolfi, String debian) {
        assertThat(written(name, Distribution.RHEL, Distribution.ALPINE)).isEqualTo(alpine);
        assertThat(written(name, Distribution.FEDORA, Distribution.WOLFI)).isEqualTo(wolfi);
        assertThat(written(name, Distribution.RHEL, Distribution.DEBIAN)).isEqualTo(debian);
    }

    @ParameterizedTest
    @CsvSource({
        "curl-dev, libcurl4-openssl-dev",
        "build-base, build-essential",
        "postgresql-client, postgresql-client",
        "readline-dev, libreadline-dev",
        "icu-libs, libicu76",
        "linux-headers, linux-libc-dev",
        "dpkg-dev, dpkg-dev",
        "alsa-lib, libasound2t64",
        "bind-tools, bind9-dnsutils",
        "py3-pip, python3-pip",
        "linux-pam-dev, libpam0g-dev",
    })
    void fromAlpineToDebian(String name, String debian) {
        assertThat(written(name, Distribution.ALPINE, Distribution.DEBIAN)).startsWith(debian);
    }

    @ParameterizedTest
    @CsvSource({
        "apt-transport-https, debian, no-apt",
        "software-properties-common, ubuntu, no-apt",
        "dirmngr, debian, no-apt",
        "lsb-release, debian, release-file",
        "epel-release, rhel, no-yum",
        "locales, debian, locales",
        "gcompat, alpine, in-the-c-library",
    })
    void whatTheTargetDoesNotNeedIsDroppedByARule(String name, String from, String rule) {
        Outcome outcome = NAMES.outcome(name, Distribution.parse(from).orElseThrow(), Distribution.WOLFI);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Dropped.class,
                        dropped -> assertThat(dropped.rule()).isEqualTo(rule));
    }

    @ParameterizedTest
    @CsvSource({
        // another program of the same name; another major version; Python 2; nothing of that name
        "mpc, wolfi",
        "libssl1.0.2, alpine",
        "libssl1.1, wolfi",
        "python-pip, wolfi",
        "google-chrome-stable, alpine",
        "redis-server, wolfi",
        "golang-1.13, alpine",
        "ruby1.9.1-dev, alpine",
        "gir1.2-spiceclientgtk-3.0, wolfi",
        "'', wolfi",
        "'$PKGS', wolfi",
        "'a\tb', alpine",
    })
    void whatIsNotSureIsReported(String name, String to) {
        assertThat(NAMES.outcome(
                        name, Distribution.DEBIAN, Distribution.parse(to).orElseThrow()))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void anUnknownNameHasNearOnes() {
        assertThat(NAMES.outcome("libpqxx-devel", Distribution.RHEL, Distribution.WOLFI))
                .isInstanceOf(Outcome.Unknown.class);
        assertThat(((Outcome.Unknown) NAMES.outcome("ruby-dev", Distribution.DEBIAN, Distribution.WOLFI)).nearest())
                .contains("ruby");
    }

    @Test
    void withinAFormatNamesStay() {
        assertThat(NAMES.outcome("anything", Distribution.DEBIAN, Distribution.DEBIAN))
                .isEqualTo(new Outcome.Same());
        assertThat(NAMES.outcome("anything", Distribution.UBUNTU, Distribution.DEBIAN))
                .isEqualTo(new Outcome.Same());
        assertThat(NAMES.outcome("curl", Distribution.ALPINE, Distribution.WOLFI))
                .isEqualTo(new Outcome.Same());
    }

    @Test
    void ofWolfiOnlyNamesAreKnownAndThatIsSaid() {
        Outcome.Mapped mapped =
                (Outcome.Mapped) NAMES.outcome("libreadline-dev", Distribution.DEBIAN, Distribution.WOLFI);
        assertThat(mapped.confidence()).isLessThanOrEqualTo(85);
        assertThat(mapped.evidence()).extracting(Evidence::kind).contains(Kind.PKG_CONFIG, Kind.NAME_ONLY);
    }

    @Test
    void ownRowsWin() {
        PackageNames own = NAMES.withCustom(Map.of("curl", List.of("our-curl"), "git", List.of()));
        assertThat(own.outcome("curl", Distribution.DEBIAN, Distribution.DEBIAN))
                .isInstanceOfSatisfying(
                        Outcome.Mapped.class,
                        mapped -> assertThat(mapped.names()).containsExactly("our-curl"));
        assertThat(own.outcome("git", Distribution.DEBIAN, Distribution.WOLFI)).isInstanceOf(Outcome.Dropped.class);
    }

    @Test
    void aTargetAtHandDecidesWhatExists() {
        PackageNames narrow = NAMES.withTarget(Set.of("curl"));
        assertThat(narrow.outcome("curl", Distribution.DEBIAN, Distribution.WOLFI))
                .isInstanceOf(Outcome.Mapped.class);
        assertThat(narrow.outcome("git", Distribution.DEBIAN, Distribution.WOLFI))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"ALPINE", "WOLFI"})
    void everyNameThatIsWrittenExistsInTheTarget(Distribution to) {
        TargetNames target = TargetNames.of(to);
        List<String> missing = new ArrayList<>();
        new SortedLines(Resource.bytes("debian.tsv")).forEachKey(name -> {
            if (NAMES.outcome(name, Distribution.DEBIAN, to) instanceof Outcome.Mapped mapped) {
                mapped.names().stream().filter(each -> !target.has(each)).forEach(missing::add);
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void anyTextHasAnOutcome() {
        Random random = new Random(7);
        for (int i = 0; i < 600; i++) {
            char[] text = new char[random.nextInt(12)];
            for (int k = 0; k < text.length; k++) {
                text[k] = LETTERS.charAt(random.nextInt(LETTERS.length()));
            }
            for (Distribution from : Distribution.values()) {
                assertThat(NAMES.outcome(new String(text), from, Distribution.WOLFI))
                        .isNotNull();
            }
        }
    }

    private static String written(String name, Distribution from, Distribution to) {
        Outcome outcome = NAMES.outcome(name, from, to);
        return outcome instanceof Outcome.Mapped mapped
                ? String.join(" ", mapped.names())
                : outcome instanceof Outcome.Same ? name : outcome.toString();
    }
}
