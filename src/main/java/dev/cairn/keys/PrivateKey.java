package dev.cairn.keys;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.function.Supplier;

/// A private key that signs. Its text form is cosign's: a PEM block encrypted with a passphrase (`ENCRYPTED SIGSTORE
/// PRIVATE KEY`). Plain PKCS #8 and SEC 1 blocks (`PRIVATE KEY`, `EC PRIVATE KEY`) are read too. Nothing prints the
/// key itself.
public final class PrivateKey {
    private static final String PARAMETERS_END = "-----END EC PARAMETERS-----";

    private final java.security.PrivateKey key;
    private final KeyAlgorithm algorithm;
    private final PublicKey publicKey;

    private PrivateKey(java.security.PrivateKey key, KeyAlgorithm algorithm, PublicKey publicKey) {
        this.key = key;
        this.algorithm = algorithm;
        this.publicKey = publicKey;
    }

    /// A new ECDSA P-256 key.
    public static PrivateKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            return new PrivateKey(
                    pair.getPrivate(), KeyAlgorithm.ECDSA_P256, PublicKey.of(pair.getPublic(), "new key"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    /// Whether reading this text takes a passphrase.
    public static boolean isEncrypted(String pem) {
        return pem.contains("-----BEGIN ENCRYPTED ");
    }

    /// Reads a PEM block.
    ///
    /// @param name what messages call it
    /// @param passphrase asked for only when the block is encrypted; what it gives is wiped
    public static PrivateKey parsePem(String pem, String name, Supplier<char[]> passphrase) {
        // openssl writes the curve before the key.
        int parameters = pem.indexOf(PARAMETERS_END);
        Pem block =
                Pem.parse(parameters < 0 ? pem : pem.substring(parameters + PARAMETERS_END.length()), "key " + name);
        byte[] pkcs8;
        if (EncryptedKey.isLabel(block.label())) {
            char[] secret = passphrase.get();
            try {
                pkcs8 = EncryptedKey.open(block.bytes(), secret, name);
            } finally {
                Arrays.fill(secret, '\0');
            }
        } else if (block.label().equals("PRIVATE KEY")) {
            pkcs8 = block.bytes();
        } else if (block.label().equals("EC PRIVATE KEY")) {
            pkcs8 = Sec1.toPkcs8(block.bytes(), name);
        } else {
            throw new KeyException(
                    KeyException.Code.MALFORMED,
                    "key " + name + " holds a '" + block.label() + "' (expected 'PRIVATE KEY' or '" + EncryptedKey.LABEL
                            + "')" + (block.label().equals("PUBLIC KEY") ? "\ntry: the private key's file" : ""));
        }
        return of(pkcs8, name);
    }

    private static PrivateKey of(byte[] pkcs8, String name) {
        for (String family : KeyAlgorithm.FAMILIES) {
            try {
                java.security.PrivateKey key =
                        KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
                KeyAlgorithm algorithm = KeyAlgorithm.of(key);
                if (algorithm == null) {
                    break;
                }
                return new PrivateKey(key, algorithm, PublicKey.of(PublicHalf.of(key), name));
            } catch (GeneralSecurityException e) {
                // Of another family, or of none.
            }
        }
        throw new KeyException(
                KeyException.Code.MALFORMED,
                "key " + name + " is no ECDSA, RSA or Ed25519 private key of a usual size");
    }

    /// The signature over `data`; ECDSA signatures differ each time.
    public byte[] sign(byte[] data) {
        try {
            Signature signer = Signature.getInstance(algorithm.signature());
            signer.initSign(key);
            signer.update(data);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new KeyException(KeyException.Code.UNUSABLE, "the key cannot sign: " + e.getMessage(), e);
        }
    }

    /// The public half.
    public PublicKey publicKey() {
        return publicKey;
    }

    /// The key as PEM, encrypted with this passphrase, as cosign 2 and 3 read it.
    public String encryptedPem(char[] passphrase, SecureRandom random) {
        return EncryptedKey.seal(key.getEncoded(), passphrase, random);
    }

    @Override
    public String toString() {
        return "private half of " + publicKey;
    }
}
