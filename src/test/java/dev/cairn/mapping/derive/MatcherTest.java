package dev.cairn.mapping.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.Evidence;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MatcherTest {
    private final Index debian = new Index();
    private final Index apk = new Index();

    @Test
    void aProgramIsFoundByItsCommands() {
        debian.facts("xz-utils").commands().addAll(List.of("xz", "unxz", "xzcat"));
        apk.facts("xz").commands().addAll(List.of("xz", "unxz", "xzcat"));
        apk.facts("busybox").commands().add("unxz");
        Match match = match("xz-utils");
        assertThat(match.names()).containsExactly("xz");
        assertThat(match.confidence()).isGreaterThan(90);
        assertThat(match.evidence()).contains(new Evidence(Evidence.Kind.COMMAND, "xz"));
    }

    @Test
    void aCommandThatTwoSoftwaresShareProvesLittle() {
        debian.facts("golang-go").commands().addAll(List.of("go", "gofmt"));
        apk.facts("gcc-go").commands().addAll(List.of("go", "gofmt", "gccgo"));
        debian.facts("player").commands().add("mpc");
        apk.facts("toolbox").commands().add("mpc");
        assertThat(match("player").confidence()).isLessThan(60);
    }

    @Test
    void aDevelopmentPackageIsFoundByPkgConfigOrByItsLibrary() {
        debian.facts("libonig-dev").pkgConfig().add("oniguruma");
        apk.facts("oniguruma-dev").pkgConfig().add("oniguruma");
        assertThat(match("libonig-dev").names()).containsExactly("oniguruma-dev");
        debian.facts("libgdbm-dev").libraries().add("libgdbm");
        apk.facts("gdbm").libraries().add("libgdbm");
        apk.facts("gdbm-dev").origin("gdbm");
        assertThat(match("libgdbm-dev").names()).containsExactly("gdbm-dev");
    }

    @Test
    void aPackageThatOnlyAsksForOthersIsThose() {
        debian.facts("libjpeg-dev").depends().add("libjpeg62-turbo-dev");
        debian.facts("libjpeg62-turbo-dev").pkgConfig().add("libjpeg");
        apk.facts("libjpeg-turbo-dev").pkgConfig().add("libjpeg");
        Match match = match("libjpeg-dev");
        assertThat(match.names()).containsExactly("libjpeg-turbo-dev");
        assertThat(match.evidence()).extracting(Evidence::kind).containsExactly(Evidence.Kind.META);
    }

    @Test
    void aTargetOfAnotherVersionIsNoCounterpart() {
        debian.facts("libboost-regex1.83.0").libraries().add("libboost_regex");
        debian.facts("libboost-regex-dev").libraries().add("libboost_regex");
        apk.facts("boost1.77-regex").libraries().add("libboost_regex");
        apk.facts("boost1.77-regex").origin("boost1.77");
        apk.facts("boost1.77-dev").origin("boost1.77");
        apk.facts("boost-dev").origin("boost");
        assertThat(match("libboost-regex1.83.0").confidence()).isLessThan(60);
        assertThat(match("libboost-regex-dev").names()).containsExactly("boost-dev");
    }

    @Test
    void versionsAgreeAsFarAsTheyGo() {
        assertThat(Versions.agree("libgtk-3-0", "gtk+3.0")).isTrue();
        assertThat(Versions.agree("libmpfr6", "mpfr4")).isTrue();
        assertThat(Versions.agree("libbz2-dev", "bzip2-dev")).isTrue();
        assertThat(Versions.agree("clang-format", "clang14")).isFalse();
        assertThat(Versions.agree("libssl3t64", "libssl1.1")).isFalse();
        assertThat(Versions.agree("libllvm15", "llvm13-libs")).isFalse();
    }

    @Test
    void debiansLibrariesCarryASonameWhichIsNoVersion() {
        apk.facts("libxslt").libraries().add("libxslt");
        debian.facts("libxslt1.1").libraries().add("libxslt");
        Match match = Objects.requireNonNull(new Matcher(apk, debian, true).match("libxslt"));
        assertThat(match.names()).containsExactly("libxslt1.1");
        assertThat(match.confidence()).isGreaterThan(60);
    }

    @Test
    void aDescriptionOfALibraryIsNotTheLibrary() {
        debian.facts("gir1.2-gom-1.0").modules().add("gi");
        apk.facts("py3-gobject3").modules().add("gi");
        assertThat(new Matcher(debian, apk, false).match("gir1.2-gom-1.0")).isNull();
    }

    @Test
    void packagesThatStandForEachOtherEnd() {
        debian.facts("a").depends().add("b");
        debian.facts("b").depends().add("a");
        assertThat(new Matcher(debian, apk, false).match("a")).isNull();
    }

    @Test
    void theSameNameWithOtherCommandsIsAnotherProgram() {
        debian.facts("mpc").commands().add("mpc");
        apk.facts("mpc").commands().add("something-else");
        assertThat(match("mpc").confidence()).isLessThan(60);
    }

    @Test
    void aLibrarysStemHasNoVersion() {
        assertThat(Facts.stem("libssl.so.3")).isEqualTo("libssl");
        assertThat(Facts.stem("libdns-9.16.33.so")).isEqualTo("libdns");
        assertThat(Facts.stem("libglib-2.0.so.0")).isEqualTo("libglib");
    }

    private Match match(String name) {
        return Objects.requireNonNull(new Matcher(debian, apk, false).match(name));
    }
}
