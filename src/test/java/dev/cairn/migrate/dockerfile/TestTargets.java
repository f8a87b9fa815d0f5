package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.BuiltInCatalogue;
import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Distribution.Family;
import dev.cairn.mapping.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Targets with a handful of package names, so that tests of the rewriting do not hang on derived tables.
public final class TestTargets {
    private static final Set<String> SAME = Set.of(
            "dpkg", "dpkg-dev", "nodejs-24", "curl", "git", "gcc", "make", "tar", "gdb", "clang", "bash", "gnupg");
    private static final Map<String, String> APK = Map.of(
            "build-essential", "build-base",
            "libssl-dev", "openssl-dev",
            "python3-pip", "py3-pip",
            "python3", "python3",
            "musl-dev", "musl-dev",
            "g++", "build-base");
    private static final Map<String, String> DEB =
            Map.of("musl-dev", "musl-dev", "python3-pip", "python3-pip", "build-base", "build-essential");

    private TestTargets() {}

    /// A target of that distribution.
    public static Target to(Distribution distribution) {
        return new Target("registry/my.co", distribution, new BuiltInCatalogue(distribution), TestTargets::outcome);
    }

    static Outcome outcome(String name, Distribution from, Distribution to) {
        if (from == to || SAME.contains(name)) {
            return new Outcome.Same();
        }
        if (name.equals("apt-transport-https") || name.equals("epel-release")) {
            return new Outcome.Dropped("no-apt", "the target's package manager needs it not");
        }
        if (name.startsWith("php8.") && to.family() == Family.APK) {
            return new Outcome.Mapped(List.of("php-" + name.substring(3)), 85, List.of());
        }
        String mapped = (to.family() == Family.APK ? APK : DEB).get(name);
        if (mapped == null) {
            return new Outcome.Unknown(List.of());
        }
        return mapped.equals(name) ? new Outcome.Same() : new Outcome.Mapped(List.of(mapped), 90, List.of());
    }
}
