package dev.cairn.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearNamesTest {
    private static List<String> near(String wanted, String... names) {
        NearNames near = new NearNames(wanted);
        for (String each : names) {
            near.offer(each);
        }
        return near.best();
    }

    @Test
    void aSwapIsNearerThanTwoChanges() {
        assertThat(near("ngnix", "afnix", "nginx", "xonix", "apache2")).containsExactly("nginx", "afnix", "xonix");
    }

    @Test
    void extensionsAndLibrariesAreNear() {
        assertThat(near("postgresql-serve", "postgresql-server", "postgres")).containsExactly("postgresql-server");
        assertThat(near("openssh", "openssh-client", "openssh-server", "opensshd"))
                .first()
                .isEqualTo("opensshd");
        assertThat(near("magic", "libmagic", "imagemagick")).containsExactly("libmagic");
    }

    @Test
    void nothingNearIsNothing() {
        assertThat(near("abc", "xyz", "ab")).containsExactly("ab");
        assertThat(new NearNames("nosuch").advice()).isEmpty();
        assertThat(near("x".repeat(100_000), "y".repeat(100_000))).isEmpty();
    }

    @Test
    void distancesAreThoseOfEdits() {
        assertThat(NearNames.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearNames.distance("ab", "ba")).isEqualTo(1);
        assertThat(NearNames.distance("", "abc")).isEqualTo(3);
    }
}
