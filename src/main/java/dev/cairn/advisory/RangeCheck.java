package dev.cairn.advisory;

import dev.cairn.advisory.version.VersionOrder;

/// Holds one version against ranges. Many facts about a package name the same few versions: what was compared lately
/// is remembered, by the number of the version's string.
final class RangeCheck {
    private static final int MEMORY = 128;

    private final Part part;
    private final VersionOrder order;
    private final String version;
    private final int[] numbers = new int[MEMORY];
    private final byte[] results = new byte[MEMORY];

    RangeCheck(Part part, VersionOrder order, String version) {
        this.part = part;
        this.order = order;
        this.version = version;
    }

    boolean contains(int from, int to, int flags) {
        if (from != 0) {
            int low = compare(from);
            if (low < 0 || (low == 0 && (flags & 1) != 0)) {
                return false;
            }
        }
        int high = to == 0 ? -1 : compare(to);
        return high < 0 || (high == 0 && (flags & 2) != 0);
    }

    private int compare(int string) {
        int place = string & (MEMORY - 1);
        if (numbers[place] != string) {
            numbers[place] = string;
            results[place] = (byte) Integer.signum(order.compare(version, part.string(string)));
        }
        return results[place];
    }
}
