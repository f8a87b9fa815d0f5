package dev.cairn.scan;

import dev.cairn.sbom.Component;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells language packages that a distribution brings, where the bill does not say whose a file is: a bill by another
/// tool lists `python3-urllib3 1.26.5-6.el9` and `urllib3 1.26.5` beside each other, and fixes are backported into the
/// former. Same name, same version, and no place that is not the
/// distribution's: then they are one.
final class Packaged {
    private static final List<String> PREFIXES =
            List.of("python3-", "python3.11-", "python3.12-", "python-", "py3-", "ruby-", "rubygem-", "node-", "perl-");

    private final Set<String> packages = new HashSet<>();

    Packaged(List<Component> components) {
        for (Component component : components) {
            if (Unit.isOfDistribution(component)) {
                packages.add(bare(component.name()) + "@" + upstream(component.version()));
            }
        }
    }

    boolean holds(Component component) {
        return switch (component.ecosystem()) {
            case "pypi", "gem", "npm" ->
                isInItsPlace(component) && packages.contains(bare(component.name()) + "@" + component.version());
            default -> false;
        };
    }

    private static boolean isInItsPlace(Component component) {
        return component.locations().stream()
                .map(Component.Location::path)
                .allMatch(path -> path.startsWith("/usr/lib") || path.startsWith("/usr/share/"));
    }

    private static String bare(String name) {
        String lower = name.toLowerCase(Locale.ROOT).replace('_', '-');
        for (String prefix : PREFIXES) {
            if (lower.startsWith(prefix)) {
                return lower.substring(prefix.length());
            }
        }
        return lower;
    }

    /// The version without epoch, revision and what distributions add to it.
    private static String upstream(String version) {
        String rest = version.substring(version.indexOf(':') + 1);
        int end = 0;
        while (end < rest.length() && "-+~".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end);
    }
}
