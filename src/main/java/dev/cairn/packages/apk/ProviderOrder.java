package dev.cairn.packages.apk;

/// Which of two packages that provide a name apk prefers when nothing is installed yet.
final class ProviderOrder {
    private ProviderOrder() {}

    /// Positive if `a` is preferred, negative if `b` is, zero where apk has no preference.
    static int compare(Provision a, Provision b) {
        Candidate one = a.candidate();
        Candidate two = b.candidate();
        int order = Boolean.compare(one.selectable, two.selectable);
        if (order == 0) {
            order = Boolean.compare(one.mergedLast, two.mergedLast);
        }
        if (order == 0) {
            order = Integer.compare(two.conflicts, one.conflicts);
        }
        if (order == 0) {
            order = Boolean.compare(one.allowed, two.allowed);
        }
        if (order == 0) {
            order = Boolean.compare(one.preferred, two.preferred);
        }
        if (order == 0) {
            order = compareVersions(a, b);
        }
        if (order == 0) {
            order = Integer.compare(one.priority, two.priority);
        }
        return order != 0 ? order : compareRepositories(one, two);
    }

    private static int compareVersions(Provision a, Provision b) {
        String one = a.version();
        String two = b.version();
        int order = one == null || two == null ? 0 : ApkVersion.compare(one, two);
        if (order == 0 && a.candidate().name == b.candidate().name) {
            order = ApkVersion.compare(a.candidate().version, b.candidate().version);
        }
        return order;
    }

    /// The repository that is listed first is preferred.
    private static int compareRepositories(Candidate a, Candidate b) {
        return Integer.compare(
                Integer.numberOfTrailingZeros(b.repositories), Integer.numberOfTrailingZeros(a.repositories));
    }
}
