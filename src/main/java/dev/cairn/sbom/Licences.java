package dev.cairn.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// Licences as SPDX expressions (SPDX 2.3, annex D).
///
/// What packages declare need not be one: names that are not on SPDX's list become `LicenseRef-…`, words with nothing
/// between them are joined by `AND`, and a text that no reading helps becomes one `LicenseRef-…` as a whole.
public final class Licences {
    private static final String REFERENCE = "LicenseRef-";
    private static final int LONGEST = 4096;

    private Licences() {}

    /// The list's ids and exceptions by their lower-case form; loaded when the first licence is looked at.
    private static final class ListedIds {
        private static final Map<String, String> BY_LOWER_CASE = load();

        private static Map<String, String> load() {
            Map<String, String> ids = new HashMap<>();
            try (InputStream in = Objects.requireNonNull(Licences.class.getResourceAsStream("licences.txt"))) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(id -> ids.put(id.toLowerCase(Locale.ROOT), id));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ids;
        }
    }

    /// Whether SPDX's list has this id, in whatever case.
    public static boolean isListed(String id) {
        return ListedIds.BY_LOWER_CASE.containsKey(id.toLowerCase(Locale.ROOT));
    }

    /// The expression for what a package declares; empty for nothing.
    public static String expression(String declared) {
        String text = declared.strip();
        if (text.isEmpty() || text.equals("NOASSERTION") || text.equals("NONE")) {
            return "";
        }
        if (text.length() > LONGEST) {
            text = text.substring(0, LONGEST);
        }
        try {
            return new Reader(words(text)).whole();
        } catch (IllegalArgumentException e) {
            return reference(text);
        }
    }

    /// Several licences that all hold, as one expression; empty ones are left out.
    public static String join(List<String> expressions) {
        List<String> parts = new ArrayList<>();
        for (String each : expressions) {
            if (!each.isEmpty() && !parts.contains(each)) {
                parts.add(each);
            }
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        StringBuilder out = new StringBuilder();
        for (String each : parts) {
            boolean alternatives = each.contains(" OR ");
            out.append(out.isEmpty() ? "" : " AND ").append(alternatives ? "(" + each + ")" : each);
        }
        return out.toString();
    }

    /// The `LicenseRef-…` of an expression, each with the name that it stands for.
    static SortedMap<String, String> references(String expression) {
        SortedMap<String, String> found = new TreeMap<>();
        for (String word : words(expression)) {
            if (word.startsWith(REFERENCE)) {
                found.put(word, word.substring(REFERENCE.length()));
            }
        }
        return found;
    }

    private static String reference(String name) {
        StringBuilder out = new StringBuilder(REFERENCE);
        for (int i = 0; i < Math.min(name.length(), 100); i++) {
            char c = name.charAt(i);
            boolean allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.';
            if (allowed || out.charAt(out.length() - 1) != '-') {
                out.append(allowed ? c : '-');
            }
        }
        String text = out.toString();
        return text.equals(REFERENCE) ? REFERENCE + "unknown" : text.endsWith("-") ? text + "x" : text;
    }

    /// Cuts at blanks, commas and around parentheses.
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean bracket = c == '(' || c == ')';
            if (bracket || c <= ' ' || c == ',' || c == ';') {
                if (i > start) {
                    words.add(text.substring(start, i));
                }
                if (bracket) {
                    words.add(String.valueOf(c));
                }
                start = i + 1;
            }
        }
        return words;
    }

    /// A reader of expressions by descent. Only the outermost operators of a level are looked at, as written: what goes
    /// out is what came in with names put right.
    private static final class Reader {
        private static final int DEEPEST = 50;

        private final List<String> words;
        private int at;
        private int depth;

        Reader(List<String> words) {
            this.words = words;
        }

        String whole() {
            String out = alternatives();
            if (at < words.size()) {
                throw new IllegalArgumentException("unbalanced");
            }
            return out;
        }

        private String alternatives() {
            StringBuilder out = new StringBuilder(term());
            while (at < words.size() && !words.get(at).equals(")")) {
                String word = words.get(at).toUpperCase(Locale.ROOT);
                boolean operator = word.equals("AND") || word.equals("OR");
                at += operator ? 1 : 0;
                out.append(operator ? " " + word + " " : " AND ").append(term());
            }
            return out.toString();
        }

        private String term() {
            String word = word();
            if (word.equals("(")) {
                if (++depth > DEEPEST) {
                    throw new IllegalArgumentException("too deep");
                }
                String inner = alternatives();
                if (!word().equals(")")) {
                    throw new IllegalArgumentException("unbalanced");
                }
                depth--;
                return "(" + inner + ")";
            }
            String id = id(word);
            if (at < words.size() && words.get(at).equalsIgnoreCase("WITH")) {
                at++;
                String exception = word();
                String listed = ListedIds.BY_LOWER_CASE.get(exception.toLowerCase(Locale.ROOT));
                return listed == null || id.startsWith(REFERENCE)
                        ? reference(word + "-with-" + exception)
                        : id + " WITH " + listed;
            }
            return id;
        }

        private String word() {
            if (at >= words.size()) {
                throw new IllegalArgumentException("ends too early");
            }
            return words.get(at++);
        }

        private static String id(String word) {
            String upper = word.toUpperCase(Locale.ROOT);
            if (upper.equals("AND") || upper.equals("OR") || upper.equals("WITH") || word.equals(")")) {
                throw new IllegalArgumentException("an operator without a licence");
            }
            if (word.startsWith(REFERENCE) && word.length() > REFERENCE.length()) {
                return reference(word.substring(REFERENCE.length()));
            }
            boolean later = word.endsWith("+");
            String listed = ListedIds.BY_LOWER_CASE.get(
                    (later ? word.substring(0, word.length() - 1) : word).toLowerCase(Locale.ROOT));
            return listed == null ? reference(word) : listed + (later ? "+" : "");
        }
    }
}
