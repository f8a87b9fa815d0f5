package dev.cairn.migrate.dockerfile;

/// White space as BuildKit's parser knows it, in text with one char per byte: Unicode's in UTF-8 where lines are
/// trimmed, ASCII's where words are split.
final class Blanks {
    private Blanks() {}

    /// What separates words: `[\t\v\f\r ]`.
    static boolean isSeparator(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\u000b';
    }

    /// Where the text starts between `from` and `to` once leading white space is gone.
    static int skip(CharSequence text, int from, int to) {
        int i = from;
        while (i < to) {
            int length = length(text, i, to);
            if (length == 0) {
                break;
            }
            i += length;
        }
        return i;
    }

    /// Where the text ends between `from` and `to` once trailing white space is gone.
    static int trimEnd(CharSequence text, int from, int to) {
        int end = to;
        while (end > from) {
            int before = end;
            for (int length = 1; length <= 3 && end - length >= from; length++) {
                if (length(text, end - length, end) == length) {
                    end -= length;
                    break;
                }
            }
            if (end == before) {
                break;
            }
        }
        return end;
    }

    /// How many bytes the white space at `i` takes; 0 where there is none. The characters are Go's `unicode.IsSpace`.
    private static int length(CharSequence text, int i, int to) {
        char c = text.charAt(i);
        if (c < 0x80) {
            return c == ' ' || (c >= '\t' && c <= '\r') ? 1 : 0;
        }
        if (c == 0xc2) {
            return i + 1 < to && (text.charAt(i + 1) == 0x85 || text.charAt(i + 1) == 0xa0) ? 2 : 0;
        }
        if (i + 2 >= to || (c != 0xe1 && c != 0xe2 && c != 0xe3)) {
            return 0;
        }
        return isWide(c << 16 | text.charAt(i + 1) << 8 | text.charAt(i + 2)) ? 3 : 0;
    }

    /// U+1680, U+2000–200A, U+2028, U+2029, U+202F, U+205F, U+3000 in UTF-8.
    private static boolean isWide(int bytes) {
        return (bytes >= 0xe28080 && bytes <= 0xe2808a)
                || bytes == 0xe19a80
                || bytes == 0xe280a8
                || bytes == 0xe280a9
                || bytes == 0xe280af
                || bytes == 0xe2819f
                || bytes == 0xe38080;
    }
}
