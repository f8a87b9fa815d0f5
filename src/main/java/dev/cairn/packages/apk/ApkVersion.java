package dev.cairn.packages.apk;

/// A version in apk's form: `number{.number}…{letter}{_suffix{number}}…{~hash}{-r#}`.
///
/// The order is apk-tools 2.14's: numbers by value, except that a number after a dot that starts with a zero sorts as a
/// fraction does; suffixes `alpha < beta < pre < rc < (none) < cvs < svn < git < hg < p`; a missing revision equals
/// `-r0` only where nothing else differs. Text that is no version has a place in the order too (below what it starts
/// with), so that sorting never fails; [#isValid] tells.
///
/// The natural order is consistent with apk, not with `equals`: `1-r` and `1-r0` compare as equal.
public record ApkVersion(String text) implements Comparable<ApkVersion> {

    /// Whether apk takes the text for a version.
    public static boolean isValid(String text) {
        VersionCursor cursor = new VersionCursor(text);
        while (!cursor.atEnd() && !cursor.isBroken()) {
            cursor.next();
        }
        return cursor.atEnd() && !text.isEmpty();
    }

    /// Negative, zero or positive as `a` is older than, as old as, or newer than `b`.
    public static int compare(String a, String b) {
        return compare(a, b, false);
    }

    /// Whether `version` is one of those that `~prefix` means: equal as far as both go.
    public static boolean matchesPrefix(String version, String prefix) {
        return compare(version, prefix, true) == 0;
    }

    static int compare(String a, String b, boolean prefix) {
        if (a.equals(b)) {
            return 0;
        }
        VersionCursor left = new VersionCursor(a);
        VersionCursor right = new VersionCursor(b);
        while (left.token() == right.token() && !left.atEnd() && !left.isBroken()) {
            long x = left.next();
            long y = right.next();
            if (x != y) {
                return Long.compare(x, y);
            }
        }
        return prefix ? 0 : compareRests(left, right);
    }

    /// Orders two versions of which all tokens so far are equal: the longer one is newer, unless it goes on with a
    /// suffix of something unreleased.
    private static int compareRests(VersionCursor left, VersionCursor right) {
        int leftRank = left.rank();
        int rightRank = right.rank();
        if (leftRank == rightRank) {
            return 0;
        }
        if (left.token() == VersionCursor.SUFFIX && left.next() < 0) {
            return -1;
        }
        if (right.token() == VersionCursor.SUFFIX && right.next() < 0) {
            return 1;
        }
        return Integer.compare(rightRank, leftRank);
    }

    @Override
    public int compareTo(ApkVersion other) {
        return compare(text, other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
