package dev.cairn.image.definition;

/// Makes a piece of a hostile file fit for a message.
final class Excerpt {
    private static final int LONGEST = 60;

    private Excerpt() {}

    /// The text with control characters replaced, addresses masked, and cut where it is long.
    static String quotable(String text) {
        String masked = SourceFile.masked(text);
        StringBuilder result = new StringBuilder();
        int shown = 0;
        for (int i = 0; i < masked.length() && shown < LONGEST; shown++) {
            int point = masked.codePointAt(i);
            boolean plain = !Character.isISOControl(point)
                    && Character.getType(point) != Character.FORMAT
                    && Character.getType(point) != Character.SURROGATE;
            result.appendCodePoint(plain ? point : '?');
            i += Character.charCount(point);
        }
        return shown == LONGEST ? result + "…" : result.toString();
    }
}
