package dev.cairn.image;

import static dev.cairn.image.layer.MadeFacts.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompositionTest {
    private static Composition of(int budget, InstalledPackage... packages) {
        return of(budget, List.of(packages));
    }

    private static Composition of(int budget, List<InstalledPackage> packages) {
        return Composition.of(packages, new MergedView(packages), budget);
    }

    private static List<InstalledPackage> packages(int count) {
        List<InstalledPackage> packages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            packages.add(Installed.of("p" + i, 1000 + i * 7919L % 400, file("usr/share/" + i, i)));
        }
        return packages;
    }

    private static int layers(Composition composition) {
        return composition.own().size() + (composition.grouped().isEmpty() ? 0 : 1) + 1;
    }

    @Test
    void theBudgetIsKeptAndTheTailIsGrouped() {
        List<InstalledPackage> packages = packages(400);
        Composition composition = of(60, packages);

        assertThat(layers(composition)).isEqualTo(60);
        List<InstalledPackage> all = new ArrayList<>(composition.own());
        all.addAll(composition.grouped());
        assertThat(all).containsExactlyInAnyOrderElementsOf(packages);
        long smallestOwn = composition.own().stream()
                .mapToLong(each -> each.facts().layer().size())
                .min()
                .orElseThrow();
        assertThat(composition.grouped()).allMatch(each -> each.facts().layer().size() <= smallestOwn);
        Comparator<InstalledPackage> install = Comparator.comparingInt(packages::indexOf);
        assertThat(composition.grouped()).isSortedAccordingTo(install);
        assertThat(composition.own()).isSortedAccordingTo(install);
    }

    @Test
    void whatFitsIsNotGrouped() {
        assertThat(of(60, packages(59)).grouped()).isEmpty();
        assertThat(layers(of(60, packages(60)))).isEqualTo(60);
        assertThat(of(60, packages(60)).grouped()).hasSize(2);
        assertThat(layers(of(2, packages(5)))).isEqualTo(2);
    }

    @Test
    void theInputsOrderAmongEqualsDecidesNothing() {
        List<InstalledPackage> packages = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            packages.add(Installed.of("p" + i, 100, file("usr/" + i, i)));
        }
        List<InstalledPackage> grouped = of(10, packages).grouped();

        assertThat(of(10, packages.reversed()).grouped()).containsExactlyInAnyOrderElementsOf(grouped);
    }

    @Test
    void packagesThatMeetAreNotGroupedTogether() {
        List<InstalledPackage> packages = new ArrayList<>(packages(50));
        packages.add(Installed.of("one", 1, file("etc/same", 5)));
        packages.add(Installed.of("two", 1, file("etc/same", 5)));
        packages.add(Installed.from("source", "three", file("etc/other", 1)));
        packages.add(Installed.from("source", "four", file("etc/other", 2)));
        Composition composition = of(20, packages);

        assertThat(layers(composition)).isLessThanOrEqualTo(20);
        List<String> grouped =
                composition.grouped().stream().map(InstalledPackage::name).toList();
        assertThat(grouped).doesNotContain("three", "four").doesNotContainSequence("one", "two");
    }

    @Test
    void theBudgetIsKeptWhereManyPackagesMeet() {
        List<InstalledPackage> packages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            packages.add(Installed.of("a" + i, 10, file("usr/pair" + i, 5)));
            packages.add(Installed.of("b" + i, 10, file("usr/pair" + i, 5)));
        }
        Composition composition = of(120, packages);

        assertThat(layers(composition)).isLessThanOrEqualTo(120);
        assertThat(new MergedView(composition.grouped()).meetings()).isEmpty();
    }

    @Test
    void theWinnerLiesAboveTheLoser() {
        InstalledPackage winner = Installed.replacing("winner", "loser", file("etc/a", 1));
        InstalledPackage between = Installed.of("between", 1, file("etc/b", 1));
        InstalledPackage loser = Installed.of("loser", 1, file("etc/a", 2));

        assertThat(of(60, winner, between, loser).own()).containsExactly(between, loser, winner);
        assertThat(of(60, loser, between, winner).own()).containsExactly(loser, between, winner);
        assertThat(of(60, winner, between, loser).copied()).isEmpty();
    }

    @Test
    void ofOneSourceTheLaterWins() {
        InstalledPackage first = Installed.from("source", "first", file("etc/a", 1));
        InstalledPackage second = Installed.from("source", "second", file("etc/a", 2));

        assertThat(of(60, first, second).own()).containsExactly(first, second);
    }

    @Test
    void aCycleIsSettledByCopying() {
        InstalledPackage one = Installed.replacing("one", "two", file("etc/a", 1), file("etc/x", 1));
        InstalledPackage two = Installed.replacing("two", "three", file("etc/a", 2), file("etc/b", 2));
        InstalledPackage three = Installed.replacing("three", "one", file("etc/b", 3), file("etc/x", 3));
        Composition composition = of(60, one, two, three);

        assertThat(composition.own()).containsExactlyInAnyOrder(one, two, three);
        assertThat(composition.copied()).hasSize(1);
        MergedView.Owned copied = composition.copied().getFirst();
        // Whatever is not copied has its winner above.
        assertWinner(composition, copied, "etc/a", one, two);
        assertWinner(composition, copied, "etc/b", two, three);
        assertWinner(composition, copied, "etc/x", three, one);
    }

    private static void assertWinner(
            Composition composition,
            MergedView.Owned copied,
            String path,
            InstalledPackage winner,
            InstalledPackage loser) {
        if (copied.fact().path().equals(path)) {
            assertThat(copied.owner()).isEqualTo(winner);
        } else {
            assertThat(composition.own().indexOf(winner))
                    .isGreaterThan(composition.own().indexOf(loser));
        }
    }

    @Test
    void anUndeclaredConflictIsRefused() {
        ImageException e = catchThrowableOfType(
                ImageException.class,
                () -> of(60, Installed.of("red", 1, file("etc/a", 1)), Installed.of("blue", 1, file("etc/a", 2))));

        assertThat(e.code()).isEqualTo(ImageException.Code.FILE_CONFLICT);
        assertThat(e)
                .hasMessageContaining("/etc/a")
                .hasMessageContaining("red=1.0")
                .hasMessageContaining("blue=1.0");
    }

    @Test
    void aConflictWithTheThirdIsSeen() {
        ImageException e = catchThrowableOfType(
                ImageException.class,
                () -> of(
                        60,
                        Installed.from("source", "red", file("etc/a", 1)),
                        Installed.replacing("green", "red", file("etc/a", 2)),
                        Installed.from("source", "blue", file("etc/a", 3))));

        assertThat(e).as("green and blue differ, undeclared").isNotNull();
        assertThat(e).hasMessageContaining("green").hasMessageContaining("blue");
    }
}
