package dev.cairn.migrate.minimise;

import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Word;
import java.util.ArrayList;
import java.util.List;

/// What containers of a file start, and what looks after their health.
///
/// @param keyword the instruction in capitals
/// @param line its line
/// @param words its words, split at blanks and at what ends a command
record StartText(String keyword, int line, List<String> words) {
    private static final String ENDS = " \t\n\r;&|()`\"'$={}";

    StartText {
        words = List.copyOf(words);
    }

    /// Those of all stages: one that builds on another takes over what it starts.
    static List<StartText> of(Dockerfile file) {
        List<StartText> found = new ArrayList<>();
        for (Instruction each : file.instructions()) {
            if (each.is("cmd") || each.is("entrypoint") || each.is("healthcheck")) {
                List<String> words = new ArrayList<>();
                for (Word word : each.arguments()) {
                    split(word.value(), words);
                }
                found.add(new StartText(each.keyword().toUpperCase(java.util.Locale.ROOT), file.line(each), words));
            }
        }
        return found;
    }

    private static void split(String text, List<String> into) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || ENDS.indexOf(text.charAt(i)) >= 0) {
                if (i > start) {
                    String word = text.substring(start, i);
                    into.add(word.substring(word.lastIndexOf('/') + 1));
                }
                start = i + 1;
            }
        }
    }
}
