package dev.cairn.mapping;

import dev.cairn.mapping.Distribution.Family;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What packages are for, as far as tables know: which commands they bring, and what is left of them for programs that
/// were built with them. Any text may be given as a name.
public final class PackageFacts {
    private static final List<String> NO_LIBRARY = List.of(
            "-bin", "-tools", "-utils", "-clients", "-daemon", "-progs", "-perl", "-java", "-doc", "-common", "-data");

    private PackageFacts() {}

    /// What a package is for.
    public enum Role {
        /// Compiles, or is needed to.
        COMPILER,
        /// Installs modules of a language.
        INSTALLER,
        /// Fetches or unpacks.
        FETCHER,
        /// Only serves the package manager.
        SET_UP,
        /// Headers and link names of libraries.
        DEVELOPMENT,
        /// Shared libraries.
        LIBRARY,
        /// Certificates, time zones, locales, fonts.
        DATA,
        /// Anything else.
        OTHER
    }

    /// What the package is for.
    public static Role role(String name, Distribution distribution) {
        Roles.Row row = Roles.find(name);
        if (row != null) {
            return row.role();
        }
        boolean development = distribution.family() == Family.RPM ? name.endsWith("-devel") : name.endsWith("-dev");
        if (development) {
            return Role.DEVELOPMENT;
        }
        return isLibrary(name, distribution) ? Role.LIBRARY : Role.OTHER;
    }

    private static boolean isLibrary(String name, Distribution distribution) {
        if (NO_LIBRARY.stream().anyMatch(name::endsWith)) {
            return false;
        }
        return switch (distribution.family()) {
            case DEB -> name.startsWith("lib") && name.chars().anyMatch(c -> c >= '0' && c <= '9');
            case RPM -> name.endsWith("-libs");
            case APK -> name.endsWith("-libs") || RuntimeNames.isAlpineLibrary(name);
        };
    }

    /// The commands that the package is known to install; its own name is always among them.
    public static Set<String> commands(String name, Distribution distribution) {
        Set<String> commands = new TreeSet<>(Set.of(name));
        Roles.Row row = Roles.find(name);
        if (row != null) {
            commands.addAll(row.commands());
        }
        DerivedTable.Row derived = switch (distribution.family()) {
            case DEB -> DerivedTable.debian(name);
            case APK -> DerivedTable.alpine(name);
            case RPM -> null;
        };
        if (derived != null) {
            derived.evidence().stream()
                    .filter(each -> each.kind() == Evidence.Kind.COMMAND)
                    .forEach(each -> commands.add(each.detail()));
        }
        return commands;
    }

    /// What programs may need that were built with a compiler: its run-time libraries. Empty for all other packages.
    public static List<String> left(String name, Distribution distribution) {
        Roles.Row row = Roles.find(name);
        return row == null ? List.of() : row.left(distribution);
    }

    /// The libraries that a package for development stands for; empty where they are not known for certain.
    ///
    /// @param release the release of the distribution: `bookworm`, `12`, `3.18`; empty where it is not known
    public static Optional<List<String>> libraries(String name, Distribution distribution, String release) {
        return RuntimeNames.find(name, distribution, release);
    }
}
