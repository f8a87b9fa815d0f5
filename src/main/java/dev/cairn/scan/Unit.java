package dev.cairn.scan;

import dev.cairn.advisory.Ecosystem;
import dev.cairn.advisory.Target;
import dev.cairn.sbom.Component;
import dev.cairn.sbom.PackageUrl;
import org.jspecify.annotations.Nullable;

/// What is held against facts: a source package, or a language's package, in one version.
///
/// @param name in its normal spelling
record Unit(Target target, String name, String version) {

    /// The unit that a component belongs to, or null where its kind of package is not matched.
    static @Nullable Unit of(Component component, Basis basis) {
        PackageUrl purl = component.purl();
        if (purl == null || component.version().isEmpty()) {
            return null;
        }
        return switch (purl.type()) {
            // "alpine" is what Syft wrote before 0.45
            case "apk", "alpine" -> apk(component, basis.used());
            case "deb" -> deb(component, basis.used());
            case "maven" -> language(Ecosystem.MAVEN, component);
            case "npm" -> language(Ecosystem.NPM, component);
            case "pypi" -> language(Ecosystem.PYPI, component);
            case "gem" -> language(Ecosystem.RUBYGEMS, component);
            case "golang" -> language(Ecosystem.GO, component);
            case "cargo" -> language(Ecosystem.CARGO, component);
            default -> null;
        };
    }

    /// Whether a component is a distribution's package.
    static boolean isOfDistribution(Component component) {
        return switch (component.ecosystem()) {
            case "apk", "alpine", "deb", "rpm", "alpm" -> true;
            default -> false;
        };
    }

    private static @Nullable Unit apk(Component component, @Nullable Target target) {
        if (target == null
                || target.ecosystem() == Ecosystem.DEBIAN
                || !target.ecosystem().isDistribution()) {
            return null;
        }
        Component.SourcePackage source = component.source();
        return new Unit(target, source == null ? component.name() : source.name(), component.version());
    }

    /// Facts are about source packages, and the version that counts is the source's: the one that `Source:` names in
    /// brackets, else the binary's without the `+bN` of a rebuild.
    private static @Nullable Unit deb(Component component, @Nullable Target target) {
        if (target == null || target.ecosystem() != Ecosystem.DEBIAN) {
            return null;
        }
        Component.SourcePackage source = component.source();
        String name = source == null ? component.name() : source.name();
        String version = source == null || source.version().isEmpty() ? component.version() : source.version();
        return new Unit(target, name, withoutRebuild(version));
    }

    /// `1.2-3+b1` → `1.2-3`.
    static String withoutRebuild(String version) {
        int plus = version.lastIndexOf("+b");
        if (plus <= 0 || plus + 2 == version.length()) {
            return version;
        }
        for (int i = plus + 2; i < version.length(); i++) {
            if (version.charAt(i) < '0' || version.charAt(i) > '9') {
                return version;
            }
        }
        return version.substring(0, plus);
    }

    private static Unit language(Ecosystem ecosystem, Component component) {
        return new Unit(Target.of(ecosystem), ecosystem.normalName(component.fullName()), component.version());
    }

    // written out: those that a record has by itself are linked when they are first called, which takes as long as
    // matching an image
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Unit unit
                && name.equals(unit.name)
                && version.equals(unit.version)
                && target.equals(unit.target);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + version.hashCode()) + target.hashCode();
    }

    boolean isOfDistribution() {
        return target.ecosystem().isDistribution();
    }
}
