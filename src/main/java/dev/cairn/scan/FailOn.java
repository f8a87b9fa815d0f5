package dev.cairn.scan;

import dev.cairn.advisory.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which findings make a scan fail: a comma-separated list of severities (that one or worse), `kev`, `fixable`, `any`,
/// `epss>0.5`. `fixable` narrows the others where there are some: `high,fixable` means fixable findings that are high
/// or critical. `kev` always stands alone: a known exploited flaw fails, fixable or not.
public final class FailOn {
    private @Nullable Severity worst;
    private boolean fixable;
    private boolean exploited;
    private boolean any;
    private double epss = Double.NaN;

    private FailOn() {}

    /// Reads the list.
    public static FailOn parse(String text) {
        FailOn failOn = new FailOn();
        for (String word : text.toLowerCase(Locale.ROOT).split(",", -1)) {
            failOn.add(word.strip());
        }
        return failOn;
    }

    private void add(String word) {
        switch (word) {
            case "fixable" -> fixable = true;
            case "kev" -> exploited = true;
            case "any" -> any = true;
            default -> {
                Severity severity = Severity.of(word);
                if (word.startsWith("epss>")) {
                    epss = number(word);
                } else if (severity == Severity.UNKNOWN) {
                    throw usage(word);
                } else if (worst == null || severity.compareTo(worst) > 0) {
                    worst = severity;
                }
            }
        }
    }

    private static double number(String word) {
        try {
            return Double.parseDouble(word.substring("epss>".length()));
        } catch (NumberFormatException e) {
            throw usage(word);
        }
    }

    private static ScanException usage(String word) {
        return new ScanException(
                ScanException.Code.USAGE,
                "--fail-on knows no '" + word
                        + "'\ntry: critical, high, medium, low, negligible, kev, fixable, any or epss>0.5");
    }

    /// The findings that make it fail.
    public List<Finding> of(List<Finding> findings) {
        List<Finding> failing = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.counts() && isMeant(finding)) {
                failing.add(finding);
            }
        }
        return failing;
    }

    private boolean isMeant(Finding finding) {
        if (exploited && finding.score().isKnownExploited()) {
            return true;
        }
        boolean alone = worst == null && !any && Double.isNaN(epss);
        boolean meant = any
                || (alone && fixable)
                || (worst != null && finding.severity().isAtLeast(worst))
                || finding.score().epss() > epss;
        return meant && (!fixable || finding.isFixable());
    }
}
