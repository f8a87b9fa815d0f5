package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Distribution.Family;
import dev.cairn.mapping.Outcome;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Assignment;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Package names that a variable holds: they are settled where the variable gets its value, once.
final class VariableLists {
    private final StageState state;
    private final Map<String, Boolean> settled = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private List<Command.Compound> loops = List.of();

    VariableLists(StageState state) {
        this.state = state;
    }

    /// Where a value is written.
    ///
    /// @param inScript whether it is in the script whose edits are collected elsewhere
    private record Definition(MappedText text, int from, int to, ScriptEdits edits, boolean inScript) {}

    /// Settles the names in the variable that `word` is; false where that is refused.
    boolean settle(Word word, List<Command.Simple> script, MappedText text, ScriptEdits edits) {
        int offset = text.offset(word.start());
        if (word.parts().size() != 1
                || !(word.parts().getFirst()
                        instanceof Word.Part.Parameter(String name, boolean plain, boolean quoted, var inner))
                || !plain) {
            state.find(
                    Reason.PACKAGE_WORD,
                    offset,
                    "'" + text.text().substring(word.start(), word.end()) + "' is only known at run time");
            return false;
        }
        uses.merge(name, 1, Integer::sum);
        Boolean known = settled.get(name);
        if (known != null) {
            return known;
        }
        if (isComputed(name, script)) {
            settled.put(name, true);
            return true;
        }
        List<Definition> definitions = definitions(name, script, text, edits);
        if (definitions.isEmpty() && name.equals("PHPIZE_DEPS") && state.php != null && !state.php.isEmpty()) {
            return compilers(word, text, edits);
        }
        boolean done = definitions.size() == 1 && tokens(definitions.getFirst());
        if (!done) {
            state.find(
                    Reason.VARIABLE_LIST,
                    offset,
                    definitions.isEmpty()
                            ? "$" + name + " gets its value elsewhere"
                            : definitions.size() > 1
                                    ? "$" + name + " gets its value in several places"
                                    : "the value of $" + name + " is not a plain list of known packages");
        }
        settled.put(name, done);
        return done;
    }

    /// Whether the build finds out which libraries its result needs, as `so:` names that every apk repository has.
    private boolean isComputed(String name, List<Command.Simple> script) {
        boolean apkToApk = state.from.family() == Family.APK && state.target.isApk();
        int found = 0;
        for (Command.Simple command : apkToApk ? script : List.<Command.Simple>of()) {
            for (Assignment assignment : command.assignments()) {
                if (assignment.name().equals(name)) {
                    boolean sonames = assignment.values().size() == 1
                            && assignment.values().getFirst().parts().stream().allMatch(VariableLists::isSonames);
                    found += sonames ? 1 : 100;
                }
            }
        }
        return found == 1;
    }

    private static boolean isSonames(Word.Part part) {
        return switch (part) {
            case Word.Part.Substitution substitution -> substitution.text().contains("so:");
            case Word.Part.Literal literal -> literal.text().isEmpty();
            case Word.Part.Parameter parameter -> false;
            case Word.Part.Arithmetic arithmetic -> false;
        };
    }

    /// What PHP's official images call the packages that compile an extension.
    private boolean compilers(Word word, MappedText text, ScriptEdits edits) {
        List<String> names = new ArrayList<>(PhpExtensions.COMPILERS);
        if (state.target.look("php" + state.php + "-dev", Distribution.DEBIAN) instanceof Outcome.Mapped mapped) {
            names.addAll(mapped.names());
        }
        state.installed.addAll(names);
        edits.replace(word.start(), word.end(), String.join(" ", names));
        state.find(
                Reason.PACKAGES,
                text.offset(word.start()),
                "PHPIZE_DEPS of the old image are " + String.join(" ", names));
        return true;
    }

    /// Refuses the variables that the stage uses for something else, too.
    void check() {
        int start = state.stage.from().range().start();
        int end = state.stage.instructions().isEmpty()
                ? state.stage.from().range().end()
                : state.stage.instructions().getLast().range().end();
        String chars = state.source.chars().substring(start, end);
        uses.forEach((name, count) -> {
            if (mentions(chars, name) != count) {
                state.find(Reason.VARIABLE_LIST, start, "$" + name + " is used for more than packages");
            }
        });
    }

