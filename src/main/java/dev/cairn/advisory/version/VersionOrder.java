package dev.cairn.advisory.version;

import dev.cairn.packages.apk.ApkVersion;
import dev.cairn.packages.deb.DebVersion;

/// Which of two versions is the older one, as the package manager of an ecosystem sees it.
///
/// Any text has a place: what is no version sorts somewhere rather than failing, so that a strange version in an SBOM
/// never stops a scan.
public interface VersionOrder {
    /// apk-tools: Alpine, Wolfi, Chainguard.
    VersionOrder APK = ApkVersion::compare;

    /// dpkg: Debian and what derives from it.
    VersionOrder DEB = VersionOrder::compareDeb;

    /// Semantic Versioning 2.0.0, as npm, Go and Cargo order: build metadata does not count.
    VersionOrder SEMVER = SemanticVersion::compare;

    /// Maven's version order specification.
    VersionOrder MAVEN = MavenVersion::compare;

    /// PEP 440; what is no version of that form is older than every one that is.
    VersionOrder PYPI = PythonVersion::compare;

    /// `Gem::Version`.
    VersionOrder RUBYGEMS = GemVersion::compare;

    /// Negative, zero or positive as `a` is older than, as old as, or newer than `b`.
    int compare(String a, String b);

    private static int compareDeb(String a, String b) {
        return DebVersion.parse(withoutBlanks(a)).compareTo(DebVersion.parse(withoutBlanks(b)));
    }

    private static String withoutBlanks(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ') {
                return text.codePoints()
                        .filter(c -> c > ' ')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                        .concat("~");
            }
        }
        return text.isEmpty() ? "~" : text;
    }
}
