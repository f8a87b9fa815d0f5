package dev.cairn.scan.report;

/// Builds HTML: every text is escaped, there is no other way to put one in. Pages of one look are built with it.
public class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    /// Markup of our own making.
    public final Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /// Text from anywhere.
    public final Html text(String text) {
        escape(out, text);
        return this;
    }

    public final Html text(long number) {
        out.append(number);
        return this;
    }

    /// `<tag class="…">text</tag>`.
    public final Html element(String tag, String css, String text) {
        out.append('<').append(tag);
        if (!css.isEmpty()) {
            out.append(" class=\"").append(css).append('"');
        }
        out.append('>');
        escape(out, text);
        out.append("</").append(tag).append('>');
        return this;
    }

    /// Adds a text to markup that is built elsewhere.
    public static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    boolean control = c < ' ' && c != '\n' && c != '\t';
                    out.append(control ? '\ufffd' : c);
                }
            }
        }
    }

    @Override
    public final String toString() {
        return out.toString();
    }
}
