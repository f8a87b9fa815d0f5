package dev.cairn.advisory;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Base scores of CVSS vectors: version 3.0 and 3.1 (specification 3.1, section 7.1) and version 2. Version 4 vectors
/// are kept as text; their score has to come from a feed.
public final class Cvss {
    private Cvss() {}

    /// The base score of a vector, or null when it is of another version or broken.
    public static @Nullable Double baseScore(String vector) {
        Map<String, String> metrics = new HashMap<>();
        for (String part : vector.split("/", 64)) {
            int colon = part.indexOf(':');
            if (colon > 0) {
                metrics.put(part.substring(0, colon), part.substring(colon + 1));
            }
        }
        if (vector.startsWith("CVSS:3")) {
            return version3(metrics);
        }
        return vector.startsWith("CVSS:") ? null : version2(metrics);
    }

    private static @Nullable Double version3(Map<String, String> m) {
        boolean changed = "C".equals(m.get("S"));
        double vector = weight(m.get("AV"), "N", 0.85, "A", 0.62, "L", 0.55, "P", 0.2);
        double complexity = weight(m.get("AC"), "L", 0.77, "H", 0.44);
        double privileges = changed
                ? weight(m.get("PR"), "N", 0.85, "L", 0.68, "H", 0.5)
                : weight(m.get("PR"), "N", 0.85, "L", 0.62, "H", 0.27);
        double interaction = weight(m.get("UI"), "N", 0.85, "R", 0.62);
        double c = weight(m.get("C"), "H", 0.56, "L", 0.22, "N", 0);
        double i = weight(m.get("I"), "H", 0.56, "L", 0.22, "N", 0);
        double a = weight(m.get("A"), "H", 0.56, "L", 0.22, "N", 0);
        double loss = 1 - (1 - c) * (1 - i) * (1 - a);
        double impact = changed ? 7.52 * (loss - 0.029) - 3.25 * Math.pow(loss - 0.02, 15) : 6.42 * loss;
        double exploitability = 8.22 * vector * complexity * privileges * interaction;
        if (Double.isNaN(impact + exploitability)) {
            return null;
        }
        if (impact <= 0) {
            return 0.0;
        }
        return roundUp(Math.min((changed ? 1.08 : 1) * (impact + exploitability), 10));
    }

    private static @Nullable Double version2(Map<String, String> m) {
        double vector = weight(m.get("AV"), "N", 1.0, "A", 0.646, "L", 0.395);
        double complexity = weight(m.get("AC"), "L", 0.71, "M", 0.61, "H", 0.35);
        double authentication = weight(m.get("Au"), "N", 0.704, "S", 0.56, "M", 0.45);
        double c = weight(m.get("C"), "C", 0.66, "P", 0.275, "N", 0);
        double i = weight(m.get("I"), "C", 0.66, "P", 0.275, "N", 0);
        double a = weight(m.get("A"), "C", 0.66, "P", 0.275, "N", 0);
        double impact = 10.41 * (1 - (1 - c) * (1 - i) * (1 - a));
        double exploitability = 20 * vector * complexity * authentication;
        double score = (0.6 * impact + 0.4 * exploitability - 1.5) * (impact == 0 ? 0 : 1.176);
        return Double.isNaN(score) ? null : Math.round(score * 10) / 10.0;
    }

    /// The number behind the letter; NaN where the metric is missing or unknown.
    private static double weight(@Nullable String value, Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(value)) {
                return ((Number) pairs[i + 1]).doubleValue();
            }
        }
        return Double.NaN;
    }

    /// The specification's "Roundup", which works on integers to be the same everywhere.
    private static double roundUp(double score) {
        long scaled = Math.round(score * 100_000);
        return scaled % 10_000 == 0 ? scaled / 100_000.0 : (Math.floorDiv(scaled, 10_000) + 1) / 10.0;
    }
}
