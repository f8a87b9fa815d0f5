package dev.cairn.image.definition;

import dev.cairn.image.definition.YamlNode.Scalar;

/// What a scalar means as each type, as apko's YAML library reads it.
final class Scalars {
    static final int MOST_BITS = 07777;

    private Scalars() {}

    /// The text; white space at its ends counts only where anything is allowed.
    static String text(Scalar scalar, TextRule rule) {
        return rule == TextRule.ANY || rule == TextRule.PEM
                ? scalar.text()
                : scalar.text().strip();
    }

    /// @throws NumberFormatException when it is no whole number
    static long whole(Scalar scalar) {
        if (!scalar.plain()) {
            throw new NumberFormatException("quoted");
        }
        String text = scalar.text().replace("_", "");
        int radix = radix(text);
        if (!isAscii(text)) {
            throw new NumberFormatException("other digits");
        }
        return switch (radix) {
            case 10 -> Long.parseLong(text);
            case 8 -> Long.parseUnsignedLong(text.startsWith("0o") ? text.substring(2) : text, 8);
            default -> Long.parseUnsignedLong(text.substring(2), radix);
        };
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    /// Whether there are only decimal digits.
    static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static int radix(String text) {
        if (text.length() < 2 || text.charAt(0) != '0') {
            return 10;
        }
        return switch (text.charAt(1)) {
            case 'x' -> 16;
            case 'b' -> 2;
            default -> 8;
        };
    }

    /// Permission bits. A decimal number whose digits could be meant as octal ones is refused: `755` is 0o1363.
    ///
    /// @throws NumberFormatException when it is no number, or one of those
    static int mode(Scalar scalar) {
        long value = whole(scalar);
        if (value < 0 || value > MOST_BITS) {
            throw new NumberFormatException("out of range");
        }
        if (value != 0 && radix(scalar.text()) == 10 && isLikely(octalReading(scalar.text()))) {
            throw new NumberFormatException("decimal");
        }
        return (int) value;
    }

    /// The mode that the digits of a decimal number would be in octal, or -1.
    static int octalReading(String digits) {
        if (digits.isEmpty() || digits.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '7') {
                return -1;
            }
            value = value * 8 + c - '0';
        }
        return value;
    }

    /// Whether someone means these bits: the owner reads, the group has no more than the owner, others no more still.
    private static boolean isLikely(int mode) {
        int owner = mode >> 6 & 7;
        int group = mode >> 3 & 7;
        int others = mode & 7;
        return mode >= 0 && (owner & 4) != 0 && (group & ~owner) == 0 && (others & ~group) == 0;
    }

    /// Whether it is a flag at all.
    static boolean isFlag(Scalar scalar) {
        return scalar.plain()
                && switch (scalar.text()) {
                    case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> true;
                    case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" -> true;
                    default -> false;
                };
    }

    static boolean flag(Scalar scalar) {
        return switch (scalar.text()) {
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> true;
            default -> false;
        };
    }
}
