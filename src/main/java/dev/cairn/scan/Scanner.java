package dev.cairn.scan;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.Branches;
import dev.cairn.advisory.DatabaseManifest;
import dev.cairn.advisory.Ecosystem;
import dev.cairn.advisory.Fact;
import dev.cairn.advisory.Score;
import dev.cairn.advisory.Severity;
import dev.cairn.advisory.Target;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.Sbom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Holds a bill of materials against the database.
public final class Scanner {
    /// The property of a component that names the distribution's package whose file it is in.
    public static final String OWNER = "cairn:owner";

    /// The property of a bill's subject that says what was seen and not read.
    public static final String UNREAD = "cairn:unread";

    /// The property of a bill's subject that counts programs of which nothing is known.
    public static final String STRANGERS = "cairn:image:programs-of-no-package";

    private static final Duration OLD = Duration.ofDays(7);

    private final Matcher matcher;
    private final AdvisoryDatabase database;
    private final Branches branches;
    private final Clock clock;

    /// A scanner on this matcher's database.
    public Scanner(Matcher matcher, Branches branches, Clock clock) {
        this.matcher = matcher;
        this.database = matcher.database();
        this.branches = branches;
        this.clock = clock;
    }

    /// What is found.
    ///
    /// @param branch the branch to take facts from instead of the image's own, or null
    /// @param triage what VEX documents and rules say
    public ScanResult scan(Sbom sbom, @Nullable String branch, Triage triage) {
        return new Run(sbom, branch, triage).result();
    }

    private final class Run {
        private final Sbom sbom;
        private final Triage triage;
        private final Basis basis;
        private final Instant now = clock.instant();
        private final Map<String, Gathered> gathered = new LinkedHashMap<>();
        private final SortedMap<String, Set<String>> unknown = new TreeMap<>();
        private final List<String> notes = new ArrayList<>();
        private final Packaged packaged;
        private int owned;
        private boolean incomplete;

        Run(Sbom sbom, @Nullable String branch, Triage triage) {
            this.sbom = sbom;
            this.triage = triage;
            this.packaged = new Packaged(sbom.components());
            boolean needed = sbom.components().stream()
                    .map(Component::ecosystem)
                    .anyMatch(each -> each.equals("apk") || each.equals("alpine") || each.equals("deb"));
            this.basis = Basis.of(sbom.distribution(), needed, branch, database);
        }

        ScanResult result() {
            for (Component component : sbom.components()) {
                look(component);
            }
            if (sbom.components().isEmpty()) {
                unknown("no package was found in it, which does not mean that nothing is in it", "image");
                incomplete = true;
            }
            List<Finding> findings = new ArrayList<>();
            gathered.values().forEach(each -> findings.add(triage.judge(each.finding(database), sbom, now)));
            findings.sort(PRESSING);
            int unknownPackages = unknown.values().stream().mapToInt(Set::size).sum();
            noteUnknown();
            noteRest();
            Branches.Branch row = basis.branch(branches);
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            ScanResult.EndOfLife ended =
                    row != null && row.hasEnded(today) ? new ScanResult.EndOfLife(row, fixedSince()) : null;
            DatabaseManifest manifest = database.manifest();
            return new ScanResult(
                    sbom,
                    basis,
                    findings,
                    Totals.of(findings, unknownPackages),
                    ended,
                    row != null && row.isLongTermOnly(today) ? row : null,
                    notes,
                    incomplete,
                    manifest.digest(),
                    manifest.built(),
                    now);
        }

        private void look(Component component) {
            if (component.properties().containsKey(OWNER) || packaged.holds(component)) {
                owned++;
                return;
            }
            Unit unit = Unit.of(component, basis);
            if (unit == null) {
                unmatched(component);
                return;
            }
            if (!matcher.knows(unit.target())) {
                unknown("no facts about " + unit.target() + " in the database", unit.name());
                incomplete |= !unit.isOfDistribution();
                return;
            }
            if (!matcher.knowsOpenFlaws(unit.target())) {
                unknown("the sources about " + unit.target() + " list fixed flaws only", unit.name());
            }
            List<Match> matches = matcher.match(unit);
            if (matches.isEmpty()) {
                return;
            }
            boolean headers = isHeaders(component);
            String prefix = unit.target().ecosystem().id() + "/" + unit.name() + "/";
            for (Match match : matches) {
                if (basis.isOverridden() && unit.isOfDistribution() && isOfAnotherLine(unit, match)) {
                    continue;
                }
                gathered.computeIfAbsent(prefix + match.id(), k -> new Gathered(unit, match))
                        .add(unit, component, match, headers);
            }
        }

        private void unmatched(Component component) {
            if (component.kind() == Component.Kind.FILE
                    || component.kind() == Component.Kind.OPERATING_SYSTEM
                    || component.kind() == Component.Kind.CONTAINER) {
                return;
            }
            if (component.version().isEmpty()) {
                unknown("no version is known", component.fullName());
                return;
            }
            String ecosystem = component.ecosystem();
            String what = ecosystem.isEmpty() ? "components without a package URL" : ecosystem + " packages";
            unknown(what + " are not matched", component.fullName());
            incomplete |= !ecosystem.isEmpty() && !ecosystem.equals("generic") && !ecosystem.equals("github");
        }

        private void unknown(String why, String name) {
            unknown.computeIfAbsent(why, w -> new LinkedHashSet<>()).add(name);
        }

