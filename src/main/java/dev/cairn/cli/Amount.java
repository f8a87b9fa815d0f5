package dev.cairn.cli;

import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;

/// Counts, sizes and times as options give them: `64`, `500M`, `90s`, `24h`, `30d`.
final class Amount {
    private Amount() {}

    /// A whole number; an option's name for messages.
    static int count(String text, String option) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw wrong(option, text, "a number");
        }
    }

    static long count(OptionSpec option, long usual) {
        String text = option.getValue();
        long count = text == null ? usual : count(text, option.longestName());
        if (count < 1) {
            throw wrong(option.longestName(), String.valueOf(text), "at least 1");
        }
        return count;
    }

    /// Bytes, with `k`, `M`, `G` or `T` (of 1024).
    static long bytes(OptionSpec option, long usual) {
        String text = option.getValue();
        if (text == null) {
            return usual;
        }
        int power = text.isEmpty() ? -1 : "kMGT".indexOf(text.charAt(text.length() - 1));
        String digits = power < 0 ? text : text.substring(0, text.length() - 1);
        return Math.multiplyExact((long) count(digits, option.longestName()), 1L << (10 * (power + 1)));
    }

    /// A time in `s`, `m`, `h` or `d`.
    static Duration time(OptionSpec option, Duration usual) {
        String text = option.getValue();
        return text == null ? usual : time(text, option.longestName());
    }

    static Duration time(String text, String option) {
        char unit = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        long seconds = switch (unit) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            case 'd' -> 24 * 3600;
            default -> throw wrong(option, text, "a time such as 90s, 15m, 24h or 30d");
        };
        return Duration.ofSeconds(seconds * count(text.substring(0, text.length() - 1), option));
    }

    private static CliException wrong(String option, String text, String expected) {
        return new CliException(CliException.Code.USAGE, option + " wants " + expected + ", found '" + text + "'");
    }
}
