package dev.cairn.packages.apk;

import dev.cairn.digest.Digest;
import java.util.Base64;

/// What the solver needs to know of all packages of a list of repositories, in a few flat arrays: it is compiled once
/// from the index texts, kept in the cache, and read back by a handful of bulk copies.
///
/// Names, packages and dependencies go by number. `names` holds every name that is anywhere mentioned; `atoms` holds
/// versions, architectures and origins. A package's three dependency lists lie one after another in the dependency
/// arrays, as `3 * package + list` of `dependencyStarts` says.
final class PackageTable {
    static final int DEPENDS = 0;
    static final int PROVIDES = 1;
    static final int INSTALL_IF = 2;
    static final int CHECKSUM_LENGTH = 20;

    /// The bit of a dependency's kind that says `!name`.
    static final int CONFLICT = 16;

    /// Changes whenever the compiled form does: part of the cache's key.
    static final String FORM = "apk-table-1";

    final SliceTable names;
    final SliceTable atoms;
    final int[] packageNames;
    final int[] packageVersions;
    final int[] packageArchitectures;
    final int[] packageOrigins;
    /// One bit per repository that has the package.
    final int[] packageRepositories;
    final int[] packagePriorities;
    final long[] packageSizes;
    final long[] installedSizes;
    /// 20 bytes per package: the SHA-1 of its control member.
    final byte[] checksums;
    final int[] dependencyStarts;
    final int[] dependencyNames;
    /// The operator's code, plus [#CONFLICT].
    final int[] dependencyKinds;
    /// An atom, or -1.
    final int[] dependencyVersions;
    /// Per name, who provides it: pairs of package and version atom (-1: none).
    final Links providers;
    /// Per name, the names of the packages that depend on it.
    final Links dependers;
    /// Per name, the names of the packages whose `install_if` has it.
    final Links triggered;

    PackageTable(
            SliceTable names,
            SliceTable atoms,
            int[] packageNames,
            int[] packageVersions,
            int[] packageArchitectures,
            int[] packageOrigins,
            int[] packageRepositories,
            int[] packagePriorities,
            long[] packageSizes,
            long[] installedSizes,
            byte[] checksums,
            int[] dependencyStarts,
            int[] dependencyNames,
            int[] dependencyKinds,
            int[] dependencyVersions,
            Links providers,
            Links dependers,
            Links triggered) {
        this.names = names;
        this.atoms = atoms;
        this.packageNames = packageNames;
        this.packageVersions = packageVersions;
        this.packageArchitectures = packageArchitectures;
        this.packageOrigins = packageOrigins;
        this.packageRepositories = packageRepositories;
        this.packagePriorities = packagePriorities;
        this.packageSizes = packageSizes;
        this.installedSizes = installedSizes;
        this.checksums = checksums;
        this.dependencyStarts = dependencyStarts;
        this.dependencyNames = dependencyNames;
        this.dependencyKinds = dependencyKinds;
        this.dependencyVersions = dependencyVersions;
        this.providers = providers;
        this.dependers = dependers;
        this.triggered = triggered;
    }

    int packageCount() {
        return packageNames.length;
    }

    String name(int pkg) {
        return names.text(packageNames[pkg]);
    }

    String version(int pkg) {
        return atoms.text(packageVersions[pkg]);
    }

    /// The checksum as an index has it: `Q1` and base64.
    String checksum(int pkg) {
        int start = pkg * CHECKSUM_LENGTH;
        byte[] sha1 = java.util.Arrays.copyOfRange(checksums, start, start + CHECKSUM_LENGTH);
        return "Q1" + Base64.getEncoder().encodeToString(sha1);
    }

    /// The package with this checksum, or -1.
    int find(String checksum) {
        for (int pkg = 0; pkg < packageCount(); pkg++) {
            if (checksum(pkg).equals(checksum)) {
                return pkg;
            }
        }
        return -1;
    }

    byte[] toBytes() {
        IntSections out = new IntSections();
        names.writeTo(out);
        atoms.writeTo(out);
        for (int[] ints : new int[][] {
            packageNames, packageVersions, packageArchitectures, packageOrigins, packageRepositories, packagePriorities
        }) {
            out.ints(ints);
        }
        out.longs(packageSizes);
        out.longs(installedSizes);
        out.bytes(checksums);
        out.ints(dependencyStarts);
        out.ints(dependencyNames);
        out.ints(dependencyKinds);
        out.ints(dependencyVersions);
        providers.writeTo(out);
        dependers.writeTo(out);
        triggered.writeTo(out);
        return out.toBytes();
    }

    /// Reads what [#toBytes] wrote. The bytes come from a cache that has checked their digest.
    static PackageTable of(byte[] bytes) {
        IntSections in = new IntSections(bytes);
        return new PackageTable(
                SliceTable.readFrom(in),
                SliceTable.readFrom(in),
                in.ints(),
                in.ints(),
                in.ints(),
                in.ints(),
                in.ints(),
                in.ints(),
                in.longs(),
                in.longs(),
                in.bytes(),
                in.ints(),
                in.ints(),
                in.ints(),
                in.ints(),
                Links.readFrom(in),
                Links.readFrom(in),
                Links.readFrom(in));
    }

    Digest digest() {
        return Digest.of(toBytes());
    }
}
