package dev.cairn.image;

import static dev.cairn.image.layer.MadeFacts.directory;
import static dev.cairn.image.layer.MadeFacts.file;
import static dev.cairn.image.layer.MadeFacts.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergedViewTest {
    @Test
    void findsWhoseAPathIs() {
        InstalledPackage red = Installed.of("red", 1, directory("usr", 0755, 0), file("usr/red", 1));
        InstalledPackage blue = Installed.of("blue", 1, directory("usr", 0755, 0), symlink("usr/blue", "red"));
        MergedView view = new MergedView(List.of(red, blue));

        assertThat(view.find("usr/red")).map(MergedView.Owned::owner).contains(red);
        assertThat(view.find("usr/blue")).map(each -> each.fact().link()).contains("red");
        assertThat(view.find("usr")).isEmpty();
        assertThat(view.find("usr/green")).isEmpty();
        assertThat(view.has("usr/red")).isTrue();
        assertThat(view.has("usr")).isFalse();
        assertThat(view.hasDirectory("usr")).isTrue();
        assertThat(view.hasDirectory("usr/red")).isFalse();
        assertThat(view.directories().get("usr"))
                .extracting(MergedView.Owned::owner)
                .containsExactly(red, blue);
        assertThat(view.below("usr")).extracting(each -> each.fact().path()).containsExactly("usr/red", "usr/blue");
        assertThat(view.meetings()).isEmpty();
    }

    @Test
    void directoriesDoNotMeet() {
        MergedView view = new MergedView(List.of(
                Installed.of("red", 1, directory("srv", 0755, 0)), Installed.of("blue", 1, directory("srv", 0700, 9))));

        assertThat(view.meetings()).isEmpty();
    }

    @Test
    void meetingsAreHarmlessWhenTheSameIsThere() {
        InstalledPackage red = Installed.of("red", 1, file("etc/a", 1), file("etc/b", 1), symlink("etc/c", "a"));
        InstalledPackage blue = Installed.of("blue", 1, file("etc/a", 1), file("etc/b", 2), symlink("etc/c", "a"));
        List<MergedView.Meeting> meetings = new MergedView(List.of(red, blue)).meetings();

        assertThat(meetings).allMatch(each -> each.first().owner().equals(red));
        assertThat(meetings).allMatch(each -> each.second().owner().equals(blue));
        assertThat(meetings)
                .filteredOn(MergedView.Meeting::harmless)
                .extracting(MergedView.Meeting::path)
                .containsExactlyInAnyOrder("etc/a", "etc/c");
        assertThat(meetings)
                .filteredOn(each -> !each.harmless())
                .extracting(MergedView.Meeting::path)
                .containsExactly("etc/b");
    }

    @Test
    void everyPairMeets() {
        InstalledPackage red = Installed.of("red", 1, file("etc/a", 1));
        InstalledPackage green = Installed.of("green", 1, file("etc/a", 1));
        InstalledPackage blue = Installed.of("blue", 1, file("etc/a", 3));
        List<MergedView.Meeting> meetings = new MergedView(List.of(red, green, blue)).meetings();

        assertThat(meetings)
                .extracting(each -> each.first().owner().name() + " "
                        + each.second().owner().name())
                .containsExactlyInAnyOrder("red green", "red blue", "green blue");
    }

    @Test
    void theWinnersFileIsFound() {
        InstalledPackage red = Installed.of("red", 1, file("etc/a", 1));
        InstalledPackage blue = Installed.replacing("blue", "red", file("etc/a", 2));

        assertThat(new MergedView(List.of(red, blue)).find("etc/a"))
                .map(MergedView.Owned::owner)
                .contains(blue);
        assertThat(new MergedView(List.of(blue, red)).find("etc/a"))
                .map(MergedView.Owned::owner)
                .contains(blue);
    }

    @Test
    void manyPathsKeepTheirOwners() {
        List<InstalledPackage> packages = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            packages.add(Installed.of("p" + i, 1, file("usr/share/" + i, i), file("usr/lib/" + i, i)));
        }
        MergedView view = new MergedView(packages);

        for (int i = 0; i < 300; i++) {
            assertThat(view.find("usr/lib/" + i).orElseThrow().owner().name()).isEqualTo("p" + i);
        }
        assertThat(view.has("usr/lib/300")).isFalse();
    }
}
