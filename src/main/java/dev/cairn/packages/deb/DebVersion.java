package dev.cairn.packages.deb;

/// A Debian version, `[epoch:]upstream[-revision]`, in the order of Debian Policy 5.6.12 as dpkg and apt apply it.
///
/// Versions that print differently can be equal: `1.0`, `0:1.0` and `1.0-0` are. `equals` follows the order, and
/// `toString` gives the text that was read.
public final class DebVersion implements Comparable<DebVersion> {
    private final String text;
    private final int upstreamStart;
    private final int upstreamEnd;

    private DebVersion(String text) {
        this.text = text;
        int colon = text.indexOf(':');
        this.upstreamStart = colon + 1;
        int dash = text.lastIndexOf('-');
        this.upstreamEnd = dash >= upstreamStart ? dash : text.length();
    }

    /// Reads a version. Any text without blanks or control characters has a place in the order, as in apt.
    ///
    /// @throws DebException when it is empty or has a blank in it
    public static DebVersion parse(String text) {
        if (text.isEmpty()) {
            throw DebException.malformed("a Debian version is empty");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ') {
                throw DebException.malformed("Debian version '" + text + "' has a blank in it");
            }
        }
        return new DebVersion(text);
    }

    @Override
    public int compareTo(DebVersion other) {
        int byEpoch = compare(text, 0, Math.max(upstreamStart - 1, 0), other.text, 0, other.epochEnd());
        if (byEpoch != 0) {
            return byEpoch;
        }
        int byUpstream = compare(text, upstreamStart, upstreamEnd, other.text, other.upstreamStart, other.upstreamEnd);
        return byUpstream != 0 ? byUpstream : compareRevisions(other);
    }

    private int epochEnd() {
        return Math.max(upstreamStart - 1, 0);
    }

    /// A missing revision counts as `0`.
    private int compareRevisions(DebVersion other) {
        return compare(
                text,
                Math.min(upstreamEnd + 1, text.length()),
                text.length(),
                other.text,
                Math.min(other.upstreamEnd + 1, other.text.length()),
                other.text.length());
    }

    private static int compare(String a, int i, int aEnd, String b, int j, int bEnd) {
        int left = i;
        int right = j;
        while (left < aEnd || right < bEnd) {
            while ((left < aEnd && !isDigit(a.charAt(left))) || (right < bEnd && !isDigit(b.charAt(right)))) {
                int difference = rank(a, left, aEnd) - rank(b, right, bEnd);
                if (difference != 0) {
                    return difference;
                }
                left++;
                right++;
            }
            int leftEnd = digitsEnd(a, left, aEnd);
            int rightEnd = digitsEnd(b, right, bEnd);
            int difference = compareNumbers(a, left, leftEnd, b, right, rightEnd);
            if (difference != 0) {
                return difference;
            }
            left = leftEnd;
            right = rightEnd;
        }
        return 0;
    }

    private static int digitsEnd(String text, int start, int end) {
        int i = Math.min(start, end);
        while (i < end && isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int compareNumbers(String a, int aStart, int aEnd, String b, int bStart, int bEnd) {
        int left = skipZeros(a, aStart, aEnd);
        int right = skipZeros(b, bStart, bEnd);
        int byLength = (aEnd - left) - (bEnd - right);
        if (byLength != 0) {
            return byLength;
        }
        while (left < aEnd) {
            int difference = a.charAt(left++) - b.charAt(right++);
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private static int skipZeros(String text, int start, int end) {
        int i = Math.min(start, end);
        while (i < end && text.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    /// Tilde sorts before the end, the end before letters, letters before everything else; a digit ends a word.
    private static int rank(String text, int i, int end) {
        if (i >= end || isDigit(text.charAt(i))) {
            return 0;
        }
        char c = text.charAt(i);
        if (c == '~') {
            return -1;
        }
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? c : c + 0x10000;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DebVersion version && compareTo(version) == 0;
    }

    /// Equal versions hash alike: only what every spelling of a version shares goes in.
    @Override
    public int hashCode() {
        int hash = 7;
        for (int i = upstreamStart; i < upstreamEnd; i++) {
            char c = text.charAt(i);
            if (c != '0') {
                hash = 31 * hash + c;
            }
        }
        return hash;
    }

    /// The version as it was written.
    @Override
    public String toString() {
        return text;
    }
}
