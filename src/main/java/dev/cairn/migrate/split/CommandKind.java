package dev.cairn.migrate.split;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a command does, as far as the split asks: which stage wants it.
enum CommandKind {
    /// A package manager of the system.
    PACKAGES,
    /// Accounts and settings of the system: both stages have them.
    SYSTEM,
    /// Changes files, wherever its operands are.
    FILES,
    /// Changes nothing that stays.
    NEUTRAL,
    /// A tool of a toolchain.
    TOOL,
    /// Compiles without saying where results go.
    COMPILE,
    /// Anything else.
    FOREIGN;

    private static final Set<String> MANAGERS =
            Set.of("apt-get", "apt", "apk", "yum", "dnf", "microdnf", "aptitude", "zypper", "apt-cache", "apt-mark");
    private static final Set<String> SETTINGS = Set.of(
            "useradd",
            "groupadd",
            "adduser",
            "addgroup",
            "usermod",
            "groupmod",
            "deluser",
            "locale-gen",
            "update-locale",
            "localedef",
            "update-ca-certificates",
            "ldconfig",
            "update-alternatives",
            "dpkg-reconfigure",
            "fc-cache",
            "a2enmod",
            "a2dismod",
            "a2ensite",
            "a2dissite",
            "a2enconf",
            "setcap",
            "docker-php-ext-install",
            "docker-php-ext-enable",
            "docker-php-ext-configure",
            "pecl");
    private static final Set<String> FILE_COMMANDS = Set.of(
            "mkdir", "chown", "chmod", "ln", "cp", "mv", "rm", "touch", "install", "sed", "tee", "chgrp", "rmdir");
    private static final Set<String> HARMLESS = Set.of(
            "cd",
            "set",
            "export",
            "true",
            "false",
            "test",
            "[",
            ":",
            "sleep",
            "date",
            "ls",
            "pwd",
            "which",
            "command",
            "exit",
            "unset",
            "umask",
            "sync",
            "echo",
            "printf",
            "cat",
            "grep",
            "hash",
            "id",
            "uname",
            "whoami",
            "env",
            "head",
            "tail",
            "sort",
            "wc",
            "cut",
            "tr",
            "type",
            "return",
            "shift",
            "break",
            "local",
            "find",
            "dpkg",
            "expr",
            "basename",
            "dirname");
    private static final Set<String> COMPILERS = Set.of(
            "make",
            "cmake",
            "configure",
            "autoreconf",
            "autogen.sh",
            "gcc",
            "g++",
            "cc",
            "clang",
            "meson",
            "ninja",
            "bootstrap",
            "scons",
            "bazel");

    /// The kind of the command with this name; null stands for one that is known only when it runs.
    static CommandKind of(@Nullable String name) {
        if (name == null) {
            return FOREIGN;
        }
        if (MANAGERS.contains(name)) {
            return PACKAGES;
        }
        if (SETTINGS.contains(name)) {
            return SYSTEM;
        }
        if (FILE_COMMANDS.contains(name)) {
            return FILES;
        }
        if (HARMLESS.contains(name)) {
            return NEUTRAL;
        }
        if (COMPILERS.contains(name)) {
            return COMPILE;
        }
        return toolchain(name) == null ? FOREIGN : TOOL;
    }

    /// The toolchain that a command belongs to.
    static @Nullable Toolchain toolchain(String name) {
        for (Toolchain each : Toolchain.values()) {
            if (each.hasCommand(name)) {
                return each;
            }
        }
        return null;
    }
}
