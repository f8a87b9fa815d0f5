package dev.cairn.sbom;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Debian's short names of licences (DEP-5, "License specification") as SPDX expressions.
public final class DebianLicences {
    private DebianLicences() {}

    /// The expression for several licences that all hold, each as a copyright file has it: `GPL-2+ or Artistic`.
    public static String expression(List<String> licences) {
        return Licences.join(licences.stream().map(DebianLicences::one).toList());
    }

    /// `and` binds closer than `or`, unless a comma comes before it.
    private static String one(String licence) {
        int comma = licence.indexOf(", ");
        if (comma > 0) {
            String rest = licence.substring(comma + 2);
            String lower = rest.toLowerCase(Locale.ROOT);
            boolean or = lower.startsWith("or ");
            boolean and = lower.startsWith("and ");
            String right = one(or ? rest.substring(3) : and ? rest.substring(4) : rest);
            return Licences.expression(
                    "(" + one(licence.substring(0, comma)) + ") " + (or ? "OR" : "AND") + " (" + right + ")");
        }
        StringBuilder out = new StringBuilder();
        List<String> name = new ArrayList<>();
        for (String word : licence.split("[ \t]+", -1)) {
            boolean operator = word.equalsIgnoreCase("and") || word.equalsIgnoreCase("or");
            if (operator) {
                out.append(named(name))
                        .append(' ')
                        .append(word.toUpperCase(Locale.ROOT))
                        .append(' ');
                name.clear();
            } else {
                name.add(word);
            }
        }
        return Licences.expression(out.append(named(name)).toString());
    }

    /// One licence, maybe `with … exception`, for which SPDX's exceptions are other names: such a one stays a
    /// reference.
    private static String named(List<String> words) {
        if (words.isEmpty()) {
            return "";
        }
        return words.size() == 1 ? listed(words.getFirst()) : "LicenseRef-" + String.join("-", words);
    }

    private static String listed(String name) {
        String gnu = gnu(name);
        if (!gnu.isEmpty()) {
            return gnu;
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "expat" -> "MIT";
            case "apache-2" -> "Apache-2.0";
            case "artistic" -> "Artistic-1.0";
            case "artistic-2" -> "Artistic-2.0";
            case "perl" -> "(Artistic-1.0-Perl OR GPL-1.0-or-later)";
            case "mpl-2" -> "MPL-2.0";
            case "cc0" -> "CC0-1.0";
            case "psf-2" -> "PSF-2.0";
            case "bsl-1" -> "BSL-1.0";
            default -> name;
        };
    }

    /// `GPL-2` → `GPL-2.0-only`, `LGPL-2.1+` → `LGPL-2.1-or-later`.
    private static String gnu(String name) {
        boolean later = name.endsWith("+");
        String bare = later ? name.substring(0, name.length() - 1) : name;
        int dash = bare.indexOf('-');
        if (dash < 0) {
            return "";
        }
        String family = bare.substring(0, dash).toUpperCase(Locale.ROOT);
        String version = bare.substring(dash + 1);
        boolean known = family.equals("GPL") || family.equals("LGPL") || family.equals("AGPL") || family.equals("GFDL");
        if (!known) {
            return "";
        }
        String full =
                family + "-" + (version.indexOf('.') < 0 ? version + ".0" : version) + (later ? "-or-later" : "-only");
        return Licences.isListed(full) ? full : "";
    }
}
