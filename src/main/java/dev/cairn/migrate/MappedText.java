package dev.cairn.migrate;

import java.util.Arrays;

/// Text that was put together from pieces of a file, and where in the file each of its chars is. A logical line of a
/// Dockerfile is one: what BuildKit and the shell see, without continuations and the comments between them.
public final class MappedText {
    private final String text;
    private final int[] positions;
    private final int[] offsets;
    private final int pieces;

    private MappedText(String text, int[] positions, int[] offsets, int pieces) {
        this.text = text;
        this.positions = positions;
        this.offsets = offsets;
        this.pieces = pieces;
    }

    /// The text, one char per byte.
    public String text() {
        return text;
    }

    /// The file offset of the char at `position`; for the text's length, the offset behind the last char.
    public int offset(int position) {
        if (position == text.length() && position > 0) {
            return offset(position - 1) + 1;
        }
        int piece = pieceAt(position);
        return offsets[piece] + position - positions[piece];
    }

    /// The file's range from the first of these chars to the last; all that lies between them in the file is in it.
    public ByteRange range(int from, int to) {
        return to == from ? ByteRange.at(offset(from)) : new ByteRange(offset(from), offset(to - 1) + 1);
    }

    /// Whether nothing lies between these chars in the file.
    public boolean contiguous(int from, int to) {
        return range(from, to).length() == to - from;
    }

    /// A part of it, with the same places.
    public MappedText part(int from, int to) {
        if (from == to) {
            return new MappedText("", new int[] {0}, new int[] {offset(from)}, 1);
        }
        int first = pieceAt(from);
        int last = pieceAt(to - 1);
        int[] newPositions = new int[last - first + 1];
        int[] newOffsets = new int[last - first + 1];
        for (int i = first; i <= last; i++) {
            int cut = Math.max(0, from - positions[i]);
            newPositions[i - first] = positions[i] + cut - from;
            newOffsets[i - first] = offsets[i] + cut;
        }
        return new MappedText(text.substring(from, to), newPositions, newOffsets, newPositions.length);
    }

    private int pieceAt(int position) {
        int found = Arrays.binarySearch(positions, 0, pieces, position);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /// Puts pieces together in the order of the file.
    public static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private int[] positions = new int[4];
        private int[] offsets = new int[4];
        private int pieces;

        /// Adds `source` from `start` to `end`.
        public Builder add(String source, int start, int end) {
            piece(start, end - start);
            text.append(source, start, end);
            return this;
        }

        private void piece(int start, int length) {
            if (pieces > 0 && positions[pieces - 1] == text.length() && length > 0) {
                pieces--;
            }
            boolean follows = pieces > 0 && offsets[pieces - 1] + text.length() - positions[pieces - 1] == start;
            if (pieces == 0 || (length > 0 && !follows)) {
                if (pieces == positions.length) {
                    positions = Arrays.copyOf(positions, pieces * 2);
                    offsets = Arrays.copyOf(offsets, pieces * 2);
                }
                positions[pieces] = text.length();
                offsets[pieces++] = start;
            }
        }

        /// Adds other such text of the same file.
        public Builder add(MappedText other) {
            for (int i = 0; i < other.pieces; i++) {
                int end = i + 1 < other.pieces ? other.positions[i + 1] : other.text.length();
                int length = end - other.positions[i];
                piece(other.offsets[i], length);
                text.append(other.text, other.positions[i], end);
            }
            return this;
        }

        /// How many chars there are so far.
        public int length() {
            return text.length();
        }

        /// The result.
        public MappedText build() {
            return new MappedText(text.toString(), positions.clone(), offsets.clone(), Math.max(1, pieces));
        }
    }
}
