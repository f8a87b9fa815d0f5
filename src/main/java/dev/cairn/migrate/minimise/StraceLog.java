package dev.cairn.migrate.minimise;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads what `strace -f -o` wrote: the absolute paths that a program opened, ran or asked for with success.
///
/// What a container's engine does before it executes the program is not counted. Limits: [#MOST_PATHS] paths,
/// [#MOST_LINES] lines, lines of [#LONGEST] characters; the rest is left out.
public final class StraceLog {
    /// How many paths are kept.
    public static final int MOST_PATHS = 200_000;
    /// How many lines are read.
    public static final int MOST_LINES = 20_000_000;
    /// The longest line that is looked at.
    public static final int LONGEST = 16_384;

    private static final Set<String> CALLS = Set.of(
            "execve",
            "open",
            "openat",
            "openat2",
            "newfstatat",
            "fstatat64",
            "stat",
            "lstat",
            "readlink",
            "readlinkat",
            "access",
            "faccessat",
            "faccessat2",
            "statx");

    private final String program;
    private final Set<String> paths = new TreeSet<>();
    private final Map<String, String> unfinished = new HashMap<>();
    private boolean started;

    private StraceLog(String program) {
        this.program = program;
    }

    /// The paths.
    ///
    /// @param program the first word of the program's command
    public static Set<String> paths(Path log, String program) throws IOException {
        StraceLog reader = new StraceLog(program);
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            int count = 0;
            for (String line = lines.readLine(); line != null && count < MOST_LINES; line = lines.readLine()) {
                count++;
                if (line.length() <= LONGEST && reader.paths.size() < MOST_PATHS) {
                    reader.line(line);
                }
            }
        }
        return reader.paths;
    }

    /// The paths of a log that is at hand.
    static Set<String> paths(List<String> lines, String program) {
        StraceLog reader = new StraceLog(program);
        lines.forEach(reader::line);
        return reader.paths;
    }

    private void line(String line) {
        int gap = line.indexOf(' ');
        if (gap <= 0 || !line.chars().limit(gap).allMatch(Character::isDigit)) {
            return;
        }
        String process = line.substring(0, gap);
        String call = line.substring(gap).strip();
        if (call.endsWith("<unfinished ...>")) {
            unfinished.put(process, call);
            return;
        }
        String whole = call;
        if (call.startsWith("<... ")) {
            String begun = unfinished.remove(process);
            int end = call.indexOf('>');
            if (begun == null || end < 0) {
                return;
            }
            whole = begun.substring(0, begun.length() - "<unfinished ...>".length()) + call.substring(end + 1);
        }
        finished(whole);
    }

    private void finished(String call) {
        int open = call.indexOf('(');
        int result = call.lastIndexOf(") = ");
        if (open <= 0 || result < 0 || !CALLS.contains(call.substring(0, open)) || isFailure(call, result + 4)) {
            return;
        }
        int first = call.indexOf('"', open);
        StringBuilder path = new StringBuilder();
        int end = first < 0 || first > result ? -1 : string(call, first, path);
        if (end < 0 || call.startsWith("...", end)) {
            return;
        }
        if (!started) {
            started = call.startsWith("execve(") && startsProgram(call, end);
        }
        if (started && path.length() > 1 && path.charAt(0) == '/') {
            paths.add(utf8(path));
        }
    }

    private static boolean isFailure(String call, int at) {
        return at >= call.length() || call.charAt(at) == '-' || call.charAt(at) == '?';
    }

    /// Whether the first argument is the program's word, and it is not the engine that runs itself again.
    private boolean startsProgram(String call, int end) {
        int quote = call.indexOf('"', end);
        StringBuilder word = new StringBuilder();
        return quote > 0
                && string(call, quote, word) > 0
                && utf8(word).equals(program)
                && !call.startsWith("execve(\"/proc/self/");
    }

    private static String utf8(StringBuilder chars) {
        return new String(chars.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// Reads a quoted text with C's escapes; gives the place behind it, or -1 where it does not end.
    private static int string(String text, int quote, StringBuilder into) {
        int i = quote + 1;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c == '"') {
                return i;
            }
            if (c != '\\') {
                into.append(c);
            } else if (i < text.length()) {
                i = escape(text, i, into);
            }
        }
        return -1;
    }

    private static int escape(String text, int at, StringBuilder into) {
        char c = text.charAt(at);
        if (c >= '0' && c <= '7') {
            int i = at;
            int value = 0;
            while (i < text.length() && i < at + 3 && text.charAt(i) >= '0' && text.charAt(i) <= '7') {
                value = value * 8 + text.charAt(i++) - '0';
            }
            into.append((char) (value & 0xff));
            return i;
        }
        into.append(
                switch (c) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case 'r' -> '\r';
                    case 'f' -> '\f';
                    case 'v' -> '\u000b';
                    default -> c;
                });
        return at + 1;
    }
}
