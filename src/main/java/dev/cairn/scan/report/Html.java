package dev.cairn.scan.report;

/// Builds HTML: every text is escaped, there is no other way to put one in.
final class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    /// Markup of our own making.
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /// Text from anywhere.
    Html text(String text) {
        escape(out, text);
        return this;
    }

    Html text(long number) {
        out.append(number);
        return this;
    }

    /// `<tag class="…">text</tag>`.
    Html element(String tag, String css, String text) {
        out.append('<').append(tag);
        if (!css.isEmpty()) {
            out.append(" class=\"").append(css).append('"');
        }
        out.append('>');
        escape(out, text);
        out.append("</").append(tag).append('>');
        return this;
    }

    static void escape(StringBuilder out, String text) {
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
    public String toString() {
        return out.toString();
    }
}
