package dev.cairn.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.Fact;
import dev.cairn.advisory.Part;
import dev.cairn.advisory.Range;
import dev.cairn.advisory.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatcherTest {
    /// Matching reads over facts that cannot apply. What it finds is what reading all of them finds, at every version
    /// that a fact names, for packages drawn by seed.
    @ParameterizedTest
    @ValueSource(strings = {"wolfi", "alpine:edge", "debian:bookworm", "pypi", "rubygems", "go", "cargo"})
    void theShortWayFindsWhatTheLongOneDoes(String name) throws IOException {
        Target target = Target.parse(name);
        AdvisoryDatabase database = RealAdvisories.require();
        Matcher matcher = new Matcher(database);
        Random random = new Random(7);
        int found = 0;
        for (Part part : database.parts(target)) {
            List<String> packages = part.packageNames();
            for (int i = 0; i < 60; i++) {
                String packageName = packages.get(random.nextInt(packages.size()));
                for (String version : versions(part.find(packageName))) {
                    Unit unit = new Unit(target, packageName, version);
                    assertThat(matcher.match(unit)).as(unit.toString()).isEqualTo(longWay(matcher, unit));
                    found += matcher.match(unit).size();
                }
            }
        }
        assertThat(found).isPositive();
    }

    private static List<String> versions(List<Fact> facts) {
        List<String> versions = new ArrayList<>(List.of("0.0.1", "9999"));
        for (Fact fact : facts.subList(0, Math.min(12, facts.size()))) {
            for (Range range : fact.ranges()) {
                versions.add(range.from().isEmpty() ? range.to() : range.from());
            }
        }
        versions.removeIf(String::isEmpty);
        return versions;
    }

    private static List<Match> longWay(Matcher matcher, Unit unit) {
        List<Match> matches = new ArrayList<>();
        for (List<Matcher.Judged> flaw : matcher.flaws(unit)) {
            Match match = Matcher.decide(flaw, unit.target().ecosystem());
            if (match != null) {
                matches.add(match);
            }
        }
        matches.sort((a, b) -> a.id().compareTo(b.id()));
        return matches;
    }
}
