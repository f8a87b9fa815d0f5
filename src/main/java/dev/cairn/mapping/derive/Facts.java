package dev.cairn.mapping.derive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What is known of one package: what it installs that another distribution's package would install alike.
final class Facts {
    private final String name;
    private final Set<String> commands = new TreeSet<>();
    private final Set<String> libraries = new TreeSet<>();
    private final Set<String> pkgConfig = new TreeSet<>();
    private final Set<String> modules = new TreeSet<>();
    private final List<String> depends = new ArrayList<>();
    private String origin;
    private boolean hasOtherFiles;

    Facts(String name) {
        this.name = name;
        this.origin = name;
    }

    String name() {
        return name;
    }

    /// The source package.
    String origin() {
        return origin;
    }

    void origin(String value) {
        origin = value;
    }

    /// Names below `bin` and `sbin`.
    Set<String> commands() {
        return commands;
    }

    /// Shared libraries without their versions: `libssl`.
    Set<String> libraries() {
        return libraries;
    }

    /// pkg-config modules.
    Set<String> pkgConfig() {
        return pkgConfig;
    }

    /// Top-level Python modules.
    Set<String> modules() {
        return modules;
    }

    /// The names of what it needs, the first of each choice.
    List<String> depends() {
        return depends;
    }

    void otherFile() {
        hasOtherFiles = true;
    }

    boolean isDevelopment() {
        return name.endsWith("-dev");
    }

    /// Whether it installs nothing but documentation: a name for other packages.
    boolean isMeta() {
        return commands.isEmpty()
                && libraries.isEmpty()
                && pkgConfig.isEmpty()
                && modules.isEmpty()
                && !hasOtherFiles
                && !depends.isEmpty();
    }

    /// `libssl.so.3` and `libdns-9.16.33.so` are `libssl` and `libdns`.
    static String stem(String soname) {
        int end = soname.indexOf(".so");
        String stem = end < 0 ? soname : soname.substring(0, end);
        int cut = stem.length();
        while (cut > 0 && "0123456789.".indexOf(stem.charAt(cut - 1)) >= 0) {
            cut--;
        }
        return cut > 0 && cut < stem.length() && stem.charAt(cut - 1) == '-' ? stem.substring(0, cut - 1) : stem;
    }
}
