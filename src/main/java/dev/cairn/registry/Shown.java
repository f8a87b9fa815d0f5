package dev.cairn.registry;

/// Text that a stranger sent, made fit for a message or a log: short, and without control characters.
public final class Shown {
    private static final int LONGEST = 120;

    private Shown() {}

    /// The text, shortened, each control character as `?`.
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /// The text, shortened to `longest` characters, each control character as `?`.
    public static String of(String text, int longest) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), longest + 1));
        for (int i = 0; i < text.length() && i < longest; i++) {
            char c = text.charAt(i);
            shown.append((c < ' ' && c != '\n') || c == 0x7f || Character.isSurrogate(c) ? '?' : c);
        }
        return text.length() > longest ? shown.append('…').toString() : shown.toString();
    }
}
