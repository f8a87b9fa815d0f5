package dev.cairn.migrate;

import java.nio.charset.StandardCharsets;

/// A file's bytes as text in which each char is one byte (ISO 8859-1), so that offsets in the text are offsets in the
/// file, whatever its encoding. [#display] turns a piece of it into what people should see.
public final class SourceText {
    private final String text;
    private int[] lineStarts = {};

    private SourceText(String text) {
        this.text = text;
    }

    /// The text of these bytes.
    public static SourceText of(byte[] bytes) {
        return new SourceText(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /// The text of these chars, each of which stands for a byte.
    static SourceText ofChars(String chars) {
        return new SourceText(chars);
    }

    /// All of it, one char per byte.
    public String chars() {
        return text;
    }

    /// The chars of a range.
    public String slice(ByteRange range) {
        return text.substring(range.start(), range.end());
    }

    /// The number of bytes.
    public int length() {
        return text.length();
    }

    /// The bytes, as they were given.
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The 1-based line that holds the byte at `offset`; its newline belongs to it.
    public int line(int offset) {
        int[] starts = starts();
        int low = 0;
        int high = starts.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (starts[middle] <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low + 1;
    }

    /// The 1-based column, in bytes, of `offset`.
    public int column(int offset) {
        return offset - starts()[line(offset) - 1] + 1;
    }

    /// The offset at which the 1-based `line` starts; the text's length for a line behind the last.
    public int lineStart(int line) {
        return line > starts().length ? text.length() : starts()[line - 1];
    }

    /// The number of lines; text without a final newline has one more than newlines.
    public int lines() {
        return starts().length;
    }

    private int[] starts() {
        if (lineStarts.length == 0) {
            int count = 1;
            for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
                count++;
            }
            int[] starts = new int[count];
            int line = 1;
            for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
                starts[line++] = i + 1;
            }
            lineStarts = starts;
        }
        return lineStarts;
    }

    /// Latin-1 chars of a [SourceText] as the UTF-8 text that they stand for.
    public static String display(String chars) {
        return isAscii(chars) ? chars : new String(chars.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// Text for people as the Latin-1 chars of its UTF-8 bytes: what goes into a [SourceText].
    public static String chars(String display) {
        return isAscii(display)
                ? display
                : new String(display.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
