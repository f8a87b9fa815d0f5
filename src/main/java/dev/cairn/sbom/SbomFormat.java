package dev.cairn.sbom;

/// A format that bills of materials are written in.
public enum SbomFormat {
    /// SPDX 2.3 as JSON.
    SPDX("spdx", "application/spdx+json", ".spdx.json"),
    /// CycloneDX 1.6 as JSON.
    CYCLONEDX("cyclonedx", "application/vnd.cyclonedx+json", ".cdx.json");

    private final String id;
    private final String mediaType;
    private final String suffix;

    SbomFormat(String id, String mediaType, String suffix) {
        this.id = id;
        this.mediaType = mediaType;
        this.suffix = suffix;
    }

    /// The name on command lines: `spdx`, `cyclonedx`.
    public String id() {
        return id;
    }

    /// The registered media type.
    public String mediaType() {
        return mediaType;
    }

    /// How files of the format end: `.spdx.json`, `.cdx.json`.
    public String suffix() {
        return suffix;
    }

    /// The document: equal bills and versions of Cairn give equal bytes.
    ///
    /// @param tool the version of Cairn, which the document names as its maker
    public byte[] write(Sbom sbom, String tool) {
        return switch (this) {
            case SPDX -> new SpdxWriter(sbom, tool).write();
            case CYCLONEDX -> new CycloneDxWriter(sbom, tool).write();
        };
    }
}
