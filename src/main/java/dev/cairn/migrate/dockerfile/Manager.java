package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution.Family;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A package manager's command line.
enum Manager {
    APT(Family.DEB),
    YUM(Family.RPM),
    ZYPPER(Family.RPM),
    APK(Family.APK);

    /// What a call is for.
    enum Verb {
        INSTALL,
        REMOVE,
        UPGRADE,
        /// Indexes and caches: nothing that the image keeps.
        UPKEEP,
        /// Tells something; changes nothing.
        QUERY
    }

    private static final Map<String, Manager> COMMANDS = Map.of(
            "apt-get", APT,
            "apt", APT,
            "aptitude", APT,
            "yum", YUM,
            "dnf", YUM,
            "dnf5", YUM,
            "microdnf", YUM,
            "tdnf", YUM,
            "zypper", ZYPPER,
            "apk", APK);

    private static final Map<String, Verb> APT_VERBS = Map.ofEntries(
            Map.entry("install", Verb.INSTALL),
            Map.entry("reinstall", Verb.INSTALL),
            Map.entry("remove", Verb.REMOVE),
            Map.entry("purge", Verb.REMOVE),
            Map.entry("autoremove", Verb.REMOVE),
            Map.entry("auto-remove", Verb.REMOVE),
            Map.entry("autopurge", Verb.REMOVE),
            Map.entry("upgrade", Verb.UPGRADE),
            Map.entry("dist-upgrade", Verb.UPGRADE),
            Map.entry("full-upgrade", Verb.UPGRADE),
            Map.entry("safe-upgrade", Verb.UPGRADE),
            Map.entry("update", Verb.UPKEEP),
            Map.entry("clean", Verb.UPKEEP),
            Map.entry("distclean", Verb.UPKEEP),
            Map.entry("dist-clean", Verb.UPKEEP),
            Map.entry("autoclean", Verb.UPKEEP),
            Map.entry("auto-clean", Verb.UPKEEP),
            Map.entry("check", Verb.UPKEEP));

    private static final Map<String, Verb> YUM_VERBS = Map.ofEntries(
            Map.entry("install", Verb.INSTALL),
            Map.entry("groupinstall", Verb.INSTALL),
            Map.entry("remove", Verb.REMOVE),
            Map.entry("erase", Verb.REMOVE),
            Map.entry("autoremove", Verb.REMOVE),
            Map.entry("update", Verb.UPGRADE),
            Map.entry("upgrade", Verb.UPGRADE),
            Map.entry("upgrade-minimal", Verb.UPGRADE),
            Map.entry("update-minimal", Verb.UPGRADE),
            Map.entry("distro-sync", Verb.UPGRADE),
            Map.entry("clean", Verb.UPKEEP),
            Map.entry("makecache", Verb.UPKEEP),
            Map.entry("check-update", Verb.UPKEEP));

    private static final Map<String, Verb> APK_VERBS = Map.of(
            "add", Verb.INSTALL,
            "del", Verb.REMOVE,
            "upgrade", Verb.UPGRADE,
            "update", Verb.UPKEEP,
            "cache", Verb.UPKEEP,
            "info", Verb.QUERY,
            "search", Verb.QUERY,
            "list", Verb.QUERY,
            "version", Verb.QUERY,
            "policy", Verb.QUERY);

    private static final Set<String> APT_WITH_VALUE =
            Set.of("-o", "--option", "-t", "--target-release", "--default-release", "-c", "--config-file", "-a");
    private static final Set<String> YUM_WITH_VALUE = Set.of(
            "-c",
            "-d",
            "-e",
            "-R",
            "-x",
            "--exclude",
            "--enablerepo",
            "--disablerepo",
            "--setopt",
            "--releasever",
            "--installroot",
            "--repo",
            "--repoid",
            "--forcearch",
            "--nodocs=");
    private static final Set<String> APK_WITH_VALUE = Set.of(
            "-t",
            "--virtual",
            "-X",
            "--repository",
            "-p",
            "--root",
            "--arch",
            "--cache-dir",
            "--keys-dir",
            "--wait",
            "--repositories-file",
            "--progress-fd",
            "--timeout");

    private static final Set<String> APT_HARMLESS = Set.of(
            "--yes",
            "--assume-yes",
            "--quiet",
            "--no-install-recommends",
            "--no-install-suggests",
            "--install-recommends",
            "--install-suggests",
            "--without-recommends",
            "--with-recommends",
            "--fix-broken",
            "--fix-missing",
            "--ignore-missing",
            "--allow-downgrades",
            "--allow-remove-essential",
            "--allow-change-held-packages",
            "--allow-unauthenticated",
            "--allow-releaseinfo-change",
            "--force-yes",
            "--reinstall",
            "--purge",
            "--auto-remove",
            "--autoremove",
            "--no-auto-remove",
            "--no-autoremove",
            "--show-progress",
            "--no-show-progress",
            "--verbose-versions",
            "--ignore-hold",
            "--no-remove",
            "--no-upgrade",
            "--update",
            "--no-install-recommend",
            "--assume-no",
            "--trivial-only",
            "--allow-insecure-repositories",
            "--verbose");
    private static final Set<String> YUM_HARMLESS = Set.of(
            "--assumeyes",
            "--quiet",
            "--verbose",
            "--nodocs",
            "--nogpgcheck",
            "--no-gpgcheck",
            "--best",
            "--nobest",
            "--allowerasing",
            "--skip-broken",
            "--refresh",
            "--noplugins",
            "--obsoletes",
            "--noautoremove",
            "--setopt",
            "--tolerant",
            "--no-best",
            "--security",
            "--bugfix",
            "--cacheonly",
            "--color",
            "--debuglevel",
            "--setopt=",
            "--install_weak_deps=False");

