package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.dockerfile.Lineage.Base;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who runs what: hardened images run as nobody in particular, where the old ones ran as root.
///
/// A stage with commands starts with `USER root`, so that each instruction runs as it did; a stage that an image comes
/// out of ends with `USER 65532`, unless the file says itself who it is to run as.
final class UserEdits {
    private static final String NONROOT = "65532";
    private static final Set<String> ACTIVE =
            Set.of("run", "copy", "add", "workdir", "arg", "shell", "onbuild", "user");

    private final Dockerfile file;
    private final Lineage lineage;
    private final Map<Integer, Integer> runs;
    private final List<Edit> edits;
    private final List<Finding> findings;
    /// The stages that end as root because of us.
    private final Set<Integer> endAsRoot = new HashSet<>();

    private final Map<Integer, Boolean> explicit = new HashMap<>();

    UserEdits(Dockerfile file, Lineage lineage, Map<Integer, Integer> runs, List<Edit> edits, List<Finding> findings) {
        this.file = file;
        this.lineage = lineage;
        this.runs = runs;
        this.edits = edits;
        this.findings = findings;
    }

    void edit(Stage stage) {
        Stage parent = lineage.base(stage.index()) instanceof Base.Earlier(Stage earlier) ? earlier : null;
        boolean root = parent != null && endAsRoot.contains(parent.index());
        boolean said = parent != null && Boolean.TRUE.equals(explicit.get(parent.index()));
        boolean runsBefore = runs.getOrDefault(stage.index(), 0) > 0 && runsBeforeUser(stage);
        if (!root && !said && runsBefore) {
            int offset = insertLineBehind(stage.from(), "USER root");
            // what others have put there runs as root, too
            edits.addFirst(edits.removeLast());
            find(Reason.USER_ROOT, offset, "the image's own user is " + NONROOT + "; the RUNs below ran as root");
            root = true;
        }
        Instruction last = lastUser(stage);
        said |= last != null;
        root &= last == null;
        explicit.put(stage.index(), said);
        if (lineage.isFinal(stage) && !said) {
            Instruction active = lastActive(stage);
            int offset = active.range().end();
            if (root) {
                insertLineBehind(active, "USER " + NONROOT);
                root = false;
            }
            find(Reason.USER_NONROOT, offset, "the image runs as " + NONROOT + ", no longer as root");
        }
        if (root) {
            endAsRoot.add(stage.index());
        }
    }

    private static boolean runsBeforeUser(Stage stage) {
        for (Instruction instruction : stage.instructions()) {
            if (instruction.is("user")) {
                return false;
            }
            if (instruction.is("run") || instruction.is("shell")) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Instruction lastUser(Stage stage) {
        return stage.instructions().stream()
                .filter(i -> i.is("user"))
                .reduce((a, b) -> b)
                .orElse(null);
    }

    private static Instruction lastActive(Stage stage) {
        return stage.instructions().stream()
                .filter(i -> ACTIVE.contains(i.keyword()))
                .reduce((a, b) -> b)
                .orElse(stage.from());
    }

    /// Puts a line behind an instruction's last one and returns where.
    private int insertLineBehind(Instruction instruction, String line) {
        String chars = file.source().chars();
        int newline = chars.indexOf('\n', instruction.range().end());
        endContinuation(instruction);
        if (newline < 0) {
            edits.add(Edit.insert(chars.length(), "\n" + line));
            return chars.length();
        }
        boolean carriage = newline > 0 && chars.charAt(newline - 1) == '\r';
        edits.add(Edit.insert(newline + 1, line + (carriage ? "\r\n" : "\n")));
        return instruction.range().end();
    }

    /// A continuation at the end of the file would take a new line in.
    private void endContinuation(Instruction instruction) {
        int end = instruction.line().offset(instruction.line().text().length());
        String rest = file.source()
                .chars()
                .substring(end, Math.max(end, instruction.range().end()));
        int escape = rest.indexOf(file.escape());
        if (instruction.heredocs().isEmpty()
                && escape >= 0
                && rest.substring(0, escape).isBlank()) {
            edits.add(Edit.delete(end, end + escape + 1));
        }
    }

    private void find(Reason reason, int offset, String message) {
        findings.add(new Finding(reason, file.source().line(offset), message));
    }
}
