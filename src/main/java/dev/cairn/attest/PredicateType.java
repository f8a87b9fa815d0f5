package dev.cairn.attest;

/// The predicate types that Cairn writes or reads, as the statements name them. In brackets: `cosign verify-attestation
/// --type`.
public final class PredicateType {
    /// That an image is signed, in cosign 3's bundles.
    public static final String COSIGN_SIGN = "https://sigstore.dev/cosign/sign/v1";
    /// An SPDX document (`spdxjson`).
    public static final String SPDX = "https://spdx.dev/Document";
    /// A CycloneDX document (`cyclonedx`).
    public static final String CYCLONEDX = "https://cyclonedx.org/bom";
    /// How something was built (`slsaprovenance1`).
    public static final String SLSA_PROVENANCE = "https://slsa.dev/provenance/v1";
    /// An OpenVEX document (`openvex`); a version may follow.
    public static final String OPENVEX = "https://openvex.dev/ns";

    private PredicateType() {}
}
