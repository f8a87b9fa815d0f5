package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Outcome;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known while a stage's instructions are rewritten one after the other. What a stage inherits from the one
/// that it builds on is in it from the start.
final class StageState {
    final SourceText source;
    final Target target;
    final Distribution from;
    final Stage stage;
    final List<Edit> edits = new ArrayList<>();
    final List<Finding> findings = new ArrayList<>();

    /// Names of the target that are written in installs so far.
    final Set<String> installed = new LinkedHashSet<>();

    /// apk's virtual packages, with the target's names in them.
    final Map<String, List<String>> virtuals = new LinkedHashMap<>();

    /// Packages of the target that commands need which the old image brought along, until an install takes them in.
    final Set<String> needed = new LinkedHashSet<>();

    /// The same, of commands that run before any install of the stage.
    final Set<String> neededFirst = new LinkedHashSet<>();
    /// The first two parts of PHP's version where the image is PHP's, empty where they are not known; null for others.
    @Nullable
    String php;
    /// The version of Node that `nodejs` means here; empty for the distribution's own.
    String node = "";
    /// Whether SHELL was made bash, which the old `/bin/sh` was.
    boolean bashIsShell;

    /// The last install that a name can be added to.
    AppendPoint append = new AppendPoint(-1, "");

    /// Where a name can be added: the offset in the file and the text in front of the name.
    record AppendPoint(int offset, String before) {
        boolean exists() {
            return offset >= 0;
        }
    }

    StageState(SourceText source, Target target, Distribution from, Stage stage) {
        this.source = source;
        this.target = target;
        this.from = from;
        this.stage = stage;
    }

    /// Notes a package of the target that a command needs, which the old image brought along.
    ///
    /// @param name what Alpine calls it
    void need(String name) {
        String own = target.look(name, Distribution.ALPINE) instanceof Outcome.Mapped found
                ? found.names().getFirst()
                : name;
        if (!installed.contains(own)) {
            (append.exists() ? needed : neededFirst).add(own);
        }
    }

    void inherit(StageState parent) {
        installed.addAll(parent.installed);
        virtuals.putAll(parent.virtuals);
        bashIsShell = parent.bashIsShell;
        node = parent.node;
    }

    /// Whether package calls are rewritten at all: within Debian's family they stay as they are.
    boolean rewrites() {
        return !(from.family() == Distribution.Family.DEB
                && target.distribution().family() == Distribution.Family.DEB);
    }

    void find(Reason reason, int offset, String message) {
        Finding finding = new Finding(reason, source.line(Math.min(offset, source.length())), message);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    boolean isRefused() {
        return findings.stream().anyMatch(Finding::isRefusal);
    }
}
