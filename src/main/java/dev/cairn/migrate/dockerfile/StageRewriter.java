package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Rewrites the package lines of one stage.
final class StageRewriter {
    private static final List<String> SHELLS = List.of("sh", "bash", "ash", "dash");

    private final StageState state;
    private final VariableLists variables;
    private String shell = "sh";
    private int runs;

    StageRewriter(StageState state) {
        this.state = state;
        this.variables = new VariableLists(state);
    }

    /// How many RUNs are left.
    int runs() {
        return runs;
    }

    /// Goes through the stage's instructions.
    void rewrite() {
        for (Instruction instruction : state.stage.instructions()) {
            switch (instruction.keyword()) {
                case "run" -> run(instruction);
                case "shell" -> shell(instruction);
                case "onbuild" -> hidden(instruction.trigger());
                case "copy", "add" -> copy(instruction);
                case "cmd", "entrypoint" -> starts(instruction);
                default -> {
                    // Nothing to do with packages.
                }
            }
        }
        variables.check();
    }

    private void run(Instruction run) {
        if (run.json()) {
            runs++;
            hidden(run);
            return;
        }
        if (!SHELLS.contains(shell)) {
            runs++;
            if (state.rewrites() && mentionsManager(run)) {
                state.find(Reason.FOREIGN_SHELL, run.range().start(), "SHELL is " + shell);
            }
            return;
        }
        if (!state.rewrites()) {
            runs++;
            otherManagers(run);
            return;
        }
        Fate fate = new RunRewriter(state, variables).rewrite(run, shell.equals("sh"));
        if (fate == Fate.REMOVE) {
            removeInstruction(run);
        } else {
            runs++;
        }
    }

    /// An image that starts bash has to have it.
    private void starts(Instruction instruction) {
        boolean bash = instruction.json()
                && !instruction.arguments().isEmpty()
                && List.of("bash", "/bin/bash", "/usr/bin/bash")
                        .contains(instruction.arguments().getFirst().value());
        boolean brought = state.rewrites() && state.target.isApk() && state.from.family() != Family.APK;
        if (!bash || !brought || state.installed.contains("bash")) {
            return;
        }
        if (!state.append.exists()) {
            state.find(Reason.SHELL_FORM, instruction.range().start(), "starts bash, which the image may not have");
            return;
        }
        state.installed.add("bash");
        state.find(Reason.TOOL_ADDED, state.append.offset(), "bash: the image starts it");
        state.edits.add(Edit.insert(state.append.offset(), state.append.before() + "bash"));
    }

    /// Where the package lines stay as they are, they must be the image's own.
    private void otherManagers(Instruction run) {
        if (RunScript.of(state.source, run).read() instanceof Script.Reading.Understood(Script script)) {
            for (Command.Simple command : Commands.in(script.commands())) {
                ManagerCall call = ManagerCall.of(command);
                if (call != null && call.manager().family() != state.from.family()) {
                    state.find(
                            Reason.MANAGER_MISMATCH,
                            run.range().start(),
                            call.name().value() + " in a stage from " + state.from);
                }
            }
        }
    }

    private void removeInstruction(Instruction run) {
        String chars = state.source.chars();
        int start = run.range().start();
        while (start > 0 && (chars.charAt(start - 1) == ' ' || chars.charAt(start - 1) == '\t')) {
            start--;
        }
        int newline = chars.indexOf('\n', run.range().end());
        state.edits.add(Edit.delete(start, newline < 0 ? chars.length() : newline + 1));
    }

    /// `RUN ["apt-get", …]` and `ONBUILD RUN apt-get …`.
    private void hidden(@Nullable Instruction instruction) {
        if (state.rewrites() && instruction != null && instruction.is("run") && mentionsManager(instruction)) {
            state.find(
                    Reason.EXEC_INSTALL, instruction.range().start(), "packages are installed in exec form or ONBUILD");
        }
    }

    private static boolean mentionsManager(Instruction run) {
        for (Word word : run.arguments()) {
            for (String part : word.value().split("[ \t\n;&|()]+", -1)) {
                if (Manager.of(part) != null || part.equals("dpkg") || part.equals("rpm")) {
                    return true;
                }
            }
        }
        return run.heredocs().stream().findAny().isPresent()
                && run.body().text().contains("apt");
    }

    private void shell(Instruction instruction) {
        if (instruction.arguments().isEmpty()) {
            return;
        }
        String program = instruction.arguments().getFirst().value().toLowerCase(Locale.ROOT);
        shell = program.substring(program.lastIndexOf('/') + 1);
        boolean brought = state.rewrites() && state.target.isApk() && state.from.family() != Family.APK;
        if (shell.equals("bash") && brought && state.installed.add("bash")) {
            state.find(Reason.TOOL_ADDED, instruction.range().start(), "bash: SHELL needs it");
            state.edits.add(Edit.insert(instruction.range().start(), "RUN apk add --no-cache bash" + newline()));
        }
    }

    private String newline() {
        return state.source.chars().contains("\r\n") ? "\r\n" : "\n";
    }

    private void copy(Instruction copy) {
        if (!state.rewrites() || copy.arguments().isEmpty()) {
            return;
        }
        String to = copy.arguments().getLast().value();
        boolean repository = to.startsWith("/etc/apt/")
                || to.startsWith("/etc/yum.repos.d")
                || to.startsWith("/etc/apk/")
                || to.startsWith("/usr/share/keyrings")
                || to.startsWith("/etc/pki/rpm-gpg");
        if (repository && state.from.family() != Family.APK) {
            state.find(Reason.THIRD_PARTY_REPOSITORY, copy.range().start(), "a file for " + to);
        }
    }
}
