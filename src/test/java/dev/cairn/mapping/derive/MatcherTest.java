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
    void packagesThatStandForEachOtherEnd() {
        debian.facts("a").depends().add("b");
        debian.facts("b").depends().add("a");
        assertThat(new Matcher(debian, apk).match("a")).isNull();
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
        return Objects.requireNonNull(new Matcher(debian, apk).match(name));
    }
}
