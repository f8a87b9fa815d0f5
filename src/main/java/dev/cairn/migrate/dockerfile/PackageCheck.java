package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Outcome;
import dev.cairn.migrate.dockerfile.PropertyCheck.Violation;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// P6 for one stage that was converted: each package that was asked for has exactly one outcome, which the result
/// shows, and each name that is written exists in the target.
final class PackageCheck {
    private final Target target;
    private final List<Violation> violations = new ArrayList<>();

    private PackageCheck(Target target) {
        this.target = target;
    }

    static List<Violation> of(Target target, Dockerfile old, Stage was, Dockerfile now, Stage is) {
        PackageCheck check = new PackageCheck(target);
        Map<String, Integer> written = new LinkedHashMap<>();
        for (Instruction run : is.instructions()) {
            for (ManagerCall call : installs(now, run)) {
                names(call).forEach(name -> written.putIfAbsent(name, now.line(run)));
            }
        }
        Set<String> own = new HashSet<>();
        for (Instruction run : was.instructions()) {
            for (ManagerCall call : installs(old, run)) {
                names(call).forEach(name -> check.settled(name, call.manager(), old.line(run), written));
                if (target.distribution() == Distribution.ALPINE && call.manager() == Manager.APK) {
                    // what Alpine's own files ask for exists, though not every name of Alpine is known here
                    own.addAll(names(call));
                }
            }
        }
        written.keySet().removeAll(own);
        written.forEach(check::exists);
        return check.violations;
    }

    private void exists(String name, int line) {
        if (!name.contains(":") && !target.packages().exists(name, target.distribution())) {
            violations.add(
                    new Violation("P6", line, name + " is written, but " + target.distribution() + " has it not"));
        }
    }

    private void settled(String name, Manager manager, int line, Map<String, Integer> written) {
        Distribution from = switch (manager.family()) {
            case DEB -> Distribution.DEBIAN;
            case RPM -> Distribution.RHEL;
            case APK -> Distribution.ALPINE;
        };
        List<String> expected = switch (target.look(name, from)) {
            case Outcome.Same same -> List.of(name);
            case Outcome.Mapped mapped -> mapped.names();
            case Outcome.Dropped dropped -> List.of();
            case Outcome.Unknown unknown -> {
                if (!name.equals("nodejs")) {
                    violations.add(new Violation("P6", line, name + " is not known, and its stage was converted"));
                }
                yield List.of();
            }
        };
        boolean node = name.equals("nodejs") && written.keySet().stream().anyMatch(n -> n.startsWith("nodejs-"));
        if (!node && !written.keySet().containsAll(expected)) {
            violations.add(
                    new Violation("P6", line, name + " should be " + expected + ", of which something is not written"));
        }
    }

    /// The plain names of a call; a version, suite or architecture behind one is cut off.
    private static List<String> names(ManagerCall call) {
        List<String> names = new ArrayList<>();
        for (Word word : call.packages()) {
            String value = word.value();
            int end = 0;
            String stops = call.manager() == Manager.APT ? "=/:" : "=<>~@";
            while (value != null && end < value.length() && stops.indexOf(value.charAt(end)) < 0) {
                end++;
            }
            if (value != null
                    && word.isPlain()
                    && end > 0
                    && PackageNamesEditor.isName(value.substring(0, end))
                    && call.manager() != Manager.YUM) {
                names.add(value.substring(0, end));
            }
        }
        return names;
    }

    private static List<ManagerCall> installs(Dockerfile file, Instruction run) {
        List<ManagerCall> calls = new ArrayList<>();
        if (run.is("run")
                && !run.json()
                && RunScript.of(file.source(), run).read() instanceof Script.Reading.Understood(Script script)) {
            for (Command.Simple command : Commands.in(script.commands())) {
                ManagerCall call = ManagerCall.of(command);
                if (call != null && call.verb() == Manager.Verb.INSTALL) {
                    calls.add(call);
                }
            }
        }
        return calls;
    }
}