    private static int mentions(String chars, String name) {
        int count = 0;
        for (int at = chars.indexOf(name); at >= 0; at = chars.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean ends = end == chars.length() || !isNameChar(chars.charAt(end));
            boolean dollar = at > 0 && chars.charAt(at - 1) == '$';
            boolean brace = at > 1 && chars.startsWith("${", at - 2);
            count += ends && (dollar || brace) ? 1 : 0;
        }
        return count;
    }

    private static boolean isNameChar(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /// The loops of the script that is being rewritten.
    void within(List<Command.Compound> all) {
        loops = all;
    }

    private List<Definition> definitions(String name, List<Command.Simple> script, MappedText text, ScriptEdits edits) {
        List<Definition> found = new ArrayList<>();
        for (Command.Simple command : script) {
            for (Assignment assignment : command.assignments()) {
                if (assignment.name().equals(name)) {
                    Word value = assignment.values().isEmpty()
                            ? null
                            : assignment.values().getFirst();
                    boolean usable = !assignment.append() && !assignment.array();
                    found.add(
                            value != null && usable && value.value() != null
                                    ? new Definition(text, value.start(), value.end(), edits, true)
                                    : new Definition(text, 0, 0, edits, true));
                }
            }
        }
        for (Command.Compound loop : loops) {
            List<Word> head = loop.head();
            if (head.size() > 1 && head.getFirst().is(name)) {
                boolean plain = head.stream().allMatch(Word::isPlain);
                int end = head.getLast().end();
                found.add(new Definition(text, plain ? head.get(1).start() : end, end, edits, true));
            }
        }
        if (found.isEmpty()) {
            for (Instruction instruction : state.stage.instructions()) {
                if (instruction.is("arg") || instruction.is("env")) {
                    instructionDefinition(instruction, name, found);
                }
            }
        }
        return found;
    }

    private void instructionDefinition(Instruction instruction, String name, List<Definition> found) {
        String body = instruction.body().text();
        for (int at = body.indexOf(name); at >= 0; at = body.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean starts = at == 0 || Blanks.isSeparator(body.charAt(at - 1));
            if (!starts || end >= body.length()) {
                continue;
            }
            ScriptEdits edits = new ScriptEdits(state.source, instruction.body());
            if (body.charAt(end) == '=') {
                found.add(new Definition(instruction.body(), end + 1, valueEnd(body, end + 1), edits, false));
            } else if (instruction.is("env") && at == 0 && Blanks.isSeparator(body.charAt(end))) {
                found.add(new Definition(instruction.body(), end + 1, body.length(), edits, false));
            }
        }
    }

    private static int valueEnd(String body, int from) {
        char quote = '\0';
        int i = from;
        while (i < body.length()) {
            char c = body.charAt(i);
            if (quote == '\0' && Blanks.isSeparator(c)) {
                break;
            }
            if (c == quote) {
                quote = '\0';
            } else if (quote == '\0' && (c == '"' || c == '\'')) {
                quote = c;
            }
            i++;
        }
        return i;
    }

    /// Settles each word of a value.
    private boolean tokens(Definition definition) {
        String text = definition.text.text();
        PackageNamesEditor names = new PackageNamesEditor(state);
        int at = definition.from;
        boolean fine = definition.to > definition.from;
        while (at < definition.to) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)
                    || c == '"'
                    || c == '\''
                    || (c == '\\' && at + 1 < definition.to && text.charAt(at + 1) == '\n')) {
                at++;
                continue;
            }
            int start = at;
            while (at < definition.to
                    && !Character.isWhitespace(text.charAt(at))
                    && text.charAt(at) != '"'
                    && text.charAt(at) != '\'') {
                at++;
            }
            String token = text.substring(start, at);
            String replacement = token.startsWith("-") ? null : names.install(token, definition.text.offset(start));
            fine &= replacement != null;
            if (replacement != null && replacement.isEmpty()) {
                definition.edits.deleteWord(start, at);
            } else if (replacement != null && !replacement.equals(token)) {
                definition.edits.replace(start, at, replacement);
            }
        }
        if (fine && names.written().isEmpty()) {
            return false;
        }
        if (!definition.inScript) {
            state.edits.addAll(definition.edits.edits());
        }
        return fine;
    }
}
