package dev.cairn.image.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A processor architecture, with its name in each naming scheme.
///
/// The names in a definition are apko's: OCI's (`amd64`, `arm/v7`) and apk's (`x86_64`, `armv7`). `armhf` is apk's
/// name of ARMv6, not Debian's of ARMv7.
public enum Architecture {
    /// 32-bit x86.
    X86("386", "x86", "i386"),
    /// 64-bit x86.
    AMD64("amd64", "x86_64", "amd64"),
    /// 64-bit ARM.
    ARM64("arm64", "aarch64", "arm64"),
    /// 32-bit ARM, version 6.
    ARM_V6("arm/v6", "armhf", "armel"),
    /// 32-bit ARM, version 7.
    ARM_V7("arm/v7", "armv7", "armhf"),
    /// 64-bit LoongArch.
    LOONG64("loong64", "loongarch64", "loong64"),
    /// 64-bit little-endian POWER.
    PPC64LE("ppc64le", "ppc64le", "ppc64el"),
    /// 64-bit RISC-V.
    RISCV64("riscv64", "riscv64", "riscv64"),
    /// IBM Z.
    S390X("s390x", "s390x", "s390x");

    private final String id;
    private final String apk;
    private final String deb;

    Architecture(String id, String apk, String deb) {
        this.id = id;
        this.apk = apk;
        this.deb = deb;
    }

    /// OCI's architecture and, behind a slash, its variant: `amd64`, `arm/v7`.
    public String id() {
        return id;
    }

    /// OCI's architecture alone: `amd64`, `arm`.
    public String ociArchitecture() {
        int slash = id.indexOf('/');
        return slash < 0 ? id : id.substring(0, slash);
    }

    /// OCI's variant: `v7`; nothing where the architecture has none.
    public Optional<String> ociVariant() {
        int slash = id.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(id.substring(slash + 1));
    }

    /// apk's name: `x86_64`.
    public String apk() {
        return apk;
    }

    /// Debian's name: `amd64`.
    public String deb() {
        return deb;
    }

    /// The architecture with this name of OCI or apk.
    public static Optional<Architecture> of(String name) {
        for (Architecture architecture : values()) {
            if (architecture.id.equals(name) || architecture.apk.equals(name)) {
                return Optional.of(architecture);
            }
        }
        return Optional.empty();
    }

    /// The architecture of the machine that this runs on.
    ///
    /// @throws IllegalStateException when it is none of these
    public static Architecture host() {
        String name = System.getProperty("os.arch", "");
        return of(name).orElseThrow(
                        () -> new IllegalStateException("no image architecture for the host's '" + name + "'"));
    }

    /// Every name that a definition may use.
    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Architecture architecture : values()) {
            names.add(architecture.id);
            if (!architecture.apk.equals(architecture.id)) {
                names.add(architecture.apk);
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return id;
    }
}
