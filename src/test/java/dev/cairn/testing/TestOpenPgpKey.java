package dev.cairn.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.BCPGOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPDigestCalculatorProviderBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;

/// An OpenPGP key pair that lives as long as a test: RSA 2048, version 4, made in 2020.
final class TestOpenPgpKey {
    private final PGPKeyPair pair;
    private final PGPPublicKeyRing ring;

    private TestOpenPgpKey(PGPKeyPair pair, PGPPublicKeyRing ring) {
        this.pair = pair;
        this.ring = ring;
    }

    static TestOpenPgpKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            PGPKeyPair pair = new JcaPGPKeyPair(
                    PublicKeyPacket.VERSION_4,
                    PublicKeyAlgorithmTags.RSA_GENERAL,
                    generator.generateKeyPair(),
                    Date.from(Instant.parse("2020-01-01T00:00:00Z")));
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            hashed.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
            hashed.setSignatureCreationTime(true, Date.from(Instant.parse("2020-01-01T00:00:00Z")));
            PGPKeyRingGenerator ring = new PGPKeyRingGenerator(
                    PGPSignature.POSITIVE_CERTIFICATION,
                    pair,
                    "Test Archive <test@example.org>",
                    new JcaPGPDigestCalculatorProviderBuilder().build().get(HashAlgorithmTags.SHA1),
                    hashed.generate(),
                    null,
                    new JcaPGPContentSignerBuilder(PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256),
                    null);
            return new TestOpenPgpKey(pair, ring.generatePublicKeyRing());
        } catch (GeneralSecurityException | PGPException e) {
            throw new IllegalStateException(e);
        }
    }

    String armoredPublicKey() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArmoredOutputStream armored = ArmoredOutputStream.builder().build(bytes)) {
            ring.encode(armored);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    /// The text with a signature made at `time` (RFC 9580, "Cleartext Signature Framework").
    String clearSign(String text, Instant time) throws IOException {
        try {
            PGPSignatureGenerator signer = new PGPSignatureGenerator(
                    new JcaPGPContentSignerBuilder(PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256),
                    pair.getPublicKey());
            signer.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, pair.getPrivateKey());
            PGPSignatureSubpacketGenerator hashed = new PGPSignatureSubpacketGenerator();
            hashed.setSignatureCreationTime(true, Date.from(time));
            hashed.setIssuerFingerprint(false, pair.getPublicKey());
            signer.setHashedSubpackets(hashed.generate());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ArmoredOutputStream armored = ArmoredOutputStream.builder().build(bytes)) {
                armored.beginClearText(HashAlgorithmTags.SHA256);
                String before = "";
                for (String line : text.lines().toList()) {
                    armored.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    signer.update((before + line.stripTrailing()).getBytes(StandardCharsets.UTF_8));
                    before = "\r\n";
                }
                armored.endClearText();
                signer.generate().encode(new BCPGOutputStream(armored));
            }
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (PGPException e) {
            throw new IllegalStateException(e);
        }
    }
}
