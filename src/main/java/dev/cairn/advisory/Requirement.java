package dev.cairn.advisory;

/// A requirement as RubyGems and Cargo write it, as a stretch of versions: `>= 1.2.3, < 2`, `~> 4.0.9`, `^1.2`, `=
/// 1.0`.
final class Requirement {
    private Requirement() {}

    /// The versions that meet it: all of its comma-separated parts.
    static Range range(String text) {
        Range all = Range.ALL;
        for (String part : text.split(",", -1)) {
            all = both(all, single(part.strip()));
        }
        return all;
    }

    private static Range single(String part) {
        int end = 0;
        while (end < part.length() && "<>=~^!".indexOf(part.charAt(end)) >= 0) {
            end++;
        }
        String version = part.substring(end).strip();
        return switch (part.substring(0, end)) {
            case ">=" -> new Range(version, false, "", false);
            case ">" -> new Range(version, true, "", false);
            case "<=" -> new Range("", false, version, true);
            case "<" -> new Range("", false, version, false);
            case "~>" -> new Range(version, false, next(version, parts(version) - 1), false);
            case "~" -> new Range(version, false, next(version, Math.min(2, parts(version))), false);
            case "^" -> new Range(version, false, next(version, leading(version)), false);
            default -> version.isEmpty() || version.equals("*") ? Range.ALL : new Range(version, false, version, true);
        };
    }

    private static int parts(String version) {
        return (int) version.chars().filter(c -> c == '.').count() + 1;
    }

    /// How many parts a caret holds fixed: up to the first that is not zero.
    private static int leading(String version) {
        String[] parts = version.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].equals("0")) {
                return i + 1;
            }
        }
        return parts.length;
    }

    /// The version after all those that share the first `keep` parts.
    private static String next(String version, int keep) {
        String[] parts = version.split("\\.", -1);
        StringBuilder next = new StringBuilder();
        int last = Math.max(1, Math.min(keep, parts.length));
        for (int i = 0; i < last; i++) {
            next.append(i == 0 ? "" : ".").append(i == last - 1 ? increment(parts[i]) : parts[i]);
        }
        return next.toString();
    }

    private static String increment(String part) {
        int digits = 0;
        while (digits < part.length() && digits < 17 && Character.isDigit(part.charAt(digits))) {
            digits++;
        }
        return digits == 0 ? part : Long.toString(Long.parseLong(part.substring(0, digits)) + 1);
    }

    private static Range both(Range a, Range b) {
        boolean low = b.from().isEmpty();
        boolean high = b.to().isEmpty();
        // the later part of a requirement narrows the earlier: "~> 6.0.3, >= 6.0.3.7"
        return new Range(
                low ? a.from() : b.from(),
                low ? a.fromExclusive() : b.fromExclusive(),
                high ? a.to() : b.to(),
                high ? a.toInclusive() : b.toInclusive());
    }
}
