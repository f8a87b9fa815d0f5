package dev.cairn.packages.deb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the solver against the machine's own apt-get over the same indexes: the same packages and versions, and no
/// solution where apt finds none.
class AptAgreementIT {
    private static final List<String> FEW = List.of(
            "python3",
            "redis-server",
            "nginx",
            "postgresql",
            "curl git",
            "default-jre-headless",
            "exim4 mailutils",
            "apache2 php",
            "systemd dbus");

    private static final List<String> MORE = List.of(
            "build-essential",
            "mutt",
            "gawk mawk",
            "default-mysql-server ksh",
            "x11-apps",
            "wordpress",
            "cron rsyslog logrotate",
            "network-manager",
            "gnome-core",
            "emacs-nox",
            "ansible",
            "libapache2-mod-php certbot",
            "texlive-latex-extra",
            "r-base octave",
            "podman buildah",
            "postfix exim4",
            "task-desktop",
            "debhelper lintian",
            "linux-image-amd64",
            "ruby nodejs npm",
            "openssh-server sudo",
            "elogind systemd-sysv",
            "bsd-mailx",
            "chromium",
            "libgl1 mesa-utils",
            "haproxy varnish memcached",
            "samba nfs-kernel-server",
            "tomcat10 maven",
            "no-such-package-at-all",
            "python3-numpy python3-django gunicorn",
            "vlc");

    /// Virtual packages, alternatives, names with an architecture, removals, kernels, desktops, languages.
    private static final List<String> VARIED = List.of(
            "python3-django",
            "python3-django-extensions python3-psycopg2",
            "postgresql-contrib pgbouncer",
            "texlive-xetex latexmk",
            "texlive-fonts-recommended",
            "gnome-terminal",
            "gnome-shell gdm3",
            "libgtk-4-dev",
            "linux-headers-amd64",
            "dkms linux-headers-amd64",
            "mail-transport-agent mutt",
            "default-mta",
            "awk sed",
            "java-runtime",
            "c-compiler make",
            "httpd-cgi php-fpm",
            "editor",
            "python3:any",
            "curl:amd64 wget:any",
            "libc6-dev:amd64 gcc:any",
            "mariadb-server",
            "libreoffice-writer",
            "plasma-desktop",
            "kde-standard",
            "openjdk-17-jdk",
            "clang lld",
            "rustc cargo",
            "golang-go",
            "ghc cabal-install",
            "node-typescript",
            "ruby-rails",
            "r-cran-ggplot2",
            "perl-doc libdbd-pg-perl",
            "qemu-system-x86",
            "libvirt-daemon-system",
            "cups printer-driver-gutenprint",
            "xserver-xorg",
            "firefox-esr",
            "fonts-noto",
            "wine",
            "supertuxkart",
            "dovecot-imapd spamassassin",
            "bind9 dnsutils",
            "slapd ldap-utils",
            "python3-numpy python3-",
            "git cvs subversion mercurial",
            "ffmpeg imagemagick",
            "tzdata tzdata-legacy",
            "dbus-broker",
            "sysvinit-core",
            "init systemd-sysv-",
            "busybox-static busybox",
            "vim nano-",
            "exim4-daemon-heavy exim4-daemon-light",
            "mysql-client-8.0");

    @TempDir
    private Path folder;

    @Test
    void trixieAsAptResolvesIt() throws Exception {
        compare("trixie", FEW);
    }

    @Test
    void bookwormAsAptResolvesIt() throws Exception {
        compare("bookworm", FEW);
    }

    @Test
    @Tag("e2e")
    void manyListsOnTrixie() throws Exception {
        compare("trixie", MORE);
    }

    @Test
    @Tag("e2e")
    void manyListsOnBookworm() throws Exception {
        compare("bookworm", MORE);
    }

    @Test
    @Tag("e2e")
    void variedListsOnTrixie() throws Exception {
        compare("trixie", VARIED);
    }

    @Test
    @Tag("e2e")
    void variedListsOnBookworm() throws Exception {
        compare("bookworm", VARIED);
    }

    @Test
    void pinsAndSuites() throws Exception {
        compare(
                "bookworm",
                List.of("hello/bookworm", "curl/bookworm", "curl/bookworm-security", "curl:any libcurl4:amd64"));
    }

    private void compare(String suite, List<String> lists) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/apt-get")), "there is no apt-get to compare with");
        AptMirror mirror = AptMirror.find(null, null, Map.of(), Path.of("/etc/apt"));
        DebRepositories source = open(suite, mirror);
        HostAptSimulation apt =
                HostAptSimulation.of(folder.resolve("apt"), mirror, List.of(suite, suite + "-security"));
        List<String> differences = new ArrayList<>();
        for (String list : lists) {
            List<String> world = List.of(list.split(" ", -1));
            Optional<List<String>> expected = apt.install(world);
            Optional<List<String>> found = pins(source.resolve(world));
            if (!expected.equals(found)) {
                differences.add(list + "\n  apt:   " + expected + "\n  cairn: " + found);
            }
        }
        assertThat(differences).isEmpty();
    }

    private DebRepositories open(String suite, AptMirror mirror) throws Exception {
        Downloader downloader =
                new Downloader(new CacheDirectory(folder.resolve("cache")), Downloader.Options.of(System.getenv()));
        AptMirror unhurried = new AptMirror(mirror.archive(), mirror.security(), false);
        return DebRepositories.open(
                List.of(new DebRepositories.KeyedSource(AptSource.parse("deb " + suite + " main"), List.of())),
                "amd64",
                new DebRepositories.Access(unhurried, List.of(), false, Clock.systemUTC()),
                downloader);
    }

    private static Optional<List<String>> pins(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Solved solved ->
                Optional.of(solved.packages().stream()
                        .map(ResolvedPackage::pin)
                        .sorted()
                        .toList());
            case Resolution.Unsolvable _ -> Optional.empty();
        };
    }
}
