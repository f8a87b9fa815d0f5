package dev.cairn.mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How distributions form names. What these give is a proposal, good only where the target has such a name.
final class NameRules {
    private NameRules() {}

    /// Names that a package of a `family` could have where apk packages are, likeliest first.
    static Set<String> inApk(String name, Distribution.Family family) {
        Set<String> all = new LinkedHashSet<>();
        if (family == Distribution.Family.RPM && name.endsWith("-devel")) {
            String stem = name.substring(0, name.length() - 6);
            development(all, lower(stem));
        } else if (family == Distribution.Family.DEB && name.endsWith("-dev")) {
            development(all, name.substring(0, name.length() - 4));
        } else if (name.startsWith("python3-")) {
            all.add("py3-" + name.substring(8));
        } else if (name.startsWith("perl-")) {
            all.add(lower(name).replace("perl-perl-", "perl-"));
        } else {
            all.add(name);
            all.add(lower(name));
        }
        return all;
    }

    /// Names that a package could have in Debian.
    static Set<String> inDebian(String name) {
        Set<String> all = new LinkedHashSet<>();
        if (name.endsWith("-devel")) {
            String stem = lower(name.substring(0, name.length() - 6));
            development(all, stem);
        } else {
            all.add(name);
        }
        return all;
    }

    private static void development(Set<String> all, String stem) {
        all.add(stem + "-dev");
        all.add((stem.startsWith("lib") ? stem.substring(3) : "lib" + stem) + "-dev");
        String unversioned = trimmed(stem);
        // a library's number is its soname's; any other is a version that must not change (`ruby1.9.1-dev`)
        if (stem.startsWith("lib") && !unversioned.equals(stem)) {
            all.add(unversioned + "-dev");
        }
    }

    /// A Debian library's name with `t64` taken off, for the same library in other releases: `libicu72` is `libicu#`.
    static List<String> olderOrNewer(String name) {
        List<String> all = new ArrayList<>();
        String plain = name.endsWith("t64") ? name.substring(0, name.length() - 3) : name + "t64";
        all.add(plain);
        String base = name.endsWith("t64") ? name.substring(0, name.length() - 3) : name;
        String trimmed = trimmed(base);
        if (name.startsWith("lib") && !trimmed.equals(base) && trimmed.length() > 4) {
            all.add(trimmed + "#");
        }
        return all;
    }

    /// Digits, dots and dashes at the end taken off.
    static String trimmed(String name) {
        int end = name.length();
        while (end > 1 && "0123456789.-".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(0, end);
    }

    /// What is left of a name without the habits of distributions.
    static String stem(String name) {
        String stem = lower(name);
        for (String suffix : List.of("-devel", "-dev", "-libs", "-utils", "-tools", "-client", "-server", "-common")) {
            if (stem.endsWith(suffix)) {
                stem = stem.substring(0, stem.length() - suffix.length());
            }
        }
        for (String prefix : List.of("lib", "python3-", "py3-", "python-", "perl-", "fonts-", "font-", "ttf-")) {
            if (stem.startsWith(prefix) && stem.length() > prefix.length() + 1) {
                stem = stem.substring(prefix.length());
            }
        }
        return trimmed(stem);
    }

    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return lower.toString();
    }
}
