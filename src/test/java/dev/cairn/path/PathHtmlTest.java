package dev.cairn.path;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.migrate.FileReport.StepReport;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathHtmlTest {
    private static final ImageFacts FACTS =
            new ImageFacts("sha256:0", 12, 34_000_000, List.of("/bin/sh"), List.of(), true, "<b>Debian</b>");

    @Test
    void whatWasNotScannedIsNotNought() {
        String page = page(new ImageReport("Dockerfile", FACTS, null, "", 5, false));
        assertThat(page).contains("not scanned", "nothing was scanned, which is not the same as nothing found");
        assertThat(page).doesNotContain("0 fixable").doesNotContain("0 CVE-days");
    }

    @Test
    void everyTextIsEscaped() {
        String page = page(new ImageReport("<script>", FACTS, null, "", 5, false));
        assertThat(page).contains("&lt;script&gt;", "&lt;b&gt;Debian&lt;/b&gt;").doesNotContain("<script");
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void refusalsAndStandInsAreSaid() {
        String page = page(new ImageReport("Dockerfile", null, null, "it <failed>", 5, false));
        assertThat(page)
                .contains(
                        "What a person has to look at",
                        "no-version",
                        "Stand-ins: python:3",
                        "it &lt;failed&gt;",
                        "not built");
        assertThat(page).contains("Left out: &amp;c");
    }

    @Test
    void theSumOfAStateIsNoneWhereAnImageIsMissing() {
        ImageReport built = new ImageReport("a", FACTS, null, "", 5, false);
        ImageReport missing = new ImageReport("b", null, null, "no", 5, false);
        Sum sum = Sum.of(new StateReport(PathStep.BASE, List.of(), List.of(built, missing), null));
        assertThat(sum.isBuilt()).isFalse();
        assertThat(sum.hasWords(sum.shells())).isEqualTo("–");
        Sum whole = Sum.of(new StateReport(PathStep.BASE, List.of(), List.of(built, built), null));
        assertThat(whole.packages()).isEqualTo(24);
        assertThat(whole.hasWords(whole.shells())).isEqualTo("2 of 2");
        assertThat(whole.hasWords(whole.managers())).isEqualTo("gone");
        assertThat(whole.openWords()).isEqualTo("not scanned");
    }

    @Test
    void factsReadBack() {
        assertThat(ImageFacts.parse(FACTS.json())).isEqualTo(FACTS);
    }

    private static String page(ImageReport image) {
        Finding refused = new Finding(Reason.NO_VERSION, 1, "no python 2");
        FileChange file = new FileChange("Dockerfile", new StepReport("base", "", List.of(refused)), List.of(), 1);
        StateReport state = new StateReport(PathStep.BASE, List.of(file), List.of(image), null);
        PathReport report = new PathReport(
                "shop",
                LocalDate.of(2026, 11, 27),
                new Survey(List.of("Dockerfile"), List.of()),
                List.of(state),
                List.of("&c"),
                List.of("python:3"),
                List.of(),
                "buildah",
                1);
        return new String(PathHtml.write(report, "1.0"), UTF_8);
    }
}
