package dev.cairn.packages.apk;

/// Walks the tokens of an apk version. [#token()] is the kind of the token that [#next()] reads; the kinds' order is
/// that in which they may follow each other.
final class VersionCursor {
    static final int FRACTION = 0;
    static final int NUMBER = 1;
    static final int LETTER = 2;
    static final int SUFFIX = 3;
    static final int SUFFIX_NUMBER = 4;
    static final int HASH = 5;
    static final int REVISION = 6;
    static final int END = 7;
    static final int BROKEN = 8;

    /// The longest number that is surely a `long`.
    private static final int MAX_DIGITS = 17;

    private static final String[] PRE_RELEASE = {"alpha", "beta", "pre", "rc"};
    private static final String[] POST_RELEASE = {"cvs", "svn", "git", "hg", "p"};

    private final String text;
    private int at;
    private int token = NUMBER;

    VersionCursor(String text) {
        this.text = text;
    }

    int token() {
        return token;
    }

    boolean atEnd() {
        return token == END;
    }

    boolean isBroken() {
        return token == BROKEN;
    }

    /// The token's place where a version ends and the other goes on: a number without digits counts as broken.
    int rank() {
        boolean needsDigit = token == FRACTION || token == REVISION;
        return needsDigit && !(at < text.length() && isDigit(text.charAt(at))) ? BROKEN : token;
    }

    /// The value of this token; moves to the next one.
    long next() {
        if (at >= text.length()) {
            token = END;
            return 0;
        }
        return switch (token) {
            case FRACTION -> text.charAt(at) == '0' ? leadingZeros() : number();
            case NUMBER, SUFFIX_NUMBER, REVISION -> number();
            case LETTER -> letter();
            case SUFFIX -> suffix();
            case HASH -> hash();
            default -> broken();
        };
    }

    /// `.0012` is a fraction: the more zeros, the smaller. From its last zero on it is a number, which comes next.
    private long leadingZeros() {
        int start = at;
        while (at + 1 < text.length() && text.charAt(at + 1) == '0') {
            at++;
        }
        token = NUMBER;
        return (long) start - at;
    }

    private long number() {
        long value = 0;
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            if (at - start >= MAX_DIGITS) {
                return broken();
            }
            value = value * 10 + (text.charAt(at++) - '0');
        }
        advance(token);
        return value;
    }

    private long letter() {
        char letter = text.charAt(at++);
        advance(LETTER);
        return letter;
    }

    private long suffix() {
        for (int i = 0; i < PRE_RELEASE.length; i++) {
            if (text.startsWith(PRE_RELEASE[i], at)) {
                return named(PRE_RELEASE[i], i - PRE_RELEASE.length);
            }
        }
        for (int i = 0; i < POST_RELEASE.length; i++) {
            if (text.startsWith(POST_RELEASE[i], at)) {
                return named(POST_RELEASE[i], i);
            }
        }
        return broken();
    }

    private long named(String suffix, int value) {
        at += suffix.length();
        advance(SUFFIX);
        return value;
    }

    /// The first digits of a commit hash: enough for an order that is the same everywhere.
    private long hash() {
        long value = 0;
        int digits = 0;
        for (; at < text.length() && Character.digit(text.charAt(at), 16) >= 0; at++) {
            if (digits++ < 15) {
                value = value * 16 + Character.digit(text.charAt(at), 16);
            }
        }
        advance(HASH);
        return value;
    }

    private long broken() {
        token = BROKEN;
        return -1;
    }

    /// Finds out what follows a token of this kind, and reads the mark that it starts with.
    private void advance(int last) {
        if (at >= text.length()) {
            token = END;
            return;
        }
        char c = text.charAt(at);
        if ((last == NUMBER || last == FRACTION) && c >= 'a' && c <= 'z') {
            token = LETTER;
        } else if (last == LETTER && isDigit(c)) {
            token = NUMBER;
        } else if (last == SUFFIX && isDigit(c)) {
            token = SUFFIX_NUMBER;
        } else {
            mark(last, c);
        }
    }

    private void mark(int last, char c) {
        int found = switch (c) {
            case '.' -> FRACTION;
            case '_' -> SUFFIX;
            case '~' -> HASH;
            case '-' -> at + 1 < text.length() && text.charAt(at + 1) == 'r' ? REVISION : BROKEN;
            default -> BROKEN;
        };
        at += found == REVISION ? 2 : 1;
        boolean mayStepBack = (found == FRACTION && last == NUMBER) || (found == SUFFIX && last == SUFFIX_NUMBER);
        token = found < last && !mayStepBack ? BROKEN : found;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
