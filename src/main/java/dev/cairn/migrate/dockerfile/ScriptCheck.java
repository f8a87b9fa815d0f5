package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.dockerfile.PropertyCheck.Violation;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Redirection;
import dev.cairn.migrate.shell.Script;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// P5 to P8 for one RUN: what is not the package manager's is there as it was.
final class ScriptCheck {
    private final Target target;
    private final List<Finding> findings;
    private final Dockerfile old;
    private final Dockerfile now;
    private final List<Violation> violations = new ArrayList<>();

    ScriptCheck(Target target, List<Finding> findings, Dockerfile old, Dockerfile now) {
        this.target = target;
        this.findings = findings;
        this.old = old;
        this.now = now;
    }

    List<Violation> compare(Instruction before, Instruction after) {
        int line = old.line(before);
        Script.Reading was = RunScript.of(old.source(), before).read();
        Script.Reading is = RunScript.of(now.source(), after).read();
        if (!(was instanceof Script.Reading.Understood(Script first))) {
            return violations;
        }
        if (!(is instanceof Script.Reading.Understood(Script second))) {
            violations.add(new Violation("P7", line, "no valid shell any more: " + is));
            return violations;
        }
        int last = old.source().line(before.range().end());
        Set<Integer> removable = new HashSet<>();
        for (Finding finding : findings) {
            boolean about = finding.reason() == Reason.UPKEEP || finding.reason() == Reason.ACCOUNT_COMMAND;
            if (about && finding.line() >= line && finding.line() <= last) {
                removable.add(finding.line());
            }
        }
        List<String> kept = commands(first, removable, RunScript.of(old.source(), before), old);
        List<String> found = commands(second, Set.of(), RunScript.of(now.source(), after), now);
        if (!isSubsequence(kept, found)) {
            violations.add(new Violation("P8", line, "commands were " + kept + ", are " + found));
        }
        return violations;
    }

    /// The commands that are no package manager's, each with its words and redirections as written.
    private List<String> commands(Script script, Set<Integer> removable, RunScript run, Dockerfile file) {
        List<String> found = new ArrayList<>();
        int behindExtensions = -1;
        for (Command.Simple command : Commands.in(script.commands())) {
            if (PhpExtensions.isCall(command)) {
                behindExtensions = command.end();
            }
            boolean concerned = command.start() < behindExtensions
                    || removable.contains(file.source().line(run.text().offset(command.start())));
            if (ManagerCall.of(command) == null
                    && !concerned
                    && !command.words().isEmpty()) {
                found.add(shown(command, script.text()));
            }
        }
        return found;
    }

    private static String shown(Command.Simple command, String text) {
        StringBuilder shown = new StringBuilder();
        for (Word word : command.words()) {
            boolean nested = !Commands.in(word).isEmpty();
            shown.append(nested ? "$()" : text.substring(word.start(), word.end()))
                    .append(' ');
        }
        for (Redirection redirection : command.redirections()) {
            shown.append(text, redirection.start(), redirection.end()).append(' ');
        }
        return shown.toString();
    }

    /// Whether all of `kept` are in `found` in that order; what is more there was added on purpose.
    private static boolean isSubsequence(List<String> kept, List<String> found) {
        int at = 0;
        for (String command : found) {
            if (at < kept.size() && kept.get(at).equals(command)) {
                at++;
            }
        }
        return at == kept.size();
    }

    Target target() {
        return target;
    }
}
