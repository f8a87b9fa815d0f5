package dev.cairn.mapping.derive;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How alike two package names are, once the naming habits of distributions are taken off.
final class Likeness {
    private static final List<String> PREFIXES = List.of("lib", "python3-", "py3-", "ruby-", "perl-", "node-");
    private static final List<String> SUFFIXES = List.of(
            "-dev", "-devel", "-libs", "-utils", "-tools", "-bin", "-client", "-common", "-perl", "-cli", "t64",
            "-progs");

    private Likeness() {}

    /// The name without `lib`, `-dev`, `-utils` and version digits.
    static String bare(String name) {
        String bare = name;
        boolean changed = true;
        while (changed) {
            String before = bare;
            for (String suffix : SUFFIXES) {
                if (bare.endsWith(suffix) && bare.length() > suffix.length()) {
                    bare = bare.substring(0, bare.length() - suffix.length());
                }
            }
            for (String prefix : PREFIXES) {
                if (bare.startsWith(prefix) && bare.length() > prefix.length() + 1) {
                    bare = bare.substring(prefix.length());
                }
            }
            int end = bare.length();
            while (end > 1 && "0123456789.-".indexOf(bare.charAt(end - 1)) >= 0) {
                end--;
            }
            bare = bare.substring(0, end);
            changed = !bare.equals(before);
        }
        return bare;
    }

    static boolean alike(String a, String b) {
        String bareA = bare(a);
        String bareB = bare(b);
        return bareA.equals(bareB)
                || (bareA.length() > 3 && bareB.startsWith(bareA))
                || (bareB.length() > 3 && bareA.startsWith(bareB));
    }

    /// A small number for names that are alike, for choosing between equals.
    static int distance(String a, String b) {
        String bareA = bare(a);
        String bareB = bare(b);
        int common = 0;
        while (common < Math.min(bareA.length(), bareB.length()) && bareA.charAt(common) == bareB.charAt(common)) {
            common++;
        }
        return bareA.length() + bareB.length() - 2 * common + Math.abs(a.length() - b.length());
    }

    /// Names that the same software may have elsewhere, likeliest first.
    static Set<String> candidates(String name) {
        Set<String> all = new LinkedHashSet<>();
        all.add(name);
        if (name.endsWith("-dev")) {
            String stem = name.substring(0, name.length() - 4);
            String noLib = stem.startsWith("lib") ? stem.substring(3) : "lib" + stem;
            all.add(noLib + "-dev");
        } else if (name.startsWith("python3-")) {
            all.add("py3-" + name.substring(8));
        } else if (name.startsWith("py3-")) {
            all.add("python3-" + name.substring(4));
        } else if (name.startsWith("lib") && name.endsWith("-perl")) {
            all.add("perl-" + name.substring(3, name.length() - 5));
        }
        return all;
    }
}
