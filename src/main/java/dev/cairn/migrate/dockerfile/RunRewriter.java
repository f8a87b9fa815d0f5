package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.ByteRange;
import dev.cairn.migrate.Edit;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Script;
import java.util.List;
import java.util.Set;

/// Rewrites one `RUN`.
final class RunRewriter {
    private static final List<String> CACHES = List.of(
            "/var/lib/apt/lists",
            "/var/lib/apt",
            "/var/cache/apt/archives",
            "/var/cache/apt",
            "/var/cache/debconf",
            "/var/cache/yum",
            "/var/cache/dnf",
            "/var/lib/dnf",
            "/var/cache/libdnf5");
    private static final Set<String> BASH_ONLY = Set.of("pushd", "popd", "shopt", "declare", "mapfile", "readarray");

    private final StageState state;
    private final VariableLists variables;

    RunRewriter(StageState state, VariableLists variables) {
        this.state = state;
        this.variables = variables;
    }

    /// Rewrites it; REMOVE where nothing of it is left.
    Fate rewrite(Instruction run, boolean shellIsSh) {
        RunScript script = RunScript.of(state.source, run);
        if (!script.interpreter().isEmpty() && !isShell(script.interpreter())) {
            return Fate.KEEP;
        }
        return switch (script.read()) {
            case Script.Reading.Refused refused -> {
                unclear(run, script, refused);
                yield Fate.KEEP;
            }
            case Script.Reading.Understood(Script understood) -> {
                if (shellIsSh && state.from.family() == Family.RPM && state.target.isApk()) {
                    bash(run, understood);
                }
                yield rewrite(run, script, understood);
            }
        };
    }

    private Fate rewrite(Instruction run, RunScript script, Script understood) {
        boolean cacheMount = state.target.isApk() && state.from.family() != Family.APK && mounts(run);
        ScriptRewriter rewriter = new ScriptRewriter(state, script, understood, variables, cacheMount);
        interpreter(run, script);
        StageState.AppendPoint before = state.append;
        Fate fate = rewriter.whole(understood);
        if (fate == Fate.REMOVE) {
            state.append = before;
            return fate;
        }
        state.edits.addAll(rewriter.edits().edits());
        if (!state.neededFirst.isEmpty()) {
            needFirst(run, script);
        }
        if (!state.needed.isEmpty()) {
            needs(run, script);
        }
        return fate;
    }

    /// A script that bash is given needs bash before it starts.
    private void interpreter(Instruction run, RunScript script) {
        boolean named = script.interpreter().contains("bash")
                || (script.document() && run.body().text().contains("bash"));
        boolean brought = state.target.isApk() && state.from.family() != Family.APK;
        if (!named || !brought || state.installed.contains("bash")) {
            return;
        }
        state.installed.add("bash");
        state.find(Reason.TOOL_ADDED, run.range().start(), "bash: the script is written for it");
        if (state.append.exists()) {
            state.edits.add(Edit.insert(state.append.offset(), state.append.before() + "bash"));
        } else {
            state.edits.add(Edit.insert(run.range().start(), "RUN apk add --no-cache bash\n"));
        }
    }

    /// Adds what is needed to the last install, or puts an install where `offset` is.
    private void need(Instruction run, int offset, String tie) {
        String names = String.join(" ", state.needed);
        state.installed.addAll(state.needed);
        state.needed.clear();
        int place = state.append.exists() ? state.append.offset() : run.range().start();
        state.find(
                Reason.TOOL_ADDED, place, names + ": the old image brought the command along, the target's does not");
        if (state.append.exists()) {
            String separator = state.append.before();
            state.edits.add(Edit.insert(place, separator + names.replace(" ", separator)));
        } else {
            state.edits.add(Edit.insert(offset, "apk add --no-cache " + names + tie));
        }
    }

