package dev.cairn.packages;

/// One package of a resolution: what it is, and where its file is to be had and how it is recognised.
///
/// Nothing in it depends on the mirror that was used: `repository` names the repository as a definition does.
///
/// @param ecosystem the package format
/// @param name the package's name
/// @param version its version, in the format's own form (`1.2.3-r4`, `1:2.3-4+b1`)
/// @param architecture as the format names it (`x86_64`, `amd64`, `all`)
/// @param origin the source package that it was built from; its own name where the index names none
/// @param originVersion the source package's version
/// @param repository the repository that it came from: an apk repository's address as in the definition, or
///     `debian trixie main` for a Debian suite (the mirror left out)
/// @param path the file's path below the repository: `x86_64/busybox-1.36.1-r2.apk`, `pool/main/c/curl/…`
/// @param size the file's size in bytes
/// @param checksum what the signed index says of the file: `Q1…` (apk, SHA-1 of the control member) or `sha256:…`
/// @param installedSize bytes when unpacked, as the index says
public record ResolvedPackage(
        Ecosystem ecosystem,
        String name,
        String version,
        String architecture,
        String origin,
        String originVersion,
        String repository,
        String path,
        long size,
        String checksum,
        long installedSize) {

    /// `name=version`.
    public String pin() {
        return name + "=" + version;
    }

    @Override
    public String toString() {
        return pin();
    }
}
