package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Outcome;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Commands;
import dev.cairn.migrate.shell.Script;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Converts many files and counts: which properties hold, what is refused and why, which names are not known.
public final class CorpusMeasure {
    private final BaseStep step;
    private final DistrolessStep distroless;
    private final Distribution to;
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Map<String, Integer> unsettled = new TreeMap<>();
    private final Map<String, Integer> alone = new TreeMap<>();
    private final Map<String, Integer> unknown = new TreeMap<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final Map<String, List<String>> violations = new TreeMap<>();
    private final List<String> bodiesBefore = new ArrayList<>();
    private final List<String> bodiesAfter = new ArrayList<>();
    private final List<String> bodyNames = new ArrayList<>();
    private final Set<List<String>> packageSets = new LinkedHashSet<>();
    private final Target.Names names;
    private boolean counting;
    private int files;
    private int unreadable;
    private int changed;
    private int installing;
    private int settled;
    private int elsewhere;
    private long slowest;

    /// @param target the target; its names are counted
    public CorpusMeasure(Target target) {
        this.names = target.packages();
        Target counted = new Target(
                target.registry(), target.distribution(), target.catalogue(), new Counted(), target.definitions());
        this.step = new BaseStep(counted);
        this.distroless = new DistrolessStep(counted);
        this.to = target.distribution();
    }

    /// The names of the target; while a file is converted, what is asked for is counted.
    private final class Counted implements Target.Names {
        @Override
        public Outcome outcome(String name, Distribution from, Distribution target) {
            return counted(name, from, target);
        }

        @Override
        public Outcome look(String name, Distribution from, Distribution target) {
            return names.outcome(name, from, target);
        }

        @Override
        public boolean exists(String name, Distribution target) {
            return names.exists(name, target);
        }
    }

    private Outcome counted(String name, Distribution from, Distribution target) {
        Outcome outcome = names.outcome(name, from, target);
        if (counting) {
            String kind = switch (outcome) {
                case Outcome.Mapped mapped -> "mapped";
                case Outcome.Same same -> "same";
                case Outcome.Dropped dropped -> "dropped";
                case Outcome.Unknown none -> "unknown";
            };
            outcomes.merge(kind, 1, Integer::sum);
            if (kind.equals("unknown")) {
                unknown.merge(name + " (" + from + ")", 1, Integer::sum);
            }
        }
        return outcome;
    }

    /// Takes a file in.
    ///
    /// @param clock nanoseconds, to time the conversion with
    public void add(String name, byte[] bytes, java.util.function.LongSupplier clock) {
        files++;
        counting = true;
        long start = clock.getAsLong();
        StepResult result = step.apply(bytes);
        slowest = Math.max(slowest, clock.getAsLong() - start);
        counting = false;
        if (result.findings().stream().anyMatch(f -> f.reason() == Reason.UNREADABLE)) {
            unreadable++;
            return;
        }
        changed += result.isChanged() ? 1 : 0;
        boolean installs = Corpora.installsElsewhere(result.before().bytes(), to);
        boolean asks = result.findings().stream()
                .anyMatch(f -> f.isRefusal() || f.reason().level() == Reason.Level.NOTE);
        elsewhere += installs && !result.isChanged() && !asks ? 1 : 0;
        installing += installs ? 1 : 0;
        settled += installs && result.isChanged() && !asks ? 1 : 0;
        Set<String> seen = new LinkedHashSet<>();
        for (Finding finding : result.findings()) {
            boolean counts = finding.isRefusal() || finding.reason().level() == Reason.Level.NOTE;
            String reason =
                    finding.reason().level().word() + " " + finding.reason().id();
            if (counts && seen.add(reason)) {
                refusals.merge(reason, 1, Integer::sum);
            }
        }
        if (installs && !seen.isEmpty()) {
            seen.forEach(reason -> unsettled.merge(reason, 1, Integer::sum));
            if (seen.size() == 1) {
                alone.merge(seen.iterator().next(), 1, Integer::sum);
            }
        }
        for (PropertyCheck.Violation violation : PropertyCheck.of(step, result)) {
            violate(violation.property(), name + ":" + violation.line() + ": " + violation.detail());
        }
        StepResult last = distroless.apply(result.after().bytes());
        if (step.apply(last.after().bytes()).isChanged()) {
            violate("P4", name + ": base changes what is converted already");
        }
        if (distroless.apply(last.after().bytes()).isChanged()) {
            violate("P3", name + ": a second run of distroless changes it");
        }
        bodies(name, result);
        packages(result);
    }

