package dev.cairn.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/// cosign's encrypted private keys: a JSON document (go-securesystemslib's "encrypted") inside a PEM block. The key is
/// a PKCS #8 structure in a NaCl secret box whose key scrypt makes of the passphrase.
final class EncryptedKey {
    /// How cosign 2 and 3 call the block.
    static final String LABEL = "ENCRYPTED SIGSTORE PRIVATE KEY";
    /// How cosign 1 did.
    static final String OLD_LABEL = "ENCRYPTED COSIGN PRIVATE KEY";

    private static final int LONGEST = 1 << 16;
    private static final int N = 1 << 16;
    private static final int R = 8;
    private static final int P = 1;

    private EncryptedKey() {}

    static boolean isLabel(String label) {
        return label.equals(LABEL) || label.equals(OLD_LABEL);
    }

    /// The PKCS #8 structure.
    static byte[] open(byte[] document, char[] passphrase, String name) {
        try {
            JsonObject json = JsonObject.parse(document, "key " + name, LONGEST);
            JsonObject kdf = json.object("kdf");
            JsonObject parameters = kdf.object("params");
            JsonObject cipher = json.object("cipher");
            if (!kdf.string("name").equals("scrypt") || !cipher.string("name").equals("nacl/secretbox")) {
                throw malformed(
                        name,
                        "it is encrypted by " + kdf.string("name") + " and " + cipher.string("name")
                                + " (expected scrypt and nacl/secretbox)");
            }
            byte[] nonce = Base64.getDecoder().decode(cipher.string("nonce"));
            if (nonce.length != SecretBox.NONCE) {
                throw malformed(name, "its nonce has " + nonce.length + " bytes (expected 24)");
            }
            byte[] box = Base64.getDecoder().decode(json.string("ciphertext"));
            byte[] plain = SecretBox.open(box, nonce, derive(kdf, parameters, passphrase, name));
            if (plain == null) {
                throw new KeyException(KeyException.Code.PASSPHRASE, "key " + name + ": the passphrase is wrong");
            }
            return plain;
        } catch (OciException | IllegalArgumentException e) {
            throw malformed(name, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] derive(JsonObject kdf, JsonObject parameters, char[] passphrase, String name) {
        long n = parameters.integer("N");
        long r = parameters.integer("r");
        long p = parameters.integer("p");
        if (!Scrypt.isAllowed(n, r, p)) {
            throw malformed(name, "scrypt with N=" + n + ", r=" + r + ", p=" + p + " asks for too much or nothing");
        }
        byte[] password = utf8(passphrase);
        try {
            byte[] salt = Base64.getDecoder().decode(kdf.string("salt"));
            return Scrypt.derive(password, salt, (int) n, (int) r, (int) p, SecretBox.KEY);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /// The PEM block for a PKCS #8 structure.
    static String seal(byte[] pkcs8, char[] passphrase, SecureRandom random) {
        byte[] salt = new byte[32];
        byte[] nonce = new byte[SecretBox.NONCE];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] password = utf8(passphrase);
        byte[] box = SecretBox.seal(pkcs8, nonce, Scrypt.derive(password, salt, N, R, P, SecretBox.KEY));
        Arrays.fill(password, (byte) 0);
        JsonWriter json = new JsonWriter();
        json.object("kdf");
        json.string("name", "scrypt");
        json.object("params");
        json.number("N", N);
        json.number("r", R);
        json.number("p", P);
        json.end();
        json.string("salt", Base64.getEncoder().encodeToString(salt));
        json.end();
        json.object("cipher");
        json.string("name", "nacl/secretbox");
        json.string("nonce", Base64.getEncoder().encodeToString(nonce));
        json.end();
        json.string("ciphertext", Base64.getEncoder().encodeToString(box));
        return Pem.print(LABEL, json.finish());
    }

    private static byte[] utf8(char[] text) {
        ByteBuffer encoded = ByteBuffer.allocate(4 * text.length);
        if (UTF_8.newEncoder().encode(CharBuffer.wrap(text), encoded, true).isError()) {
            throw new KeyException(KeyException.Code.PASSPHRASE, "the passphrase is no Unicode text");
        }
        byte[] bytes = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(encoded.array(), (byte) 0);
        return bytes;
    }

    private static KeyException malformed(String name, String problem) {
        return new KeyException(KeyException.Code.MALFORMED, "key " + name + ": " + problem);
    }
}
