package dev.cairn.scan;

import dev.cairn.advisory.Fact;
import dev.cairn.advisory.FeedKind;
import dev.cairn.advisory.Verdict;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.Sbom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why an image has a flaw, or why it does not: every fact that names one of its packages and the flaw.
///
/// @param id the flaw that was asked about
/// @param cases one for each fact
public record Explanation(String id, List<Case> cases) {
    /// A fact, and what it means here.
    ///
    /// @param packageName the package that the fact is about
    /// @param version the version that is installed
    /// @param components the packages in the image that are built from it
    public record Case(
            String target,
            String packageName,
            String version,
            List<Component> components,
            Fact fact,
            FeedKind feed,
            Verdict verdict) {
        public Case {
            components = List.copyOf(components);
        }
    }

    public Explanation {
        cases = List.copyOf(cases);
    }

    /// Looks at every package of a bill.
    public static Explanation of(String id, Sbom sbom, @Nullable String branch, Matcher matcher) {
        boolean needed = sbom.components().stream().anyMatch(Unit::isOfDistribution);
        Basis basis = Basis.of(sbom.distribution(), needed, branch, matcher.database());
        Map<Unit, List<Component>> units = new LinkedHashMap<>();
        for (Component component : sbom.components()) {
            Unit unit = Unit.of(component, basis);
            if (unit != null) {
                units.computeIfAbsent(unit, u -> new ArrayList<>()).add(component);
            }
        }
        List<Case> cases = new ArrayList<>();
        units.forEach((unit, components) -> {
            for (List<Matcher.Judged> flaw : matcher.flaws(unit)) {
                boolean meant = flaw.stream()
                        .anyMatch(each -> each.fact().id().equalsIgnoreCase(id)
                                || each.fact().aliases().stream().anyMatch(id::equalsIgnoreCase));
                if (meant) {
                    flaw.forEach(each -> cases.add(new Case(
                            unit.target().toString(),
                            unit.name(),
                            unit.version(),
                            components,
                            each.fact(),
                            each.feed(),
                            each.verdict())));
                }
            }
        });
        return new Explanation(id, cases);
    }
}
