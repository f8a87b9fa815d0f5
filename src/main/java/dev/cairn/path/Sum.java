package dev.cairn.path;

import dev.cairn.advisory.Severity;
import dev.cairn.scan.StepEvidence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The numbers of a state, all its images together. A number that was not taken is negative, never nought.
///
/// @param images how many images there are
/// @param packages packages in them, each image's own counted
/// @param size bytes of their files, unpacked
/// @param shells how many have a shell
/// @param managers how many have a package manager
/// @param roots how many run as root
/// @param fixable findings that an upgrade removes
/// @param open findings without a fix
/// @param knowsOpen whether the number of open findings says anything
/// @param unknown packages of which the sources cannot say whether they have open flaws
/// @param cveDays fixable findings times days, over the last year
/// @param bySeverity fixable and open findings by severity; empty where it was not scanned
public record Sum(
        int images,
        long packages,
        long size,
        long shells,
        long managers,
        long roots,
        long fixable,
        long open,
        boolean knowsOpen,
        long unknown,
        long cveDays,
        Map<Severity, StepEvidence.Count> bySeverity) {
    private static final Sum NOT_BUILT = new Sum(0, -1, -1, -1, -1, -1, -1, -1, false, -1, -1, Map.of());

    public Sum {
        bySeverity = java.util.Collections.unmodifiableMap(new TreeMap<>(bySeverity));
    }

    /// The sum of a state.
    public static Sum of(StateReport state) {
        List<ImageFacts> facts = state.images().stream()
                .map(ImageReport::facts)
                .filter(Objects::nonNull)
                .toList();
        if (facts.isEmpty() || facts.size() < state.images().size()) {
            return NOT_BUILT;
        }
        List<StepEvidence> found = state.images().stream()
                .map(ImageReport::evidence)
                .filter(Objects::nonNull)
                .toList();
        boolean scanned = found.size() == facts.size();
        Map<Severity, StepEvidence.Count> counts = new TreeMap<>();
        for (StepEvidence each : scanned ? found : List.<StepEvidence>of()) {
            each.bySeverity()
                    .forEach((severity, count) -> counts.merge(
                            severity,
                            count,
                            (a, b) -> new StepEvidence.Count(a.fixable() + b.fixable(), a.open() + b.open())));
        }
        return new Sum(
                facts.size(),
                facts.stream().mapToLong(ImageFacts::packages).sum(),
                facts.stream().mapToLong(ImageFacts::size).sum(),
                facts.stream().filter(each -> !each.shells().isEmpty()).count(),
                facts.stream().filter(each -> !each.managers().isEmpty()).count(),
                facts.stream().filter(ImageFacts::root).count(),
                scanned ? found.stream().mapToLong(e -> e.totals().fixable()).sum() : -1,
                scanned ? found.stream().mapToLong(e -> e.totals().open()).sum() : -1,
                scanned && found.stream().allMatch(e -> e.totals().knowsOpen()),
                scanned ? found.stream().mapToLong(e -> e.totals().unknown()).sum() : -1,
                scanned ? found.stream().mapToLong(StepEvidence::cveDays).sum() : -1,
                counts);
    }

    /// Whether every image was built.
    public boolean isBuilt() {
        return images > 0;
    }

    /// Whether every image was scanned.
    public boolean isScanned() {
        return fixable >= 0;
    }

    /// Findings without a fix, in words: `12`, `unknown`, `not scanned`.
    public String openWords() {
        return !isScanned() ? notScanned() : knowsOpen || open > 0 ? Long.toString(open) : "unknown";
    }

    /// A number of a scan in words.
    public String scanWords(long number) {
        return isScanned() ? Long.toString(number) : notScanned();
    }

    private String notScanned() {
        return isBuilt() ? "not scanned" : "–";
    }

    /// How many of the images have something, in words: `gone`, `2 of 3`.
    public String hasWords(long some) {
        return !isBuilt() ? "–" : some == 0 ? "gone" : some + " of " + images;
    }
}
