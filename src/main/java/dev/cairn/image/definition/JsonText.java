package dev.cairn.image.definition;

import java.util.List;
import java.util.Map;

/// Writes JSON (RFC 8259) of maps, lists, texts, numbers and flags, in the maps' own order.
final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    private JsonText(boolean pretty) {
        this.pretty = pretty;
    }

    /// On one line, without spaces.
    static String compact(Object value) {
        JsonText json = new JsonText(false);
        json.value(value, 0);
        return json.out.toString();
    }

    /// Indented by two spaces, with a line end behind.
    static String pretty(Object value) {
        JsonText json = new JsonText(true);
        json.value(value, 0);
        return json.out.append('\n').toString();
    }

    private void value(Object value, int level) {
        switch (value) {
            case Map<?, ?> map -> map(map, level);
            case List<?> list -> list(list, level);
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> text(value.toString());
        }
    }

    private void map(Map<?, ?> map, int level) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            line(level + 1);
            text(String.valueOf(entry.getKey()));
            out.append(pretty ? ": " : ":");
            value(entry.getValue(), level + 1);
            separator = ",";
        }
        line(map.isEmpty() ? -1 : level);
        out.append('}');
    }

    private void list(List<?> list, int level) {
        boolean flat = list.stream().noneMatch(each -> each instanceof Map || each instanceof List);
        out.append('[');
        String separator = "";
        for (Object each : list) {
            out.append(separator);
            line(flat ? -1 : level + 1);
            value(each, level + 1);
            separator = flat && pretty ? ", " : ",";
        }
        line(flat ? -1 : level);
        out.append(']');
    }

    private void line(int level) {
        if (pretty && level >= 0) {
            out.append('\n').append("  ".repeat(level));
        }
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> character(c);
            }
        }
        out.append('"');
    }

    private void character(char c) {
        if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(Character.forDigit(c >> shift & 0xf, 16));
            }
        } else {
            out.append(c);
        }
    }
}
