package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Redirection;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges commands that are no package manager's calls but only make sense beside one: clean-up of its caches, its
/// settings, its repositories.
final class Housekeeping {
    private static final List<String> CACHES = List.of(
            "/var/lib/apt",
            "/var/cache/apt",
            "/var/cache/debconf",
            "/var/lib/dpkg",
            "/var/log/apt",
            "/var/log/dpkg.log",
            "/var/cache/yum",
            "/var/cache/dnf",
            "/var/lib/yum",
            "/var/lib/dnf",
            "/var/log/yum",
            "/var/log/dnf",
            "/var/lib/rpm/__db",
            "/var/cache/ldconfig",
            "/var/lib/rhsm",
            "/var/cache/libdnf5",
            "/var/cache/tdnf",
            "/etc/apt/",
            "/var/log/alternatives.log",
            "/root/.cache/apt");
    private static final List<String> SETTINGS = List.of(
            "/etc/apt/apt.conf",
            "/etc/apt/preferences",
            "/etc/dpkg/",
            "/etc/yum.conf",
            "/etc/dnf/",
            "/etc/yum/",
            "/etc/rpm/",
            "/usr/sbin/policy-rc.d");
    private static final List<String> SOURCES =
            List.of("/etc/apt/sources.list", "/etc/yum.repos.d", "/etc/apk/repositories", "/etc/apt/mirrors");
    private static final List<String> KEYS = List.of(
            "/etc/apt/keyrings",
            "/usr/share/keyrings",
            "/etc/apt/trusted.gpg",
            "/etc/pki/rpm-gpg",
            "/etc/apk/keys",
            "/usr/local/share/keyrings");
    private static final List<String> OWN_HOSTS = List.of(
            ".debian.org",
            "debian.org/",
            ".ubuntu.com",
            ".alpinelinux.org",
            ".centos.org",
            ".fedoraproject.org",
            "/debian",
            "/ubuntu",
            "/alpine",
            "nl.alpinelinux.org");

    private Housekeeping() {}

    /// What becomes of a command.
    sealed interface Judgement {
        /// It has nothing to do with packages.
        record Keep() implements Judgement {}

        /// It goes.
        record Remove() implements Judgement {}

        /// These of its words go.
        record Trim(List<Word> words) implements Judgement {
            public Trim {
                words = List.copyOf(words);
            }
        }

        /// It stays, and the target has it in the package `name`.
        record Need(String name) implements Judgement {}

        /// It cannot be taken along.
        record Refuse(Reason reason, String message) implements Judgement {}
    }

    static Judgement judge(Command.Simple command, Family from) {
        String name = command.name();
        if (name == null) {
            return new Judgement.Keep();
        }
        String base = name.substring(name.lastIndexOf('/') + 1);
        Judgement own = from == Family.APK ? null : DistributionCommands.judge(base, command);
        if (own != null) {
            return own;
        }
        String script = from == Family.APK ? null : RepositoryScripts.place(command);
        if (script != null) {
            return new Judgement.Refuse(Reason.THIRD_PARTY_REPOSITORY, "a script that adds a repository: " + script);
        }
        if (base.equals("rm")) {
            return from == Family.APK ? new Judgement.Keep() : removal(command);
        }
        if (base.equals("find")
                && from != Family.APK
                && command.words().size() > 1
                && startsWithOne(literal(command.words().get(1)), CACHES)) {
            return new Judgement.Remove();
        }
        return files(base, command);
    }

    private static Judgement removal(Command.Simple command) {
        List<Word> caches = new ArrayList<>();
        int others = 0;
        for (Word word : command.words().subList(1, command.words().size())) {
            String text = literal(word);
            if (text.startsWith("-")) {
                continue;
            }
            if (startsWithOne(text, CACHES) || startsWithOne(text, SOURCES)) {
                caches.add(word);
            } else {
                others++;
            }
        }
        if (caches.isEmpty()) {
            return new Judgement.Keep();
        }
        return others == 0 ? new Judgement.Remove() : new Judgement.Trim(caches);
    }

    /// Commands that write, read or move the package manager's files.
    private static Judgement files(String base, Command.Simple command) {
        String file = touched(command, SETTINGS);
        if (file != null && isWriter(base)) {
            return new Judgement.Remove();
        }
        String key = touched(command, KEYS);
        if (key != null) {
            return new Judgement.Refuse(Reason.THIRD_PARTY_REPOSITORY, "a key of another repository: " + key);
        }
        String source = touched(command, SOURCES);
        if (source == null) {
            return file == null ? new Judgement.Keep() : new Judgement.Refuse(Reason.DISTRIBUTION_FILE, "uses " + file);
        }
        if (base.equals("sed") || base.equals("perl")) {
            return new Judgement.Remove();
        }
        if ((base.equals("echo") || base.equals("printf")) && isOwnRepository(command)) {
            return new Judgement.Remove();
        }
        boolean adds = isWriter(base) || base.equals("curl") || base.equals("wget") || base.equals("gpg");
        return new Judgement.Refuse(adds ? Reason.THIRD_PARTY_REPOSITORY : Reason.DISTRIBUTION_FILE, "uses " + source);
    }

    private static boolean isWriter(String base) {
        return switch (base) {
            case "echo", "printf", "cat", "tee", "sed", "touch", "chmod", "mkdir", "cp", "mv", "ln" -> true;
            default -> false;
        };
    }

    private static boolean isOwnRepository(Command.Simple command) {
        boolean own = false;
        for (Word word : command.words()) {
            String text = literal(word);
            boolean hasUrl = text.contains("://");
            boolean known = OWN_HOSTS.stream().anyMatch(text::contains);
            if (hasUrl && !known) {
                return false;
            }
            own |= hasUrl;
        }
        return own;
    }

    private static @Nullable String touched(Command.Simple command, List<String> places) {
        for (Word word : command.words()) {
            String text = literal(word);
            for (String place : places) {
                if (text.contains(place)) {
                    return place;
                }
            }
        }
        for (Redirection redirection : command.redirections()) {
            if (startsWithOne(literal(redirection.target()), places)) {
                return literal(redirection.target());
            }
        }
        return null;
    }

    /// The word's text with its expansions left out.
    static String literal(Word word) {
        StringBuilder text = new StringBuilder();
        for (Word.Part part : word.parts()) {
            if (part instanceof Word.Part.Literal literal) {
                text.append(literal.text());
            }
        }
        return text.toString();
    }

    private static boolean startsWithOne(String text, List<String> prefixes) {
        return prefixes.stream().anyMatch(text::startsWith);
    }
}
