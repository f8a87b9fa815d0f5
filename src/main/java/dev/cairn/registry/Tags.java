package dev.cairn.registry;

import dev.cairn.oci.Reference;

/// What the registry knows of tags by their form.
public final class Tags {
    /// `yyyyMMddHHmm`, in UTC.
    private static final int STAMP_LENGTH = 12;

    private Tags() {}

    /// The tag, if it is one.
    ///
    /// @throws DistributionException `NAME_INVALID`
    public static String checked(String text) {
        if (!Reference.isTag(text)) {
            throw new DistributionException(
                    DistributionException.Code.NAME_INVALID,
                    "'" + Shown.of(text) + "' is not a tag (at most 128 letters, digits, . _ -)");
        }
        return text;
    }

    /// Whether the tag is a unique one, which never moves: it ends in `-` and the minute of its build,
    /// `3.13-202611231845`.
    public static boolean isImmutable(String tag) {
        int stamp = tag.length() - STAMP_LENGTH;
        if (stamp < 2 || tag.charAt(stamp - 1) != '-') {
            return false;
        }
        for (int i = stamp; i < tag.length(); i++) {
            if (tag.charAt(i) < '0' || tag.charAt(i) > '9') {
                return false;
            }
        }
        return between(tag, stamp, 4, 1970, 9999)
                && between(tag, stamp + 4, 2, 1, 12)
                && between(tag, stamp + 6, 2, 1, 31)
                && between(tag, stamp + 8, 2, 0, 23)
                && between(tag, stamp + 10, 2, 0, 59);
    }

    private static boolean between(String text, int start, int length, int least, int most) {
        int value = Integer.parseInt(text, start, start + length, 10);
        return value >= least && value <= most;
    }
}
