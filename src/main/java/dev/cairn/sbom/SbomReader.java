package dev.cairn.sbom;

import dev.cairn.oci.JsonStream;
import dev.cairn.oci.OciException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads bills of materials: SPDX 2.2 and 2.3 as JSON, CycloneDX 1.2 to 1.7 as JSON, those that Syft and Trivy write
/// among them. Which of the two a document is, it says itself.
///
/// A document is read as a stream, and what the model has no place for is dropped on the way. Limits: 1 GiB, 250,000
/// components, a million files and two million relationships; a document beyond them is refused, not cut. Source
/// packages, distributions, layers and paths are taken from wherever the writing tool puts them.
public final class SbomReader {
    private static final long LONGEST = 1L << 30;

    private SbomReader() {}

    /// Reads a file.
    public static Sbom read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /// Reads a stream to the document's end; it is not closed.
    ///
    /// @param what names the document in messages
    public static Sbom read(InputStream in, String what) throws IOException {
        SpdxReader spdx = new SpdxReader(what);
        CycloneDxReader cycloneDx = new CycloneDxReader(what);
        try (JsonStream json = new JsonStream(in, what, LONGEST)) {
            for (String name = json.next(); name != null; name = json.next()) {
                if (!spdx.take(name, json) && !cycloneDx.take(name, json)) {
                    json.skip();
                }
            }
        } catch (OciException e) {
            SbomException.Code code = e.code() == OciException.Code.TOO_LARGE
                    ? SbomException.Code.TOO_LARGE
                    : SbomException.Code.INVALID_DOCUMENT;
            throw new SbomException(code, String.valueOf(e.getMessage()));
        }
        if (spdx.isSpdx() == cycloneDx.isCycloneDx()) {
            throw new SbomException(
                    SbomException.Code.UNKNOWN_FORMAT,
                    what + ": neither SPDX 2.x (spdxVersion) nor CycloneDX (bomFormat) as JSON\n"
                            + "try: an SBOM in one of these formats; syft and trivy convert others");
        }
        try {
            return spdx.isSpdx() ? spdx.finish() : cycloneDx.finish();
        } catch (OciException e) {
            throw new SbomException(SbomException.Code.INVALID_DOCUMENT, String.valueOf(e.getMessage()));
        }
    }
}
