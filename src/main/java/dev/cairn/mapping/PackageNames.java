package dev.cairn.mapping;

import dev.cairn.mapping.Distribution.Family;
import dev.cairn.mapping.Evidence.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What packages are called in other distributions.
///
/// The first that knows a name decides: the user's own rows; the reviewed rows; the table that is derived from what
/// packages provide; naming rules, where the target has the name that they give. Whatever decides, every name that is
/// written exists in the target, as far as its names are known.
public final class PackageNames {
    /// The least confidence of a name that is written; below it a name is reported as unknown.
    public static final int THRESHOLD = 60;

    private static final int REVIEWED = 95;
    private static final int CUSTOM = 100;
    private static final int RULE = 70;
    private static final int NAME_ONLY_CAP = 85;
    private static final int OTHER_RELEASE = 6;
    private static final int SHORT = 3;

    private final Map<String, List<String>> custom;
    private final Optional<TargetNames> target;

    private PackageNames(Map<String, List<String>> custom, Optional<TargetNames> target) {
        this.custom = custom;
        this.target = target;
    }

    /// The names that are shipped with this program.
    public static PackageNames builtIn() {
        return new PackageNames(Map.of(), Optional.empty());
    }

    /// The same, but these rows win.
    ///
    /// @param rows what each name becomes, whatever the distributions are; an empty list drops the name
    public PackageNames withCustom(Map<String, List<String>> rows) {
        return new PackageNames(Map.copyOf(rows), target);
    }

    /// The same, but only names of this list exist in the target: the catalogue's own repositories are at hand.
    public PackageNames withTarget(Set<String> names) {
        return new PackageNames(custom, Optional.of(TargetNames.of(Set.copyOf(names))));
    }

    /// The same, but only names of which this is true exist in the target: its repositories are at hand.
    public PackageNames withTarget(Predicate<String> exists) {
        return new PackageNames(custom, Optional.of(TargetNames.of(exists)));
    }

    /// What the package `name` of `from` becomes in `to`. The name is a plain package name: versions, architectures
    /// and suites (`curl=7.*`, `libc6:amd64`, `vim/sid`) are cut off by the caller. Any text may be given.
    public Outcome outcome(String name, Distribution from, Distribution to) {
        List<String> own = custom.get(name);
        if (own != null) {
            return own.isEmpty()
                    ? new Outcome.Dropped("custom", "your own row drops it")
                    : new Outcome.Mapped(own, CUSTOM, List.of(new Evidence(Kind.CUSTOM, "")));
        }
        if (from == to || (from.family() == to.family() && to.family() != Family.APK)) {
            return new Outcome.Same();
        }
        Outcome.Dropped dropped = ReviewedRows.dropped(name, from, to);
        if (dropped != null) {
            return dropped;
        }
        Outcome found = known(name, from, to);
        boolean lost = to.family() == Family.DEB
                && found instanceof Outcome.Mapped mapped
                && target.isPresent()
                && !mapped.names().stream().allMatch(names(to)::has);
        if (lost) {
            return new Outcome.Unknown(List.of());
        }
        return found != null ? found : new Outcome.Unknown(nearest(name, to));
    }

    /// Whether `to` has a package of that name, as far as its names are known: those of Debian are not.
    public boolean exists(String name, Distribution to) {
        return (to.family() != Family.APK && target.isEmpty()) || names(to).has(name);
    }

    private List<String> nearest(String name, Distribution to) {
        return to.family() == Family.APK ? names(to).nearest(name) : List.of();
    }

    private TargetNames names(Distribution to) {
        return target.orElseGet(() -> TargetNames.of(to));
    }

    private @Nullable Outcome known(String name, Distribution from, Distribution to) {
        Outcome reviewed = reviewed(name, from, to);
        if (reviewed != null) {
            return reviewed;
        }
        if (from.family() == Family.APK
                && to.family() == Family.APK
                && names(to).has(name)) {
            return new Outcome.Same();
        }
        if (to.family() == Family.APK) {
            Outcome derived = from.family() == Family.DEB ? fromTable(name, to) : null;
            return derived != null ? derived : byRule(name, from, to);
        }
        return to.family() == Family.DEB ? toDebian(name, from) : null;
    }

