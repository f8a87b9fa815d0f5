package dev.cairn.migrate.dockerfile;

import dev.cairn.migrate.Reason;
import dev.cairn.migrate.dockerfile.Housekeeping.Judgement;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Redirection;
import dev.cairn.migrate.shell.Word;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Commands that Debian's or Red Hat's package managers bring along.
final class DistributionCommands {
    private static final Set<String> QUERIES = Set.of(
            "apt-mark",
            "apt-cache",
            "apt-config",
            "apt-file",
            "apt-ftparchive",
            "dpkg-query",
            "dpkg-deb",
            "dpkg-divert",
            "dpkg-statoverride",
            "dpkg-source",
            "dpkg-buildpackage",
            "debootstrap",
            "dh_install",
            "repoquery",
            "yumdownloader",
            "yum-builddep",
            "rpmbuild",
            "rpm2cpio",
            "mk-build-deps",
            "gdebi",
            "alien",
            "subscription-manager",
            "apt-extracttemplates",
            "package-cleanup",
            "needs-restarting",
            "netselect-apt");
    private static final Set<String> ONLY_THERE = Set.of(
            "update-alternatives",
            "alternatives",
            "update-locale",
            "locale-gen",
            "a2enmod",
            "a2dismod",
            "a2ensite",
            "a2dissite",
            "a2enconf",
            "a2disconf",
            "phpenmod",
            "phpdismod",
            "service",
            "systemctl",
            "invoke-rc.d",
            "update-rc.d",
            "chkconfig",
            "deb-systemd-helper",
            "deb-systemd-invoke",
            "update-ca-trust",
            "authconfig",
            "update-java-alternatives",
            "update-initramfs",
            "localectl",
            "update-crypto-policies",
            "policy-rc.d",
            "scl",
            "scl_enable",
            "update-mime-database-deb",
            "dpkg-preconfigure",
            "ucf",
            "initctl",
            "runuser");

    private DistributionCommands() {}

    /// The judgement of a command that the distribution brings; null for any other.
    static @Nullable Judgement judge(String name, Command.Simple command) {
        List<String> words = command.words().stream().map(Housekeeping::literal).toList();
        return switch (name) {
            case "apt-key", "rpmkeys" -> refuse(Reason.THIRD_PARTY_REPOSITORY, name);
            case "add-apt-repository", "apt-add-repository" -> repository(name, words);
            case "yum-config-manager" -> configuration(name, words);
            case "debconf-set-selections" -> new Judgement.Remove();
            case "dpkg" -> dpkg(words);
            case "dpkg-architecture" -> architecture(words);
            case "dpkg-buildflags" -> new Judgement.Need("dpkg-dev");
            case "dpkg-reconfigure" ->
                words.contains("tzdata") ? new Judgement.Remove() : refuse(Reason.DISTRIBUTION_COMMAND, name);
            case "rpm" -> rpm(words);
            default -> {
                if (QUERIES.contains(name)) {
                    yield refuse(Reason.MANAGER_COMMAND, name);
                }
                yield ONLY_THERE.contains(name) ? refuse(Reason.DISTRIBUTION_COMMAND, name) : null;
            }
        };
    }

    private static Judgement refuse(Reason reason, String name) {
        return new Judgement.Refuse(reason, "uses " + name);
    }

    private static Judgement repository(String name, List<String> words) {
        boolean own = words.stream().skip(1).allMatch(w -> w.startsWith("-") || isComponent(w));
        return own ? new Judgement.Remove() : refuse(Reason.THIRD_PARTY_REPOSITORY, name);
    }

    private static boolean isComponent(String word) {
        return switch (word) {
            case "main", "universe", "multiverse", "restricted", "contrib", "non-free", "non-free-firmware" -> true;
            default -> false;
        };
    }

    /// Repositories of the distribution that are turned on or off mean nothing to the target.
    static Judgement configuration(String name, List<String> words) {
        boolean adds = words.stream().anyMatch(w -> w.startsWith("--add-repo") || w.contains("://"));
        return adds ? refuse(Reason.THIRD_PARTY_REPOSITORY, name) : new Judgement.Remove();
    }

