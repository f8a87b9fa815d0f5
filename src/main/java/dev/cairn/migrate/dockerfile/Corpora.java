package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import java.util.ArrayList;
import java.util.List;

/// Looks at files and at logs of their RUNs, for measuring.
public final class Corpora {
    private Corpora() {}

    /// Whether a stage of the file installs packages with another manager than the target's, or with Alpine's apk
    /// where the target is another apk distribution.
    static boolean installsElsewhere(byte[] bytes, Distribution to) {
        if (!(Dockerfile.read(bytes) instanceof Dockerfile.Reading.Read(Dockerfile file))) {
            return false;
        }
        for (Instruction run : file.instructions()) {
            if (!run.is("run")
                    || run.json()
                    || !(RunScript.of(file.source(), run).read() instanceof Script.Reading.Understood(Script script))) {
                continue;
            }
            for (Command.Simple command : Commands.in(script.commands())) {
                ManagerCall call = ManagerCall.of(command);
                if (call != null
                        && call.verb() == Manager.Verb.INSTALL
                        && (call.manager().family() != to.family() || to == Distribution.WOLFI)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The commands of a log that are no package manager's and do not only serve one; each line of the log is a
    /// command as the shell would read it back.
    public static List<String> others(List<String> log, Family from, boolean after) {
        List<String> others = new ArrayList<>();
        for (String line : log) {
            if (!(Script.read(line) instanceof Script.Reading.Understood(Script script))
                    || script.commands().items().isEmpty()) {
                others.add(line);
                continue;
            }
            for (Command.Simple command : Commands.in(script.commands())) {
                String kept = other(command, line, from, after);
                if (!kept.isEmpty()) {
                    others.add(kept);
                }
            }
        }
        return others;
    }

    private static String other(Command.Simple command, String line, Family from, boolean after) {
        if (ManagerCall.of(command) != null
                || AptMarks.isMark(command)
                || isAccount(command)
                || PhpExtensions.isCall(command)) {
            return "";
        }
        if (after) {
            return line.strip();
        }
        return switch (Housekeeping.judge(command, from)) {
            case Housekeeping.Judgement.Keep keep -> line.strip();
            case Housekeeping.Judgement.Need need -> line.strip();
            case Housekeeping.Judgement.Refuse refuse -> line.strip();
            case Housekeeping.Judgement.Remove remove -> "";
            case Housekeeping.Judgement.Trim(var words) -> {
                StringBuilder rest = new StringBuilder();
                command.words().stream()
                        .filter(word -> !words.contains(word))
                        .forEach(word ->
                                rest.append(line, word.start(), word.end()).append(' '));
                yield rest.toString().strip();
            }
        };
    }

    /// Account commands change in ways that are reported, and confirmations go.
    private static boolean isAccount(Command.Simple command) {
        String name = String.valueOf(command.name());
        return name.endsWith("adduser") || name.endsWith("addgroup") || name.equals("yes");
    }
}
