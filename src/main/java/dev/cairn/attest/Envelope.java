package dev.cairn.attest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.keys.PrivateKey;
import dev.cairn.keys.PublicKey;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A signed message: DSSE, the Dead Simple Signing Envelope, version 1. What is signed is the payload with its type, so
/// that a message of one type is never taken for another.
public final class Envelope {
    /// The longest envelope that is read: SBOMs of large images are inside.
    static final int LONGEST = 64 << 20;

    private final String payloadType;
    private final byte[] payload;
    private final List<byte[]> signatures;

    Envelope(String payloadType, byte[] payload, List<byte[]> signatures) {
        this.payloadType = payloadType;
        this.payload = payload;
        this.signatures = List.copyOf(signatures);
    }

    /// The payload's media type.
    public String payloadType() {
        return payloadType;
    }

    /// The message, which the caller does not change.
    public byte[] payload() {
        return payload;
    }

    List<byte[]> signatures() {
        return signatures;
    }

    /// Signs a message.
    public static Envelope sign(String payloadType, byte[] payload, PrivateKey key) {
        return new Envelope(payloadType, payload, List.of(key.sign(authenticated(payloadType, payload))));
    }

    /// The pre-authentication encoding, which is what signatures are of.
    static byte[] authenticated(String payloadType, byte[] payload) {
        byte[] type = payloadType.getBytes(UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(payload.length + type.length + 40);
        out.writeBytes(("DSSEv1 " + type.length + " ").getBytes(UTF_8));
        out.writeBytes(type);
        out.writeBytes((" " + payload.length + " ").getBytes(UTF_8));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /// Whether one of the signatures is by this key.
    public boolean isSignedBy(PublicKey key) {
        byte[] message = authenticated(payloadType, payload);
        for (byte[] each : signatures) {
            if (key.verify(message, each)) {
                return true;
            }
        }
        return false;
    }

    /// Reads the JSON form.
    static Envelope read(JsonObject json, String what) {
        List<byte[]> signatures = new ArrayList<>();
        try {
            for (JsonObject each : json.objects("signatures")) {
                signatures.add(Base64.getDecoder().decode(each.string("sig")));
            }
            return new Envelope(
                    json.string("payloadType"), Base64.getDecoder().decode(json.string("payload")), signatures);
        } catch (IllegalArgumentException e) {
            throw new AttestException(AttestException.Code.MALFORMED, what + " is not base64 inside");
        }
    }

    /// Reads the JSON form, a document of its own.
    public static Envelope parse(byte[] bytes, String what) {
        try {
            return read(JsonObject.parse(bytes, what, LONGEST), what);
        } catch (OciException e) {
            throw new AttestException(AttestException.Code.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    void write(JsonWriter json) {
        json.string("payload", Base64.getEncoder().encodeToString(payload));
        json.string("payloadType", payloadType);
        json.array("signatures");
        for (byte[] each : signatures) {
            json.object();
            json.string("sig", Base64.getEncoder().encodeToString(each));
            json.end();
        }
        json.endArray();
    }
}
