package dev.cairn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.SharedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RsaKeyTest {
    private static final byte[] DATA = "some bytes".getBytes(StandardCharsets.UTF_8);

    @Test
    void knowsItsOwnSignaturesOnly() throws IOException, GeneralSecurityException {
        KeyPair pair = pair(2048);
        RsaKey key = RsaKey.parsePem(pem(pair), "a.rsa.pub");

        for (SignatureHash hash : SignatureHash.values()) {
            byte[] signature = sign(pair, hash);
            assertThat(key.verify(hash, signature, data())).isTrue();
            assertThat(key.verify(hash, signature, InputStream.nullInputStream()))
                    .isFalse();
            assertThat(key.verify(hash, new byte[0], data())).isFalse();
            signature[10] ^= 1;
            assertThat(key.verify(hash, signature, data())).isFalse();
        }
        assertThat(key.verify(SignatureHash.SHA256, sign(pair, SignatureHash.SHA1), data()))
                .isFalse();
        assertThat(key.name()).isEqualTo("a.rsa.pub");
    }

    @Test
    void refusesShortKeysAndOtherFiles() throws GeneralSecurityException {
        String small = pem(pair(1024));

        assertThatThrownBy(() -> RsaKey.parsePem(small, "small")).hasMessageContaining("1024 bits");
        assertThatThrownBy(() -> RsaKey.parsePem("", "empty")).hasMessageContaining("no PEM file");
        assertThatThrownBy(() -> RsaKey.parsePem(small.replace("-----END", "-----"), "cut"))
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> RsaKey.parsePem(small.replace("PUBLIC", "PRIVATE"), "private"))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("expected 'PUBLIC KEY'");
        assertThatThrownBy(() -> RsaKey.parsePem(small.replace("MIG", "!!!"), "odd"))
                .isInstanceOf(KeyException.class);
    }

    @Test
    void readsARealRepositorysKey() throws IOException {
        byte[] pem = Files.readAllBytes(SharedData.require("apk/melange-signed/melange.rsa.pub"));

        assertThat(RsaKey.parsePem(pem, "melange.rsa.pub").pem()).startsWith("-----BEGIN PUBLIC KEY-----");
    }

    private static InputStream data() {
        return new ByteArrayInputStream(DATA);
    }

    private static byte[] sign(KeyPair pair, SignatureHash hash) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(hash.rsaAlgorithm());
        signer.initSign(pair.getPrivate());
        signer.update(DATA);
        return signer.sign();
    }

    private static KeyPair pair(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
