package dev.cairn.proof;

import java.util.List;

/// What a program printed, without what differs from one run to the next: numbers (times, process ids, ports,
/// addresses), colours, blank lines.
final class OutputLines {
    private OutputLines() {}

    static List<String> of(String output) {
        return output.lines()
                .map(OutputLines::masked)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String masked(String line) {
        StringBuilder text = new StringBuilder(line.length());
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == '\u001b') {
                i = afterEscape(line, i + 1);
            } else if (c >= '0' && c <= '9') {
                i = afterNumber(line, i);
                text.append('0');
            } else {
                text.append(c);
                i++;
            }
        }
        return text.toString();
    }

    /// Digits, and hexadecimal ones behind them: `0x7f3a…`, the beginning of a digest.
    private static int afterNumber(String line, int from) {
        int i = from;
        while (i < line.length()
                && (Character.digit(line.charAt(i), 16) >= 0 || (i == from + 1 && line.charAt(i) == 'x'))) {
            i++;
        }
        return i;
    }

    /// Behind `ESC [ … letter`.
    private static int afterEscape(String line, int from) {
        int i = from;
        if (i < line.length() && line.charAt(i) == '[') {
            i++;
            while (i < line.length() && !Character.isLetter(line.charAt(i))) {
                i++;
            }
            return Math.min(i + 1, line.length());
        }
        return i;
    }
}