    private void violate(String property, String detail) {
        violations.computeIfAbsent(property, key -> new ArrayList<>()).add(detail);
    }

    /// Keeps the bodies of the RUNs that were changed, to be run side by side.
    private void bodies(String name, StepResult result) {
        if (!result.isChanged()) {
            return;
        }
        List<Instruction> before = runs(result.before().bytes());
        List<Instruction> after = runs(result.after().bytes());
        if (before.size() != after.size()) {
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            MappedText was = RunScript.of(result.before(), before.get(i)).text();
            MappedText is = RunScript.of(result.after(), after.get(i)).text();
            if (!was.text().equals(is.text())) {
                bodyNames.add(
                        name + ":" + result.before().line(before.get(i).range().start()));
                bodiesBefore.add(was.text());
                bodiesAfter.add(is.text());
            }
        }
    }

    private static List<Instruction> runs(byte[] bytes) {
        return Dockerfile.read(bytes) instanceof Dockerfile.Reading.Read(Dockerfile file)
                ? file.instructions().stream()
                        .filter(i -> i.is("run") && !i.json())
                        .toList()
                : List.of();
    }

    /// The packages that each converted stage asks for.
    private void packages(StepResult result) {
        if (!result.isChanged()
                || !(Dockerfile.read(result.after().bytes()) instanceof Dockerfile.Reading.Read(Dockerfile file))) {
            return;
        }
        for (Stage stage : Stage.of(file)) {
            Set<String> names = new LinkedHashSet<>();
            for (Instruction run : stage.instructions()) {
                if (!run.is("run")
                        || run.json()
                        || !(RunScript.of(file.source(), run).read()
                                instanceof Script.Reading.Understood(Script script))) {
                    continue;
                }
                for (Command.Simple command : Commands.in(script.commands())) {
                    ManagerCall call = ManagerCall.of(command);
                    if (call != null
                            && call.verb() == Manager.Verb.INSTALL
                            && call.manager().family() == to.family()) {
                        call.packages().stream()
                                .map(w -> w.value())
                                .filter(v -> v != null && PackageNamesEditor.isName(v))
                                .forEach(names::add);
                    }
                }
            }
            if (!names.isEmpty()) {
                packageSets.add(List.copyOf(names));
            }
        }
    }

    /// What was counted.
    ///
    /// @param files how many files
    /// @param unreadable how many of them BuildKit refuses, too
    /// @param changed how many were changed
    /// @param installing how many install packages with another package manager than the target's
    /// @param settled how many of these were converted with every package settled and nothing to look at
    /// @param elsewhere how many of these stay: all their images have no hardened counterpart
    /// @param outcomes mentions of package names by outcome
    /// @param refusals files by note or refusal
    /// @param unsettled the same, of the files that install packages with another manager only
    /// @param alone those of them that nothing else keeps from being settled
    /// @param unknown names that are not known, by mentions
    /// @param violations what does not hold, by property
    /// @param slowest the longest conversion in nanoseconds
    public record Counts(
            int files,
            int unreadable,
            int changed,
            int installing,
            int settled,
            int elsewhere,
            Map<String, Integer> outcomes,
            Map<String, Integer> refusals,
            Map<String, Integer> unsettled,
            Map<String, Integer> alone,
            Map<String, Integer> unknown,
            Map<String, List<String>> violations,
            long slowest) {}

    /// The counts so far.
    public Counts counts() {
        return new Counts(
                files,
                unreadable,
                changed,
                installing,
                settled,
                elsewhere,
                outcomes,
                refusals,
                unsettled,
                alone,
                unknown,
                violations,
                slowest);
    }

    /// The bodies of changed RUNs as they were, in the order of [#bodyNames].
    public List<String> bodiesBefore() {
        return bodiesBefore;
    }

    /// The same bodies as they are now.
    public List<String> bodiesAfter() {
        return bodiesAfter;
    }

    /// File and line of each body.
    public List<String> bodyNames() {
        return bodyNames;
    }

    /// The different sets of packages that stages of converted files ask for.
    public Set<List<String>> packageSets() {
        return packageSets;
    }
}
