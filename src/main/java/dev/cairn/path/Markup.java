package dev.cairn.path;

/// Builds HTML: every text is escaped.
class Markup {
    /// What was built.
    final StringBuilder out = new StringBuilder(1 << 16);

    static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    final void number(String text) {
        element("td", "number", text);
    }

    final Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    final Markup text(String text) {
        escape(out, text);
        return this;
    }

    final Markup element(String tag, String css, String text) {
        raw("<" + tag + (css.isEmpty() ? ">" : " class=\"" + css + "\">")).text(text);
        return raw("</" + tag + ">");
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
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
    }
}