    private final Family family;

    Manager(Family family) {
        this.family = family;
    }

    /// The manager of that command, given with or without its folder; null for any other command.
    static @Nullable Manager of(String command) {
        int slash = command.lastIndexOf('/');
        boolean path = slash < 0
                || command.startsWith("/usr/bin/")
                || command.startsWith("/bin/")
                || command.startsWith("/sbin/")
                || command.startsWith("/usr/sbin/");
        return path ? COMMANDS.get(command.substring(slash + 1)) : null;
    }

    Family family() {
        return family;
    }

    /// What a subcommand does; null for one without a counterpart elsewhere.
    @Nullable
    Verb verb(String subcommand) {
        return switch (this) {
            case APT -> APT_VERBS.get(subcommand);
            case YUM -> YUM_VERBS.get(subcommand);
            case APK -> APK_VERBS.get(subcommand);
            case ZYPPER -> null;
        };
    }

    /// Whether the option's value is the next word.
    boolean takesValue(String option) {
        return switch (this) {
            case APT -> APT_WITH_VALUE.contains(option);
            case YUM -> YUM_WITH_VALUE.contains(option);
            case APK -> APK_WITH_VALUE.contains(option);
            case ZYPPER -> false;
        };
    }

    /// Whether an option of another manager may be left out: it asks for nothing that apk or apt do not do anyway.
    boolean isHarmless(String option, String value) {
        return switch (this) {
            case APT -> isHarmlessApt(option, value);
            case YUM -> isHarmlessYum(option, value);
            case APK -> isHarmlessApk(option);
            case ZYPPER -> false;
        };
    }

    private static boolean isHarmlessApt(String option, String value) {
        String name = beforeEquals(option);
        if (name.startsWith("--")) {
            return APT_HARMLESS.contains(name) || name.equals("--option");
        }
        if (option.startsWith("-o")) {
            String setting = option.length() > 2 ? option.substring(option.startsWith("-o=") ? 3 : 2) : value;
            return isHarmlessSetting(setting);
        }
        return letters(option, "yqfmuVE=0123456789");
    }

    private static boolean isHarmlessSetting(String setting) {
        return setting.startsWith("Dpkg::")
                || setting.startsWith("DPkg::")
                || setting.startsWith("Acquire::")
                || setting.startsWith("APT::Install-")
                || setting.startsWith("APT::Get::")
                || setting.startsWith("APT::AutoRemove::")
                || setting.startsWith("APT::Keep-")
                || setting.startsWith("APT::Immediate-Configure");
    }

    private static boolean isHarmlessYum(String option, String value) {
        String name = beforeEquals(option);
        if (name.equals("--enablerepo") || name.equals("--disablerepo")) {
            String repository = option.length() > name.length() ? option.substring(name.length() + 1) : value;
            return isOwnRepository(repository);
        }
        if (name.startsWith("--")) {
            return YUM_HARMLESS.contains(name);
        }
        return letters(option, "yqvCb") || option.startsWith("-d") || option.startsWith("-e");
    }

    /// Repositories of the distribution itself and EPEL, whose packages are known.
    private static boolean isOwnRepository(String names) {
        for (String name : names.replace("'", "").replace("\"", "").split(",", -1)) {
            String plain = name.toLowerCase(java.util.Locale.ROOT);
            boolean own = plain.startsWith("epel")
                    || plain.startsWith("crb")
                    || plain.startsWith("powertools")
                    || plain.startsWith("base")
                    || plain.startsWith("appstream")
                    || plain.startsWith("extras")
                    || plain.startsWith("codeready")
                    || plain.startsWith("ubi-")
                    || plain.startsWith("rhel-")
                    || plain.startsWith("updates")
                    || plain.equals("*");
            if (!own) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHarmlessApk(String option) {
        return switch (beforeEquals(option)) {
            case "--no-cache",
                    "--update",
                    "--update-cache",
                    "--no-progress",
                    "--quiet",
                    "--latest",
                    "--upgrade",
                    "--purge",
                    "--rdepends",
                    "--force-overwrite",
                    "--force-refresh",
                    "--no-interactive",
                    "--available",
                    "--verbose",
                    "--cache-max-age",
                    "--clean-protected" -> true;
            default -> !option.startsWith("--") && letters(option, "Uuqlvaf");
        };
    }

    private static String beforeEquals(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? option : option.substring(0, equals);
    }

    private static boolean letters(String option, String allowed) {
        for (int i = 1; i < option.length(); i++) {
            if (allowed.indexOf(option.charAt(i)) < 0) {
                return false;
            }
        }
        return option.length() > 1 && option.charAt(1) != '-';
    }
}
