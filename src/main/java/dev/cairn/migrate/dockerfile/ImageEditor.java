package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes another image into a `FROM`: in its place, around the variable in its tag, or as the default of the `ARG`
/// that it names.
final class ImageEditor {
    private final Dockerfile file;
    private final Map<String, String> arguments;
    private final List<Edit> edits;
    private final List<Finding> findings;

    ImageEditor(Dockerfile file, Map<String, String> arguments, List<Edit> edits, List<Finding> findings) {
        this.file = file;
        this.arguments = arguments;
        this.edits = edits;
        this.findings = findings;
    }

    /// What was done: the reason to report; null where the variable does not fit.
    ///
    /// @param versioned whether the tag says which version it is; else a variable in the old tag says nothing about
    ///     the new one
    @Nullable
    Reason write(Stage stage, String image, String tag, boolean versioned) {
        String raw = stage.image().value();
        ByteRange range = stage.image().range();
        if (raw.indexOf('$') < 0) {
            edits.add(new Edit(range, SourceText.chars(image + ":" + tag)));
            return Reason.IMAGE;
        }
        String whole = wholeVariable(raw);
        if (whole != null) {
            return arguments.containsKey(whole)
                    ? argument(whole, image + ":" + tag, stage)
                    : fallback(stage, image + ":" + tag);
        }
        int colon = tagColon(raw);
        String rawTag = colon < 0 ? "" : raw.substring(colon + 1);
        if (rawTag.indexOf('$') < 0 || !versioned) {
            edits.add(new Edit(range, SourceText.chars(image + ":" + tag)));
            return Reason.IMAGE;
        }
        return tagVariable(stage, rawTag, image, tag);
    }

    /// `python:${V}-slim` becomes `…/python:${V}-dev`, with another default for V where it has more parts.
    private @Nullable Reason tagVariable(Stage stage, String rawTag, String image, String tag) {
        int start = rawTag.indexOf('$');
        int end = variableEnd(rawTag, start);
        if (start != 0 || end < 0 || rawTag.indexOf('@') >= 0) {
            return null;
        }
        String variable = rawTag.substring(start, end);
        String name = name(variable);
        String value = name == null ? null : arguments.get(name);
        if (name == null || value == null || value.isEmpty()) {
            return null;
        }
        String rest = rest(tag, value);
        if (rest == null) {
            int word = tag.indexOf('-');
            String version = word < 0 ? tag : tag.substring(0, word);
            boolean shorter = value.startsWith(version + ".") || value.startsWith(version + "-");
            if (!shorter || argument(name, version, stage) == null) {
                return null;
            }
            rest = tag.substring(version.length());
        }
        edits.add(new Edit(stage.image().range(), SourceText.chars(image) + ":" + variable + SourceText.chars(rest)));
        return Reason.IMAGE;
    }

    /// What follows the value in the tag; null where the tag is of another version.
    private static @Nullable String rest(String tag, String value) {
        boolean starts = tag.startsWith(value);
        boolean ends = starts && (tag.length() == value.length() || tag.charAt(value.length()) == '-');
        return ends ? tag.substring(value.length()) : null;
    }

    /// Writes the default of a global ARG.
    private @Nullable Reason argument(String name, String value, Stage stage) {
        Instruction found = null;
        for (Instruction argument : Stage.globalArguments(file)) {
            for (Word word : argument.arguments()) {
                if (word.value().startsWith(name + "=")) {
                    if (found != null) {
                        return null;
                    }
                    found = argument;
                }
            }
        }
        if (found == null || isUsedElsewhere(name, stage)) {
            return null;
        }
        for (Word word : found.arguments()) {
            String text = file.source().slice(word.range());
            if (word.value().startsWith(name + "=")) {
                if (!text.startsWith(name + "=") || text.indexOf('$') >= 0 || text.indexOf('\n') >= 0) {
                    return null;
                }
                int from = name.length() + 1;
                int to = text.length();
                boolean quoted = to - from > 1 && (text.charAt(from) == '"' || text.charAt(from) == '\'');
                int start = word.range().start();
                edits.add(new Edit(
                        new ByteRange(start + from + (quoted ? 1 : 0), start + to - (quoted ? 1 : 0)),
                        SourceText.chars(value)));
                findings.add(new Finding(
                        Reason.IMAGE_ARGUMENT, file.source().line(start), "the default of " + name + " is " + value));
                return Reason.IMAGE;
            }
        }
        return null;
    }

    /// Whether another FROM uses the variable, or a stage asks for its value.
    private boolean isUsedElsewhere(String name, Stage stage) {
        for (Stage other : Stage.of(file)) {
            boolean from = other.index() != stage.index()
                    && mentions(other.from().body().text(), name);
            boolean redeclared = other.instructions().stream()
                    .filter(i -> i.is("arg"))
                    .anyMatch(i -> i.arguments().stream()
                            .anyMatch(w -> w.value().equals(name) || w.value().startsWith(name + "=")));
            if (from || redeclared) {
                return true;
            }
        }
        return Stage.globalArguments(file).stream()
                .anyMatch(i -> i.arguments().stream().anyMatch(w -> mentions(w.value(), name)));
    }

    private static boolean mentions(String text, String name) {
        for (int at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) {
            int start = text.startsWith("{", at + 1) ? at + 2 : at + 1;
            int end = start + name.length();
            if (text.startsWith(name, start) && (end >= text.length() || !isNameChar(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    /// `${BASE:-debian:12}` without an ARG: the fallback is what is meant.
    private @Nullable Reason fallback(Stage stage, String reference) {
        String raw = file.source().slice(stage.image().range());
        int dash = raw.indexOf(":-");
        if (dash < 0 || !raw.endsWith("}") || raw.indexOf('$', 1) >= 0) {
            return null;
        }
        int start = stage.image().range().start();
        edits.add(new Edit(
                new ByteRange(start + dash + 2, stage.image().range().end() - 1), SourceText.chars(reference)));
        return Reason.IMAGE;
    }

    /// The variable that the word is nothing but; null where it is more.
    private static @Nullable String wholeVariable(String raw) {
        return raw.startsWith("$") && variableEnd(raw, 0) == raw.length() ? name(raw) : null;
    }

    private static @Nullable String name(String variable) {
        int start = variable.startsWith("${") ? 2 : 1;
        int end = start;
        while (end < variable.length() && isNameChar(variable.charAt(end))) {
            end++;
        }
        return end == start ? null : variable.substring(start, end);
    }

    private static int variableEnd(String text, int from) {
        if (text.startsWith("{", from + 1)) {
            int depth = 0;
            for (int i = from + 1; i < text.length(); i++) {
                depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
                if (depth == 0) {
                    return i + 1;
                }
            }
            return -1;
        }
        int end = from + 1;
        while (end < text.length() && isNameChar(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /// The colon before the tag, outside of variables; -1 where there is none.
    private static int tagColon(String raw) {
        int depth = 0;
        int found = -1;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 && c == '/') {
                found = -1;
            } else if (depth == 0 && c == ':' && found < 0) {
                found = i;
            }
        }
        return found;
    }

    private static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
