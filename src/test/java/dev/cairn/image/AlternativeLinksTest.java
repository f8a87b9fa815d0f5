package dev.cairn.image;

import static dev.cairn.image.layer.MadeFacts.file;
import static dev.cairn.image.layer.MadeFacts.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.packages.deb.Alternative;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlternativeLinksTest {
    private static final Alternative MAWK = new Alternative(
            "/usr/bin/awk",
            "awk",
            "/usr/bin/mawk",
            5,
            List.of(
                    new Alternative.Follower("/usr/bin/nawk", "nawk", "/usr/bin/mawk"),
                    new Alternative.Follower("/usr/share/man/awk.1", "awk.1", "/usr/share/man/mawk.1")));
    private static final Alternative GAWK = new Alternative("/usr/bin/awk", "awk", "/bin/gawk", 10, List.of());

    private final InstalledPackage mawk = Installed.offering("mawk", List.of(MAWK), file("usr/bin/mawk", 1));
    private final InstalledPackage gawk =
            Installed.offering("gawk", List.of(GAWK), file("usr/bin/gawk", 2), symlink("bin", "usr/bin"));

    private static ImageTree links(InstalledPackage... packages) {
        ImageTree tree = Installed.tree(List.of(packages));
        AlternativeLinks links = new AlternativeLinks(tree, List.of(packages));
        links.write();
        links.record("why");
        return tree;
    }

    @Test
    void theOnlyOneIsLinkedWithTheFollowersThatAreThere() {
        ImageTree tree = links(mawk);

        assertThat(tree.top().find("usr/bin/awk").tar().link()).isEqualTo("/etc/alternatives/awk");
        assertThat(tree.top().find("etc/alternatives/awk").tar().link()).isEqualTo("/usr/bin/mawk");
        assertThat(tree.canonical("usr/bin/nawk", true)).isEqualTo("usr/bin/mawk");
        assertThat(tree.top().find("usr/share/man/awk.1")).isNull();
        assertThat(Installed.text(tree.top(), "var/lib/dpkg/alternatives/awk")).isEqualTo("""
                auto
                /usr/bin/awk
                awk.1
                /usr/share/man/awk.1
                nawk
                /usr/bin/nawk

                /usr/bin/mawk
                5
                /usr/share/man/mawk.1
                /usr/bin/mawk

                """);
    }

    @Test
    void thePriorityDecides() {
        assertThat(links(mawk, gawk).canonical("usr/bin/awk", true)).isEqualTo("usr/bin/gawk");
        assertThat(links(gawk, mawk).canonical("usr/bin/awk", true)).isEqualTo("usr/bin/gawk");
    }

    @Test
    void whatIsNotThereIsNoChoice() {
        InstalledPackage broken = Installed.offering("gawk", List.of(GAWK), file("usr/bin/other", 1));

        assertThat(links(mawk, broken).canonical("usr/bin/awk", true)).isEqualTo("usr/bin/mawk");
        assertThat(links(broken).top().find("usr/bin/awk")).isNull();
    }

    @Test
    void aPackagesOwnFileStays() {
        InstalledPackage real = Installed.of("real", 1, file("usr/bin/awk", 9));

        assertThat(links(mawk, real).top().find("usr/bin/awk")).isNull();
    }
}
