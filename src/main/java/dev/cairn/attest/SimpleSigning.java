package dev.cairn.attest;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;

/// The payload of cosign's older signatures, in the form that Red Hat's "simple signing" gave them: which image is
/// meant, and by which name.
///
/// @param reference the repository
/// @param digest the manifest's digest
record SimpleSigning(String reference, Digest digest) {
    static final String MEDIA_TYPE = "application/vnd.dev.cosign.simplesigning.v1+json";
    /// The annotation of the payload's layer that holds the signature, base64.
    static final String SIGNATURE = "dev.cosignproject.cosign/signature";

    private static final int LONGEST = 1 << 20;
    private static final String TYPE = "cosign container image signature";

    static SimpleSigning parse(byte[] bytes, String what) {
        try {
            JsonObject critical = JsonObject.parse(bytes, what, LONGEST).object("critical");
            String type = critical.string("type");
            if (!type.equals(TYPE)) {
                throw new AttestException(AttestException.Code.MALFORMED, what + " is a '" + type + "', no signature");
            }
            return new SimpleSigning(
                    critical.object("identity").string("docker-reference"),
                    Digest.parse(critical.object("image").string("docker-manifest-digest")));
        } catch (OciException | IllegalArgumentException e) {
            throw new AttestException(AttestException.Code.MALFORMED, what + ": " + e.getMessage());
        }
    }

    byte[] toJson() {
        JsonWriter json = new JsonWriter();
        json.object("critical");
        json.object("identity");
        json.string("docker-reference", reference);
        json.end();
        json.object("image");
        json.string("docker-manifest-digest", digest.toString());
        json.end();
        json.string("type", TYPE);
        json.end();
        json.object("optional");
        json.end();
        return json.finish();
    }
}