        private void noteUnknown() {
            unknown.forEach((why, names) ->
                    notes.add("unknown for " + names.size() + (names.size() == 1 ? " package: " : " packages: ") + why
                            + (names.size() <= 5 ? " (" + String.join(", ", names) + ")" : "")));
        }

        private void noteRest() {
            if (basis.isOverridden()) {
                notes.add("held against " + basis.used() + " instead of the image's own "
                        + (basis.own() == null ? "release" : basis.own().toString())
                        + "; fixes of another release line are left out");
            }
            if (owned > 0) {
                notes.add(owned + (owned == 1 ? " language package belongs" : " language packages belong")
                        + " to packages of the distribution, whose facts cover them");
            }
            String strangers = sbom.subject().properties().getOrDefault(STRANGERS, "");
            if (!strangers.isEmpty()) {
                notes.add("programs that no package brings and that do not say what they are made of: " + strangers);
            }
            String unread = sbom.subject().properties().getOrDefault(UNREAD, "");
            if (!unread.isEmpty()) {
                notes.add("seen but not read: " + unread);
                incomplete = true;
            }
            notes.addAll(triage.notes(now));
            Duration age = database.age(now);
            if (age.compareTo(OLD) > 0) {
                notes.add("the advisory database is " + age.toDays() + " days old; cairn advisory update");
            }
        }

        /// What the branch that goes on has fixed in this image's packages: a lower bound.
        private int fixedSince() {
            Target own = basis.own();
            if (own == null || own.ecosystem() != Ecosystem.ALPINE) {
                return -1;
            }
            Target edge = Target.parse("alpine:edge");
            if (!matcher.knows(edge)) {
                return -1;
            }
            Set<String> fixed = new LinkedHashSet<>();
            for (Component component : sbom.components()) {
                Unit unit = Unit.of(component, new Basis(own, edge));
                if (unit != null && unit.isOfDistribution()) {
                    matcher.match(unit).stream()
                            .filter(match -> match.isFixable() && !isOfAnotherLine(unit, match))
                            .forEach(match -> fixed.add(unit.name() + "/" + match.id()));
                }
            }
            return fixed.size();
        }
    }

    /// Whether the fix is of another release line than what is installed: openssl 1.1.1 is not made safe, nor shown to
    /// be unsafe, by a fix in 3.0.8. Only where facts of another branch are used.
    static boolean isOfAnotherLine(Unit unit, Match match) {
        return match.isFixable() && !firstNumber(unit.version()).equals(firstNumber(match.fixedIn()));
    }

    private static String firstNumber(String version) {
        int start = version.indexOf(':') + 1;
        int end = start;
        while (end < version.length() && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return version.substring(start, end);
    }

    /// Packages that are built from a kernel's source and bring no kernel: its headers, its documentation, tools such
    /// as
    /// perf. The kernel's flaws are not in them.
    static boolean isHeaders(Component component) {
        String name = component.name();
        Component.SourcePackage source = component.source();
        boolean kernelSource = component.ecosystem().equals("deb")
                && source != null
                && source.name().equals("linux");
        if (kernelSource) {
            return !name.startsWith("linux-image") && !name.startsWith("linux-modules");
        }
        return name.startsWith("linux-libc-dev") || name.startsWith("linux-headers") || name.equals("kernel-headers");
    }

    /// The packages of one source that have one flaw.
    private static final class Gathered {
        private Unit unit;
        private Match match;
        private final List<Component> components = new ArrayList<>(2);
        private boolean code;

        Gathered(Unit unit, Match match) {
            this.unit = unit;
            this.match = match;
        }

        /// Of several versions of a package, the oldest is named, with the highest fix.
        void add(Unit other, Component component, Match otherMatch, boolean headers) {
            components.add(component);
            code |= !headers;
            if (other.equals(unit)) {
                return;
            }
            var order = unit.target().ecosystem().order();
            if (order.compare(other.version(), unit.version()) < 0) {
                unit = other;
            }
            if (order.compare(otherMatch.fixedIn(), match.fixedIn()) > 0 && match.isFixable()) {
                match = otherMatch;
            }
        }

        Finding finding(AdvisoryDatabase database) {
            Score score = database.score(match.id());
            Fact fact = match.fact();
            boolean own = fact.severity() == Severity.NEGLIGIBLE
                    || score.severity() == Severity.UNKNOWN
                    || (!unit.isOfDistribution() && fact.severity() != Severity.UNKNOWN);
            String source = own ? unit.target().ecosystem().title() : score.source();
            Severity severity = own ? fact.severity() : score.severity();
            return new Finding(
                    unit.target(),
                    unit.name(),
                    unit.version(),
                    components,
                    match,
                    severity,
                    severity == Severity.UNKNOWN ? "" : source,
                    score,
                    code ? Finding.Category.CODE : Finding.Category.HEADERS,
                    Finding.Status.OPEN);
        }
    }

    /// Fixable first, then known exploited, then likely to be, then severe.
    private static final Comparator<Finding> PRESSING = Comparator.comparing((Finding f) -> !f.counts())
            .thenComparing(f -> !f.isFixable())
            .thenComparing(f -> !f.score().isKnownExploited())
            .thenComparing(Finding::severity)
            .thenComparingDouble(
                    f -> Double.isNaN(f.score().epss()) ? 0 : -f.score().epss())
            .thenComparing(Finding::packageName)
            .thenComparing(Finding::id);
}