    private static Judgement dpkg(List<String> words) {
        for (String word : words.subList(1, words.size())) {
            switch (word) {
                case "-i", "--install", "--unpack" -> {
                    return new Judgement.Refuse(Reason.LOCAL_PACKAGE, "dpkg installs a package file");
                }
                case "--configure" -> {
                    return new Judgement.Remove();
                }
                case "--print-architecture" -> {
                    return new Judgement.Need("dpkg");
                }
                case "--compare-versions" -> {
                    return new Judgement.Need("dpkg");
                }
                default -> {
                    // The first option that says what to do decides.
                }
            }
        }
        return refuse(Reason.DISTRIBUTION_COMMAND, "dpkg");
    }

    /// The names of machines are those of Debian wherever its tools run; the folders of its libraries are its own.
    private static Judgement architecture(List<String> words) {
        boolean folders = words.size() == 1 || words.stream().anyMatch(word -> word.contains("MULTIARCH"));
        return folders ? refuse(Reason.MANAGER_COMMAND, "dpkg-architecture") : new Judgement.Need("dpkg-dev");
    }

    private static Judgement rpm(List<String> words) {
        boolean epel = words.stream().anyMatch(w -> w.contains("epel-release"));
        boolean rebuild = words.contains("--rebuilddb");
        boolean ownKey = words.contains("--import")
                && words.stream().noneMatch(w -> w.contains("://"))
                && words.stream().anyMatch(w -> w.contains("/etc/pki/rpm-gpg/"));
        if (epel || rebuild || ownKey) {
            return new Judgement.Remove();
        }
        if (words.contains("--import")) {
            return refuse(Reason.THIRD_PARTY_REPOSITORY, "rpm --import");
        }
        boolean installs = words.stream()
                .anyMatch(w -> w.equals("--install")
                        || w.equals("--upgrade")
                        || (w.startsWith("-")
                                && !w.startsWith("--")
                                && (w.contains("i") || w.contains("U"))
                                && !w.contains("q")));
        return installs
                ? new Judgement.Refuse(Reason.LOCAL_PACKAGE, "rpm installs a package file")
                : refuse(Reason.DISTRIBUTION_COMMAND, "rpm");
    }

    /// The word behind which a package manager hides, in a command that runs other commands; null where there is none.
    ///
    /// @param script the script that the command is in
    static @Nullable String hidden(Command.Simple command, String script) {
        String name = command.name();
        for (Redirection redirection : command.redirections()) {
            Redirection.HereDocument document = redirection.document();
            if (document != null && document.start() >= 0 && isShell(String.valueOf(name))) {
                String manager = managerIn(script.substring(document.start(), document.end()));
                if (manager != null) {
                    return manager;
                }
            }
        }
        if (name != null && isTalk(name.substring(name.lastIndexOf('/') + 1))) {
            return null;
        }
        for (Word word : command.words()
                .subList(Math.min(1, command.words().size()), command.words().size())) {
            String manager = managerIn(Housekeeping.literal(word));
            if (manager != null) {
                return manager;
            }
        }
        return null;
    }

    private static boolean isShell(String name) {
        return switch (name.substring(name.lastIndexOf('/') + 1)) {
            case "sh", "bash", "dash", "ash", "su", "sudo", "chroot", "null" -> true;
            default -> false;
        };
    }

    private static @Nullable String managerIn(String text) {
        for (String manager : List.of("apt-get", "aptitude", "yum", "dnf", "microdnf", "apk", "zypper")) {
            if (isWordIn(text, manager)) {
                return manager;
            }
        }
        return text.equals("apt") || text.contains("apt install") || text.contains("apt update") ? "apt" : null;
    }

    private static boolean isTalk(String name) {
        return switch (name) {
            case "echo", "printf", "grep", "egrep", "fgrep", "git", "mkdir", "cd", "ls", "cat" -> true;
            default -> false;
        };
    }

    private static boolean isWordIn(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            boolean folder = at > 0 && text.charAt(at - 1) == '/' && !text.startsWith("bin/", at - 4);
            boolean starts = !folder && (at == 0 || !isPart(text.charAt(at - 1)));
            int end = at + word.length();
            boolean ends = end == text.length() || (!isPart(text.charAt(end)) && text.charAt(end) != '/');
            if (starts && ends) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }
}
