package dev.cairn.attest;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;

/// A sigstore bundle, version 0.3, with a DSSE envelope that a plain key signed: what cosign 3 stores beside an image.
///
/// @param hint which key, by [dev.cairn.keys.PublicKey#fingerprint]; empty where the bundle says nothing
/// @param envelope the signed message
public record Bundle(String hint, Envelope envelope) {
    /// Its media type, and the artifact type of the manifest that holds it.
    public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// Reads the document; of one that is signed by other means than a key the hint is empty.
    public static Bundle parse(byte[] bytes, String what) {
        try {
            JsonObject json = JsonObject.parse(bytes, what, Envelope.LONGEST);
            if (!json.has("dsseEnvelope")) {
                throw new AttestException(
                        AttestException.Code.MALFORMED, what + ": a sigstore bundle without a DSSE envelope");
            }
            JsonObject material = json.optionalObject("verificationMaterial");
            JsonObject key = material == null ? null : material.optionalObject("publicKey");
            String hint = key == null ? null : key.optionalString("hint");
            return new Bundle(hint == null ? "" : hint, Envelope.read(json.object("dsseEnvelope"), what));
        } catch (OciException e) {
            throw new AttestException(AttestException.Code.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /// The document.
    public byte[] toJson() {
        JsonWriter json = new JsonWriter();
        json.string("mediaType", MEDIA_TYPE);
        json.object("verificationMaterial");
        json.object("publicKey");
        json.string("hint", hint);
        json.end();
        json.end();
        json.object("dsseEnvelope");
        envelope.write(json);
        json.end();
        return json.finish();
    }
}