    private @Nullable Outcome reviewed(String name, Distribution from, Distribution to) {
        for (List<String> names : ReviewedRows.find(name, from, to)) {
            boolean exist = to.family() != Family.APK
                    || names.stream().allMatch(each -> names(to).has(each));
            if (!names.isEmpty() && exist) {
                return names.equals(List.of(name)) && from.family() == to.family()
                        ? new Outcome.Same()
                        : settled(name, from, to, names);
            }
        }
        return null;
    }

    /// A reviewed row, with what the derived table has found for the same names.
    private static Outcome settled(String name, Distribution from, Distribution to, List<String> names) {
        List<Evidence> evidence = new ArrayList<>(List.of(new Evidence(Kind.REVIEWED, "")));
        DerivedTable.Row row = switch (from.family()) {
            case DEB -> DerivedTable.debian(name);
            case APK -> DerivedTable.alpine(name);
            case RPM -> null;
        };
        if (row != null && (names.equals(row.names()) || names.equals(row.otherNames()))) {
            evidence.addAll(row.evidence());
        }
        boolean onlyNames = to == Distribution.WOLFI;
        if (onlyNames) {
            evidence.add(new Evidence(Kind.NAME_ONLY, String.join(" ", names)));
        }
        return new Outcome.Mapped(names, onlyNames ? NAME_ONLY_CAP : REVIEWED, evidence);
    }

    /// The derived row of the name, or of the same library in another release.
    private @Nullable Outcome fromTable(String name, Distribution to) {
        Outcome exact = fromRow(DerivedTable.debian(name), to, 0);
        if (exact != null) {
            return exact;
        }
        for (String other : NameRules.olderOrNewer(name)) {
            Outcome found = fromRow(DerivedTable.debian(other), to, OTHER_RELEASE);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Outcome fromRow(DerivedTable.@Nullable Row row, Distribution to, int less) {
        if (row == null) {
            return null;
        }
        boolean alpine = to == Distribution.ALPINE;
        List<String> names = alpine ? row.names() : row.otherNames();
        int confidence = Math.min(alpine ? 100 : NAME_ONLY_CAP, alpine ? row.confidence() : row.otherConfidence());
        if (names.isEmpty() || confidence - less < THRESHOLD || !names.stream().allMatch(names(to)::has)) {
            return null;
        }
        List<Evidence> evidence = new ArrayList<>(row.evidence());
        if (!alpine) {
            evidence.add(new Evidence(Kind.NAME_ONLY, String.join(" ", names)));
        }
        return new Outcome.Mapped(names, confidence - less, evidence);
    }

    private @Nullable Outcome byRule(String name, Distribution from, Distribution to) {
        for (String candidate : NameRules.inApk(name, from.family())) {
            // short names mean different things in different places: `mpc` is a player here and a library there
            boolean telling = candidate.length() > SHORT || DerivedTable.debian(candidate) != null;
            if (telling && names(to).has(candidate)) {
                return new Outcome.Mapped(List.of(candidate), RULE, List.of(new Evidence(Kind.NAME_ONLY, candidate)));
            }
        }
        return null;
    }

    /// From Alpine by what its packages provide; from others by way of it, or by a name that Debian also has.
    private @Nullable Outcome toDebian(String name, Distribution from) {
        if (from.family() == Family.APK) {
            DerivedTable.Row row = DerivedTable.alpine(name);
            return row == null ? null : new Outcome.Mapped(row.names(), row.confidence(), row.evidence());
        }
        for (String candidate : NameRules.inDebian(name)) {
            if (DerivedTable.debian(candidate) != null) {
                return new Outcome.Mapped(List.of(candidate), RULE, List.of(new Evidence(Kind.NAME, candidate)));
            }
        }
        for (String candidate : NameRules.inApk(name, from.family())) {
            DerivedTable.Row row = DerivedTable.alpine(candidate);
            if (row != null && row.confidence() > RULE) {
                return new Outcome.Mapped(row.names(), RULE, List.of(new Evidence(Kind.BRIDGE, candidate)));
            }
        }
        return null;
    }
}
