package dev.cairn.archive;

/// Turns bytes into literals and matches: greedily, except that a match waits for a better one at the next position.
final class DeflateParser {
    /// Literals in a row after which the data is taken for incompressible and searched ever more sparsely.
    private static final int PATIENCE = 512;

    private static final int MAX_SKIP = 32;

    private final MatchFinder finder = new MatchFinder();

    /// Parses `bytes` from `start` to `end`; matches may reach back to index 0.
    void parse(byte[] bytes, int start, int end, DeflateBlocks blocks) {
        finder.reset(bytes, end);
        finder.add(0, start);
        int position = start;
        int literals = 0;
        while (position < end) {
            int match = finder.find(position, 2);
            if (match == 0) {
                int skip = Math.min(1 + literals / PATIENCE, Math.min(MAX_SKIP, end - position));
                for (int i = 0; i < skip; i++) {
                    blocks.literal(bytes[position++] & 0xff);
                }
                literals += skip;
                continue;
            }
            literals = 0;
            position = take(bytes, position, match, blocks);
        }
    }

    /// Emits a match, or literals and the better match behind them; returns the position after it.
    private int take(byte[] bytes, int start, int first, DeflateBlocks blocks) {
        int position = start;
        int match = first;
        int length = match >>> 16;
        while (length < MatchFinder.NICE_LENGTH) {
            int next = finder.find(position + 1, length - 1);
            if (!isBetter(next, match)) {
                break;
            }
            blocks.literal(bytes[position++] & 0xff);
            match = next;
            length = match >>> 16;
        }
        blocks.match(length, (match & 0xffff) + 1);
        int added = length < MatchFinder.NICE_LENGTH ? 2 : 1;
        finder.add(position + added, position + length);
        return position + length;
    }

    /// Whether waiting one literal for `next` pays: a byte more of length is worth about four bits, half the distance
    /// one.
    private static boolean isBetter(int next, int match) {
        if (next == 0) {
            return false;
        }
        int gain = 4 * ((next >>> 16) - (match >>> 16)) + bits(match & 0xffff) - bits(next & 0xffff);
        return gain > 2;
    }

    private static int bits(int distance) {
        return 32 - Integer.numberOfLeadingZeros(distance);
    }
}
