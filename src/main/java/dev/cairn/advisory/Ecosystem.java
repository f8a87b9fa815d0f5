package dev.cairn.advisory;

import dev.cairn.advisory.version.VersionOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A family of packages with one version order, for which facts are kept.
public enum Ecosystem {
    ALPINE("alpine", "Alpine", true),
    WOLFI("wolfi", "Wolfi", false),
    CHAINGUARD("chainguard", "Chainguard", false),
    DEBIAN("debian", "Debian", true),
    MAVEN("maven", "Maven", false),
    NPM("npm", "npm", false),
    PYPI("pypi", "PyPI", false),
    RUBYGEMS("rubygems", "RubyGems", false),
    GO("go", "Go", false),
    CARGO("cargo", "crates.io", false);

    private final String id;
    private final String osvName;
    private final boolean branched;

    Ecosystem(String id, String osvName, boolean branched) {
        this.id = id;
        this.osvName = osvName;
        this.branched = branched;
    }

    /// The name in files and on the command line.
    public String id() {
        return id;
    }

    /// The name in OSV records and for people.
    public String title() {
        return osvName;
    }

    /// How its versions are ordered.
    public VersionOrder order() {
        return switch (this) {
            case ALPINE, WOLFI, CHAINGUARD -> VersionOrder.APK;
            case DEBIAN -> VersionOrder.DEB;
            case MAVEN -> VersionOrder.MAVEN;
            case NPM, GO, CARGO -> VersionOrder.SEMVER;
            case PYPI -> VersionOrder.PYPI;
            case RUBYGEMS -> VersionOrder.RUBYGEMS;
        };
    }

    /// Whether facts differ from one release of it to the next.
    public boolean isBranched() {
        return branched;
    }

    /// Whether it is a Linux distribution; the others are of languages.
    public boolean isDistribution() {
        return compareTo(DEBIAN) <= 0;
    }

    /// The name of a package in the one spelling under which its facts are kept.
    public String normalName(String name) {
        return this == PYPI ? pythonName(name) : name;
    }

    /// PEP 503: lower case, and each run of `-`, `_` and `.` a single `-`.
    private static String pythonName(String name) {
        StringBuilder normal = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean separator = c == '-' || c == '_' || c == '.';
            if (!separator) {
                normal.append(Character.toLowerCase(c));
            } else if (normal.isEmpty() || normal.charAt(normal.length() - 1) != '-') {
                normal.append('-');
            }
        }
        return normal.toString();
    }

    /// The ecosystem of this id, or null.
    public static @Nullable Ecosystem ofId(String id) {
        for (Ecosystem each : values()) {
            if (each.id.equals(id.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        return null;
    }

    static @Nullable Ecosystem ofOsvName(String name) {
        for (Ecosystem each : values()) {
            if (each.osvName.equals(name)) {
                return each;
            }
        }
        return null;
    }
}
