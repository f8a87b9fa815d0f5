package dev.cairn.advisory;

import java.time.DateTimeException;
import java.time.LocalDate;

/// Days as feeds write them: the first ten characters of a date or a time.
final class Days {
    private Days() {}

    /// Days since 1970, or [Fact#NO_DAY].
    static int parse(String text) {
        if (text.length() < 10) {
            return Fact.NO_DAY;
        }
        try {
            return Math.toIntExact(LocalDate.parse(text.substring(0, 10)).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            return Fact.NO_DAY;
        }
    }
}
