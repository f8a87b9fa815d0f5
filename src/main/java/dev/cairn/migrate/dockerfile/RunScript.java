package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.shell.Script;
import java.util.Set;

/// The script that a shell-form `RUN` hands to the shell, here-documents included.
///
/// @param text the script, and where each of its chars is in the file
/// @param interpreter the first line of a script with `#!`, else empty
/// @param document whether the script is a here-document by itself
record RunScript(MappedText text, String interpreter, boolean document) {
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "/bin/sh", "/bin/bash", "-e", "-x", "-ex", "-eux", "-xe");

    static RunScript of(SourceText source, Instruction run) {
        MappedText body = run.body();
        String chars = source.chars();
        if (run.heredocs().isEmpty()) {
            return new RunScript(body, "", false);
        }
        Heredoc first = run.heredocs().getFirst();
        MappedText.Builder builder = new MappedText.Builder();
        if (run.heredocs().size() == 1 && isOnlyHeredoc(body.text())) {
            builder.add(chars, first.content().start(), first.content().end());
            MappedText text = builder.build();
            return new RunScript(text, interpreter(text.text()), true);
        }
        builder.add(body);
        int last = run.heredocs().size() - 1;
        for (int i = 0; i <= last; i++) {
            Heredoc heredoc = run.heredocs().get(i);
            int newline = chars.lastIndexOf('\n', heredoc.content().start() - 1);
            builder.add(
                    chars,
                    i == 0 ? newline : heredoc.content().start(),
                    heredoc.terminator().end());
            if (i < last) {
                builder.add(
                        chars, heredoc.terminator().end(), heredoc.terminator().end() + 1);
            }
        }
        return new RunScript(builder.build(), "", false);
    }

    /// Whether the command is nothing but `<<EOF`, or a shell that is given it: then the document is the script.
    private static boolean isOnlyHeredoc(String command) {
        if (!command.startsWith("<<")) {
            return false;
        }
        String[] words = command.substring(2).strip().split("[ \t]+", -1);
        for (int i = 1; i < words.length; i++) {
            if (!SHELLS.contains(words[i])) {
                return false;
            }
        }
        return words[0].indexOf('>') < 0 && words[0].indexOf('|') < 0;
    }

    private static String interpreter(String script) {
        int newline = script.indexOf('\n');
        return script.startsWith("#!")
                ? script.substring(2, newline < 0 ? script.length() : newline).strip()
                : "";
    }

    Script.Reading read() {
        if (text.text().indexOf('\r') >= 0) {
            return new Script.Reading.Refused(text.text().indexOf('\r'), "a carriage return in the script");
        }
        return Script.read(text.text());
    }
}
