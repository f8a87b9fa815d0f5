package dev.cairn.sbom;

import dev.cairn.digest.Digest;
import dev.cairn.sbom.Component.Kind;
import dev.cairn.sbom.Component.SourcePackage;
import dev.cairn.sbom.Sbom.Distribution;
import dev.cairn.sbom.Sbom.Relationship;
import dev.cairn.sbom.Sbom.Relationship.Type;
import dev.cairn.sbom.Sbom.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A bill of materials as Cairn makes them.
final class Samples {
    static final Digest DIGEST = Digest.of(new byte[] {1, 2, 3});

    private Samples() {}

    static Sbom debian() {
        Component ssl = Component.builder("deb:libssl3", Kind.LIBRARY, "libssl3")
                .version("3.0.11-1~deb12u2")
                .purl(PackageUrl.of(
                        "deb",
                        "debian",
                        "libssl3",
                        "3.0.11-1~deb12u2",
                        Map.of("arch", "amd64", "distro", "debian-12", "upstream", "openssl")))
                .licences("Apache-2.0 AND custom")
                .supplier("Debian")
                .source(new SourcePackage("openssl", "3.0.11-1~deb12u2"))
                .checksum("SHA256", Digest.of(new byte[] {4}).hex())
                .location("/var/lib/dpkg/status.d/libssl3", "sha256:" + "a".repeat(64))
                .property("cairn:repository", "debian bookworm main")
                .build();
        Component login = Component.builder("deb:login", Kind.LIBRARY, "login")
                .version("1:4.13+dfsg1-1+b1")
                .purl(PackageUrl.of("deb", "debian", "login", "1:4.13+dfsg1-1+b1", Map.of("arch", "amd64")))
                .source(new SourcePackage("shadow", "1:4.13+dfsg1-1"))
                .build();
        TreeMap<String, String> facts = new TreeMap<>(Map.of("cairn:omitted:perl", "5.36.0-7: nothing needs it"));
        return new Sbom(
                new Subject(
                        "image",
                        "redis",
                        DIGEST.toString(),
                        DIGEST,
                        PackageUrl.of("oci", "", "redis", DIGEST.toString(), Map.of("arch", "amd64")),
                        facts),
                new Distribution("debian", "12", "Debian GNU/Linux 12 (bookworm)"),
                List.of(ssl, login),
                List.of(
                        new Relationship("image", Type.CONTAINS, "deb:libssl3"),
                        new Relationship("image", Type.CONTAINS, "deb:login"),
                        new Relationship("deb:login", Type.DEPENDS_ON, "deb:libssl3")),
                Instant.parse("2026-01-02T03:04:05Z"),
                List.of("cairn 0.1.0"));
    }
}
