package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.UpstreamImage;
import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.dockerfile.Lineage.Base;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.CommandList;
import dev.cairn.migrate.shell.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an image starts: entry points that differ, and commands in shell form where there is no shell.
final class StartCommands {
    /// Hardened images that start their language's interpreter, where the public ones start what CMD says.
    private static final Set<String> LANGUAGES = Set.of(
            "python",
            "node",
            "ruby",
            "php",
            "go",
            "jdk",
            "jre",
            "perl",
            "rust",
            "bun",
            "deno",
            "dotnet-sdk",
            "dotnet-runtime",
            "aspnet-runtime",
            "maven",
            "gradle",
            "erlang",
            "elixir",
            "r-base",
            "clojure",
            "pypy",
            "julia",
            "amazon-corretto-jdk",
            "amazon-corretto-jre",
            "gcc",
            "swift",
            "dart",
            "haskell",
            "lua");

    private final Dockerfile file;
    private final Lineage lineage;
    private final UpstreamImage.@Nullable Known known;
    private final boolean shell;
    private final List<Edit> edits;
    private final List<Finding> findings;

    StartCommands(
            Dockerfile file,
            Lineage lineage,
            UpstreamImage.@Nullable Known known,
            boolean shell,
            List<Edit> edits,
            List<Finding> findings) {
        this.file = file;
        this.lineage = lineage;
        this.known = known;
        this.shell = shell;
        this.edits = edits;
        this.findings = findings;
    }

    /// For images that are of the catalogue already, and without a shell.
    static StartCommands withoutShell(Dockerfile file, Lineage lineage, List<Edit> edits, List<Finding> findings) {
        return new StartCommands(file, lineage, null, false, edits, findings);
    }

    void edit(Stage stage) {
        for (Instruction instruction : stage.instructions()) {
            boolean starts = instruction.is("cmd") || instruction.is("entrypoint");
            boolean checks = instruction.is("healthcheck")
                    && instruction.arguments().size() == 2
                    && instruction.arguments().getFirst().value().equalsIgnoreCase("cmd");
            if (!shell
                    && (starts || checks)
                    && !instruction.json()
                    && !instruction.arguments().isEmpty()) {
                execForm(instruction);
            }
        }
        Instruction command = last(stage, "cmd");
        if (command != null && known != null && !known.distroful() && !hasEntryPoint(stage)) {
            entryPoint(command, known.name());
        }
    }

    private static @Nullable Instruction last(Stage stage, String keyword) {
        return stage.instructions().stream()
                .filter(i -> i.is(keyword))
                .reduce((a, b) -> b)
                .orElse(null);
    }

    private boolean hasEntryPoint(Stage stage) {
        if (last(stage, "entrypoint") != null) {
            return true;
        }
        return lineage.base(stage.index()) instanceof Base.Earlier(Stage parent) && hasEntryPoint(parent);
    }

    private void entryPoint(Instruction command, String name) {
        if (!LANGUAGES.contains(name)) {
            find(
                    Reason.ENTRYPOINT_DIFFERS,
                    command,
                    "CMD is given to the entry point of " + name + ", which is not the old image's");
            return;
        }
        String chars = file.source().chars();
        int start = command.range().start();
        int lineStart = chars.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
        String newline = chars.contains("\r\n") ? "\r\n" : "\n";
        edits.add(Edit.insert(lineStart, "ENTRYPOINT []" + newline));
        find(Reason.ENTRYPOINT_RESET, command, name + " starts its interpreter; CMD names it already");
    }

    private void execForm(Instruction instruction) {
        Word word = instruction.arguments().getLast();
        List<String> words = plainWords(word.value());
        if (words == null) {
            find(Reason.SHELL_FORM, instruction, "the image has no shell to run this with");
            return;
        }
        edits.add(new Edit(new ByteRange(word.range().start(), word.range().end()), json(words)));
        find(Reason.EXEC_FORM, instruction, "the image has no shell; the words need none");
    }

    /// The words of a command that needs no shell; null where it does.
    private static @Nullable List<String> plainWords(String text) {
        if (!(Script.read(text) instanceof Script.Reading.Understood(Script script))
                || script.commands().items().size() != 1) {
            return null;
        }
        CommandList.AndOr only = script.commands().items().getFirst().command();
        boolean single = only.pipelines().size() == 1
                && only.pipelines().getFirst().commands().size() == 1
                && !only.pipelines().getFirst().negated();
        if (!single
                || !(only.pipelines().getFirst().commands().getFirst() instanceof Command.Simple simple)
                || !simple.assignments().isEmpty()
                || !simple.redirections().isEmpty()) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (dev.cairn.migrate.shell.Word word : simple.words()) {
            String value = word.value();
            if (value == null || !word.isPlain() || value.chars().anyMatch(c -> c < ' ')) {
                return null;
            }
            words.add(value);
        }
        if (!words.isEmpty() && words.getFirst().equals("exec")) {
            words.removeFirst();
        }
        boolean builtin = words.isEmpty()
                || Set.of("cd", "exit", "source", ".", "set", "eval").contains(words.getFirst());
        return builtin ? null : words;
    }

    private static String json(List<String> words) {
        StringBuilder out = new StringBuilder("[");
        for (String word : words) {
            out.append(out.length() > 1 ? ", \"" : "\"");
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
            out.append('"');
        }
        return out.append(']').toString();
    }

    private void find(Reason reason, Instruction instruction, String message) {
        findings.add(new Finding(reason, file.line(instruction), message));
    }
}
