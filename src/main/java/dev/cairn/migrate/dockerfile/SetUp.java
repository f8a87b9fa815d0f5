package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.CommandList;
import dev.cairn.migrate.shell.Script;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What RUNs do that an image definition can do instead: packages, accounts, directories, links.
final class SetUp {
    final Set<String> packages = new LinkedHashSet<>();
    final SetUpAccounts accounts = new SetUpAccounts();
    final Map<String, PathEntry> paths = new LinkedHashMap<>();

    /// A path to make.
    ///
    /// @param type `directory`, `empty-file` or `symlink`
    /// @param source what a link points to; else empty
    /// @param permissions in octal; empty for the usual
    /// @param owner `uid:gid`, empty for root
    record PathEntry(String path, String type, String source, String permissions, String owner) {}

    /// Takes a script in. Returns what an image definition cannot do, or null where it can do all of it.
    @Nullable
    String take(Script script) {
        return list(script.commands());
    }

    private @Nullable String list(CommandList list) {
        for (CommandList.Item item : list.items()) {
            boolean background = item.separator() == CommandList.Separator.BACKGROUND;
            boolean plain = item.command().operators().stream().allMatch(CommandList.Operator::and);
            if (background || !plain) {
                return "control flow";
            }
            for (CommandList.Pipeline pipeline : item.command().pipelines()) {
                boolean single = pipeline.commands().size() == 1 && !pipeline.negated();
                String problem = single && pipeline.commands().getFirst() instanceof Command.Simple simple
                        ? simple(simple)
                        : "a pipe or a compound command";
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    private @Nullable String simple(Command.Simple simple) {
        List<String> words = new ArrayList<>();
        for (Word word : simple.words()) {
            boolean cache = Housekeeping.literal(word).startsWith("/var/")
                    || Housekeeping.literal(word).startsWith("/tmp/");
            String value = word.value();
            if (value == null || (!word.isPlain() && !cache)) {
                return "a value that is only known at run time";
            }
            words.add(value);
        }
        boolean quiet = simple.redirections().stream()
                .allMatch(r -> r.target().is("/dev/null")
                        || r.target().is("1")
                        || r.target().is("2"));
        if (words.isEmpty() || !simple.assignments().isEmpty() || !quiet) {
            return "an assignment or a redirection";
        }
        ManagerCall call = ManagerCall.of(simple);
        return call == null ? command(words) : packages(call);
    }

    private @Nullable String packages(ManagerCall call) {
        if (call.verb() == Manager.Verb.UPKEEP || call.verb() == Manager.Verb.UPGRADE) {
            return null;
        }
        boolean virtual = call.option("-t", "--virtual", "-X", "--repository", "--allow-untrusted", "-o", "-t") != null;
        if (call.verb() != Manager.Verb.INSTALL || virtual) {
            return String.valueOf(call.name().value()) + " does more than install";
        }
        for (Word word : call.packages()) {
            String name = String.valueOf(word.value());
            if (name.contains("/") || name.contains("@") || name.startsWith(".")) {
                return name + " is no package of a repository";
            }
            packages.add(name);
        }
        return null;
    }

    private @Nullable String command(List<String> words) {
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "true", ":", "set", "update-ca-certificates" -> null;
            case "rm" -> rest.stream().allMatch(SetUp::isCache) ? null : "rm";
            case "mkdir" -> mkdir(rest);
            case "chown" -> change(rest, true);
            case "chmod" -> change(rest, false);
            case "ln" -> link(rest);
            case "touch" -> touch(rest);
            case "useradd" -> accounts.useradd(rest);
            case "adduser" -> accounts.adduser(rest);
            case "groupadd" -> accounts.groupadd(rest);
            case "addgroup" -> accounts.addgroup(rest);
            default -> words.getFirst();
        };
    }

    private static boolean isCache(String word) {
        return word.startsWith("-")
                || word.startsWith("/var/cache/")
                || word.startsWith("/var/lib/apt/lists")
                || word.startsWith("/tmp/");
    }

    private @Nullable String mkdir(List<String> words) {
        String permissions = "";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-m") && i + 1 < words.size()) {
                permissions = octal(words.get(++i));
                if (permissions.isEmpty()) {
                    return "mkdir -m " + words.get(i);
                }
            } else if (word.startsWith("-")) {
                if (!word.equals("-p") && !word.equals("--parents") && !word.equals("-v") && !word.equals("-pv")) {
                    return "mkdir " + word;
                }
            } else if (!isAbsolute(word)) {
                return "mkdir of a relative path";
            } else {
                paths.put(trimmed(word), new PathEntry(trimmed(word), "directory", "", permissions, ""));
            }
        }
        return null;
    }

    /// `chown` and `chmod` of what this set-up makes itself; of anything else it would have to be there.
    private @Nullable String change(List<String> words, boolean owner) {
        List<String> plain = words.stream().filter(w -> !w.startsWith("-")).toList();
        boolean known = words.stream().filter(w -> w.startsWith("-")).allMatch(w -> w.equals("-R") || w.equals("-v"));
        if (plain.size() < 2 || !known) {
            return owner ? "chown" : "chmod";
        }
        String value = owner ? accounts.owner(plain.getFirst()) : octal(plain.getFirst());
        if (value == null || value.isEmpty()) {
            return (owner ? "chown " : "chmod ") + plain.getFirst();
        }
        for (String path : plain.subList(1, plain.size())) {
            PathEntry entry = paths.get(trimmed(path));
            if (entry == null) {
                return (owner ? "chown" : "chmod") + " of " + path + ", which it did not make";
            }
            paths.put(
                    entry.path(),
                    owner
                            ? new PathEntry(entry.path(), entry.type(), entry.source(), entry.permissions(), value)
                            : new PathEntry(entry.path(), entry.type(), entry.source(), value, entry.owner()));
        }
        return null;
    }

    private @Nullable String link(List<String> words) {
        boolean symbolic = words.stream().anyMatch(w -> w.startsWith("-") && w.contains("s"));
        List<String> plain = words.stream().filter(w -> !w.startsWith("-")).toList();
        if (!symbolic
                || plain.size() != 2
                || !isAbsolute(plain.get(1))
                || plain.get(1).endsWith("/")) {
            return "ln";
        }
        paths.put(plain.get(1), new PathEntry(plain.get(1), "symlink", plain.get(0), "", ""));
        return null;
    }

    private @Nullable String touch(List<String> words) {
        for (String word : words) {
            if (!isAbsolute(word)) {
                return "touch";
            }
            paths.put(word, new PathEntry(word, "empty-file", "", "", ""));
        }
        return null;
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/") && !path.contains("/../") && !path.endsWith("/..") && path.length() > 1;
    }

    private static String trimmed(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String octal(String text) {
        boolean octal = text.length() >= 3 && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '7');
        return !octal ? "" : text.length() == 3 ? "0" + text : text;
    }
}
