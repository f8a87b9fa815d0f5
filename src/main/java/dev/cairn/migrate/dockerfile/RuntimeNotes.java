package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import java.util.List;

/// What an image that does not run as root may miss: ports below 1024, and places to write to.
final class RuntimeNotes {
    private static final int PRIVILEGED = 1024;

    private final Dockerfile file;
    private final List<Finding> findings;

    RuntimeNotes(Dockerfile file, List<Finding> findings) {
        this.file = file;
        this.findings = findings;
    }

    /// Looks at a last stage.
    void look(Stage stage) {
        boolean root = stage.instructions().stream()
                .filter(i -> i.is("user") && !i.arguments().isEmpty())
                .reduce((a, b) -> b)
                .map(user -> isRoot(user.arguments().getFirst().value()))
                .orElse(false);
        if (root) {
            return;
        }
        for (Instruction instruction : stage.instructions()) {
            switch (instruction.keyword()) {
                case "expose" -> instruction.arguments().forEach(word -> port(instruction, word.value()));
                case "volume" ->
                    note(
                            Reason.VOLUME_OWNER,
                            instruction,
                            "the volume is written to by a user that is not root: its folder has to be that user's");
                case "workdir" -> workdir(stage, instruction);
                default -> {
                    // nothing that depends on who runs
                }
            }
        }
    }

    private void port(Instruction expose, String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        boolean single = end > 0 && end < 6 && (end == text.length() || text.charAt(end) == '/');
        int port = single ? Integer.parseInt(text.substring(0, end)) : PRIVILEGED;
        if (port < PRIVILEGED) {
            note(
                    Reason.PRIVILEGED_PORT,
                    expose,
                    "port " + port + " is below 1024, which not every runtime lets a user other than root bind");
        }
    }

    /// A folder that the build makes belongs to root, unless something is copied into it for somebody.
    private void workdir(Stage stage, Instruction workdir) {
        boolean owned =
                stage.instructions().stream().anyMatch(i -> (i.is("copy") || i.is("add")) && i.flag("chown") != null);
        String place = workdir.arguments().isEmpty()
                ? ""
                : workdir.arguments().getFirst().value();
        if (!owned && !place.isEmpty() && !place.equals("/")) {
            note(Reason.WRITABLE_FOLDER, workdir, place + " is root's: a program that writes there needs COPY --chown");
        }
    }

    private static boolean isRoot(String user) {
        return user.equals("root") || user.equals("0") || user.startsWith("root:") || user.startsWith("0:");
    }

    private void note(Reason reason, Instruction at, String message) {
        Finding finding = new Finding(reason, file.line(at), message);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }
}