    /// What commands need that run before the first install stands in front of the script.
    private void needFirst(Instruction run, RunScript script) {
        String names = String.join(" ", state.neededFirst);
        if (!script.interpreter().isEmpty()) {
            state.find(Reason.SCRIPT_UNCLEAR, run.range().start(), "a script with #! needs " + names);
            return;
        }
        state.installed.addAll(state.neededFirst);
        state.neededFirst.clear();
        int place = script.text().offset(0);
        state.find(
                Reason.TOOL_ADDED, place, names + ": the old image brought the command along, the target's does not");
        state.edits.add(Edit.insert(place, "apk add --no-cache " + names + (script.document() ? "\n" : " && ")));
    }

    private void needs(Instruction run, RunScript script) {
        if (!script.interpreter().isEmpty() && !state.append.exists()) {
            state.find(Reason.SCRIPT_UNCLEAR, run.range().start(), "a script with #! needs " + state.needed);
            return;
        }
        need(run, script.text().offset(0), script.document() ? "\n" : " && ");
    }

    private void unclear(Instruction run, RunScript script, Script.Reading.Refused refused) {
        String body = script.text().text();
        boolean concerned = List.of("apt", "yum", "dnf", "apk", "dpkg", "rpm", "zypper").stream()
                .anyMatch(body::contains);
        if (concerned) {
            int at = Math.min(refused.position(), Math.max(0, body.length() - 1));
            int offset = body.isEmpty() ? run.range().start() : script.text().offset(at);
            state.find(Reason.SCRIPT_UNCLEAR, offset, refused.reason());
        }
    }

    private static boolean isShell(String interpreter) {
        String[] words = interpreter.split("[ \t]+", -1);
        String program = words[0].substring(words[0].lastIndexOf('/') + 1);
        if (program.equals("env") && words.length > 1) {
            program = words[1];
        }
        return Set.of("sh", "bash", "dash", "ash").contains(program);
    }

    /// Whether package caches are mounted; the mounts follow the new manager.
    private boolean mounts(Instruction run) {
        boolean found = false;
        for (int i = 0; i < run.flags().size(); i++) {
            Word flag = run.flags().get(i);
            String value = flag.value();
            String path = value.startsWith("--mount=") && value.contains("type=cache") ? cachePath(value) : null;
            if (path == null) {
                continue;
            }
            String raw = state.source.slice(flag.range());
            int at = raw.indexOf(path);
            state.find(
                    Reason.CACHE_MOUNT,
                    flag.range().start(),
                    path + " is " + (found ? "no longer mounted" : "/var/cache/apk"));
            if (found || at < 0) {
                int behind = i == 0
                        ? run.keywordRange().end()
                        : run.flags().get(i - 1).range().end();
                state.edits.add(ScriptEdits.wordDeletion(state.source, flag.range(), behind));
            } else {
                int start = flag.range().start() + at;
                state.edits.add(new Edit(new ByteRange(start, start + path.length()), "/var/cache/apk"));
                found = true;
            }
        }
        return found;
    }

    private static @org.jspecify.annotations.Nullable String cachePath(String flag) {
        for (String part : flag.substring("--mount=".length()).split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            if (key.equals("target") || key.equals("dst") || key.equals("destination")) {
                String path = part.substring(equals + 1);
                String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
                if (CACHES.contains(plain)) {
                    return path;
                }
            }
        }
        return null;
    }

    /// Red Hat's `/bin/sh` is bash; an apk image's is busybox's.
    private void bash(Instruction run, Script script) {
        String what = state.bashIsShell ? null : BashNeeds.of(script.commands(), BASH_ONLY);
        if (what != null) {
            state.bashIsShell = true;
            String install = state.installed.add("bash") ? "RUN apk add --no-cache bash\n" : "";
            state.edits.add(Edit.insert(run.range().start(), install + "SHELL [\"/bin/bash\", \"-c\"]\n"));
            state.find(Reason.TOOL_ADDED, run.range().start(), "bash: " + what + " needs it, and /bin/sh was bash");
        }
    }
}
