package dev.cairn.mapping;

import java.util.Optional;

/// A Linux distribution, or a line of them that share package names (`RHEL`: also its rebuilds).
public enum Distribution {
    /// Debian.
    DEBIAN("debian", Family.DEB),
    /// Ubuntu.
    UBUNTU("ubuntu", Family.DEB),
    /// Fedora.
    FEDORA("fedora", Family.RPM),
    /// Red Hat Enterprise Linux, its universal base images and its rebuilds.
    RHEL("rhel", Family.RPM),
    /// Alpine.
    ALPINE("alpine", Family.APK),
    /// Wolfi, and the images that are built from it.
    WOLFI("wolfi", Family.APK);

    /// A package format, and with it the package managers that install it.
    public enum Family {
        /// apt, apt-get, aptitude, dpkg.
        DEB,
        /// yum, dnf, microdnf, rpm.
        RPM,
        /// apk.
        APK
    }

    private final String id;
    private final Family family;

    Distribution(String id, Family family) {
        this.id = id;
        this.family = family;
    }

    /// Its name in options and files: `debian`.
    public String id() {
        return id;
    }

    /// Its package format.
    public Family family() {
        return family;
    }

    /// The distribution of that name. It understands the ids of os-release(5) `ID` and the usual names of images:
    /// `centos`, `rocky`, `rockylinux`, `ubi9`, `oraclelinux`, `amzn`, `chainguard`.
    public static Optional<Distribution> parse(String text) {
        String plain = text.strip();
        int end = plain.length();
        while (end > 0 && "0123456789.-_:".indexOf(plain.charAt(end - 1)) >= 0) {
            end--;
        }
        return Optional.ofNullable(
                switch (plain.substring(0, end)) {
                    case "debian", "raspbian", "buildpack-deps" -> DEBIAN;
                    case "ubuntu", "linuxmint", "pop" -> UBUNTU;
                    case "fedora" -> FEDORA;
                    case "rhel",
                            "centos",
                            "rocky",
                            "rockylinux",
                            "alma",
                            "almalinux",
                            "ubi",
                            "ol",
                            "oraclelinux",
                            "amzn",
                            "amazonlinux",
                            "scientific" -> RHEL;
                    case "alpine" -> ALPINE;
                    case "wolfi", "chainguard" -> WOLFI;
                    default -> null;
                });
    }

    @Override
    public String toString() {
        return id;
    }
}
