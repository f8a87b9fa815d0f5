package dev.cairn.oci;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Points in time as RFC 3339, section 5.6 writes them. By hand, since loading the JDK's formatters takes longer than
/// everything else that is done to a configuration.
final class Rfc3339 {
    private Rfc3339() {}

    /// `2026-01-02T03:04:05Z`, with a fraction where there is one.
    static String format(Instant instant) {
        int nanos = instant.getNano();
        LocalDateTime t = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), nanos, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(30);
        pad(text, t.getYear(), 4).append('-');
        pad(text, t.getMonthValue(), 2).append('-');
        pad(text, t.getDayOfMonth(), 2).append('T');
        pad(text, t.getHour(), 2).append(':');
        pad(text, t.getMinute(), 2).append(':');
        pad(text, t.getSecond(), 2);
        if (nanos != 0) {
            pad(text.append('.'), nanos, 9);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.append('Z').toString();
    }

    private static StringBuilder pad(StringBuilder text, int number, int width) {
        String digits = Integer.toString(number);
        return text.repeat('0', Math.max(0, width - digits.length())).append(digits);
    }

    /// Reads a time with `Z` or an offset; digits of the fraction beyond the ninth are dropped.
    ///
    /// @throws IllegalArgumentException where the text is no such time
    static Instant parse(String text) {
        try {
            if (text.length() < 20 || text.length() > 64 || "Tt ".indexOf(text.charAt(10)) < 0) {
                throw new DateTimeException("bad shape");
            }
            int end = 19;
            int nanos = 0;
            if (text.charAt(end) == '.') {
                int scale = 100_000_000;
                for (end++; end < text.length() && isDigit(text.charAt(end)); end++) {
                    nanos += scale * (text.charAt(end) - '0');
                    scale /= 10;
                }
            }
            LocalDateTime time = LocalDateTime.of(
                    number(text, 0, 4, '-'),
                    number(text, 5, 2, '-'),
                    number(text, 8, 2, text.charAt(10)),
                    number(text, 11, 2, ':'),
                    number(text, 14, 2, ':'),
                    Math.min(59, digits(text, 17, 2)),
                    nanos);
            return time.toInstant(offset(text.substring(end)));
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("not an RFC 3339 time: '" + text + "'", e);
        }
    }

    private static ZoneOffset offset(String text) {
        if (text.equals("Z") || text.equals("z")) {
            return ZoneOffset.UTC;
        }
        if (text.length() != 6 || (text.charAt(0) != '+' && text.charAt(0) != '-')) {
            throw new DateTimeException("bad offset");
        }
        int minutes = number(text, 1, 2, ':') * 60 + digits(text, 4, 2);
        return ZoneOffset.ofTotalSeconds((text.charAt(0) == '-' ? -60 : 60) * minutes);
    }

    private static int number(String text, int start, int width, char next) {
        if (text.charAt(start + width) != next) {
            throw new DateTimeException("bad separator");
        }
        return digits(text, start, width);
    }

    private static int digits(String text, int start, int width) {
        int number = 0;
        for (int i = start; i < start + width; i++) {
            if (!isDigit(text.charAt(i))) {
                throw new DateTimeException("bad digit");
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
