package dev.cairn.image;

import static dev.cairn.image.layer.MadeFacts.directory;
import static dev.cairn.image.layer.MadeFacts.file;
import static dev.cairn.image.layer.MadeFacts.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageTreeTest {
    private final ImageTree tree = Installed.tree(List.of(Installed.of(
            "base",
            1,
            directory("usr/lib", 0755, 0),
            directory("srv", 0700, 7),
            symlink("lib", "usr/lib"),
            symlink("var/run", "/run"),
            symlink("var/lock", "../run/./lock"),
            symlink("up", "../../etc"),
            symlink("loop", "loop"),
            symlink("usr/lib/a.so", "a.so.1"),
            file("usr/lib/a.so.1", 1))));

    @Test
    void linksOnTheWayAreFollowed() {
        assertThat(tree.canonical("/var/run/x/y", false)).isEqualTo("run/x/y");
        assertThat(tree.canonical("lib/a.so", false)).isEqualTo("usr/lib/a.so");
        assertThat(tree.canonical("lib/a.so", true)).isEqualTo("usr/lib/a.so.1");
        assertThat(tree.canonical("var/lock/x", false)).isEqualTo("run/lock/x");
        assertThat(tree.canonical("up/passwd", false)).isEqualTo("etc/passwd");
        assertThat(tree.canonical("//lib//./x", false)).isEqualTo("usr/lib/x");
        assertThat(tree.canonical("lib/../x", false)).isEqualTo("usr/x");
        assertThat(tree.canonical("/", true)).isEmpty();
    }

    @Test
    void theLastPartIsFollowedOnRequestOnly() {
        assertThat(tree.canonical("/var/run", false)).isEqualTo("var/run");
        assertThat(tree.canonical("/var/run", true)).isEqualTo("run");
    }

    @Test
    void aLoopEnds() {
        assertThat(tree.canonical("loop/x", true)).endsWith("x");
    }

    @Test
    void theTopLayerHidesWhatPackagesHold() {
        tree.top().symlink("srv2", "/srv", "test");
        tree.top().file("lib", 0644, new byte[1], "test");

        assertThat(tree.canonical("srv2/x", false)).isEqualTo("srv/x");
        assertThat(tree.canonical("lib", true)).isEqualTo("lib");
    }

    @Test
    void tellsWhatIsThere() {
        assertThat(tree.exists("usr/lib/a.so")).isTrue();
        assertThat(tree.exists("srv")).isTrue();
        assertThat(tree.exists("usr/lib/b.so")).isFalse();
        assertThat(tree.hasFile("/lib/a.so")).isTrue();
        assertThat(tree.hasFile("/srv")).isFalse();
        assertThat(tree.attributes("srv").mode()).isEqualTo(0700);
        assertThat(tree.attributes("srv").uid()).isEqualTo(7);
        assertThat(tree.attributes("nowhere").mode()).isEqualTo(0755);
    }
}
