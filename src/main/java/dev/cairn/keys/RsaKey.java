package dev.cairn.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/// An RSA public key with the name that signatures refer to it by, as apk's `/etc/apk/keys/NAME.rsa.pub` holds it.
///
/// Signatures are RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2). Keys under 2048 bits are refused.
public final class RsaKey {
    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 16384;

    private final String name;
    private final String pem;
    private final RSAPublicKey key;

    private RsaKey(String name, String pem, RSAPublicKey key) {
        this.name = name;
        this.pem = pem;
        this.key = key;
    }

    /// Reads a `PUBLIC KEY` PEM block (X.509 SubjectPublicKeyInfo); `name` is the key file's name.
    public static RsaKey parsePem(String pem, String name) {
        Pem block = Pem.parse(pem, "key " + name);
        if (!block.label().equals("PUBLIC KEY")) {
            throw new KeyException(
                    KeyException.Code.MALFORMED,
                    "key " + name + " holds a '" + block.label() + "' (expected 'PUBLIC KEY')");
        }
        RSAPublicKey key = decode(block.bytes(), name);
        int bits = key.getModulus().bitLength();
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw new KeyException(
                    KeyException.Code.WEAK,
                    "key " + name + " has " + bits + " bits (expected " + MIN_BITS + " to " + MAX_BITS + ")");
        }
        return new RsaKey(name, pem, key);
    }

    /// As [#parsePem(String, String)], from a file's bytes.
    public static RsaKey parsePem(byte[] pem, String name) {
        return parsePem(new String(pem, StandardCharsets.ISO_8859_1), name);
    }

    private static RSAPublicKey decode(byte[] der, String name) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new KeyException(KeyException.Code.MALFORMED, "key " + name + " is no RSA public key", e);
        }
    }

    /// The key file's name, for example `alpine-devel@lists.alpinelinux.org-6165ee59.rsa.pub`.
    public String name() {
        return name;
    }

    /// The text that the key was read from.
    public String pem() {
        return pem;
    }

    /// Whether `signature` was made with this key over all of `data`, which is read to its end and not closed.
    public boolean verify(SignatureHash hash, byte[] signature, InputStream data) throws IOException {
        try {
            Signature verifier = Signature.getInstance(hash.rsaAlgorithm());
            verifier.initVerify(key);
            byte[] buffer = new byte[64 * 1024];
            for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
                verifier.update(buffer, 0, n);
            }
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // What the JDK says of a signature of the wrong length or padding: it is not one by this key.
            return false;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + hash.rsaAlgorithm(), e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
