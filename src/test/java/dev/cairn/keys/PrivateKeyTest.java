package dev.cairn.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.Mutations;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyTest {
    private static final HexFormat HEX = HexFormat.of();

    /// What `cosign generate-key-pair` 3.1.1 wrote with the passphrase `pw`.
    private static final String COSIGN = """
            -----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----
            eyJrZGYiOnsibmFtZSI6InNjcnlwdCIsInBhcmFtcyI6eyJOIjo2NTUzNiwiciI6
            OCwicCI6MX0sInNhbHQiOiJiQThMU2Y3UVJCbUpmUTFXdlVURVFEdVl6UDZBSlhW
            ZllWeUJVQ0UreXh3PSJ9LCJjaXBoZXIiOnsibmFtZSI6Im5hY2wvc2VjcmV0Ym94
            Iiwibm9uY2UiOiIxRmVhc21jRmt6aVd1MzR1NUpGMlkrYXdnNnlUMTFLdCJ9LCJj
            aXBoZXJ0ZXh0IjoiZFdKNTlQTVRvMjV6YmhzWVhnVysreWZkRi80VjFSNkw1TnMv
            RG81Qm1LdlFmTjRRWm5KdVZqS0hKLzkvWVNsVFFzUUdPWjBpSkE3Ym5hUnBibnJB
            ZldKSzl6OXdGZlIzdnNORjVQTW9lalBPVm9nd1Z4MVJZN2NibnZkRWovQzhEdG93
            dTFjMUxRZUQwYzJ4NEp0R2Qwc09ZRThKNUMrc2R4b2ZCdjNoYWd0S1ZzVTdlMG00
            eVF1Vmk0SktRWlY3aktXOHdqVGdlMDNtWHc9PSJ9
            -----END ENCRYPTED SIGSTORE PRIVATE KEY-----
            """;

    private static final String COSIGN_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAElRAFkDVNnKGMTvj4XRTNhG/J3vfj
            tRQCD9h8wpenh4cWtsug3pNn9bNrMDtdMc/he2Qi+ghRKiX518oPPeli/Q==
            -----END PUBLIC KEY-----
            """;

    @Test
    void scryptGivesTheResultsOfTheRfc() {
        assertThat(HEX.formatHex(Scrypt.derive(new byte[0], new byte[0], 16, 1, 1, 64)))
                .isEqualTo("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
        assertThat(HEX.formatHex(Scrypt.derive("password".getBytes(UTF_8), "NaCl".getBytes(UTF_8), 1024, 8, 16, 64)))
                .isEqualTo("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
    }

    @Test
    void poly1305GivesTheResultOfTheRfc() {
        byte[] key = HEX.parseHex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
        assertThat(HEX.formatHex(SecretBox.poly1305("Cryptographic Forum Research Group".getBytes(UTF_8), key)))
                .isEqualTo("a8061dc1305136c6c22b8baf0c0127a9");
    }

    @Test
    void agreesWithBouncyCastle() {
        Random random = new Random(7);
        for (int length : new int[] {0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 200, 1000}) {
            byte[] key = bytes(random, 32);
            byte[] nonce = bytes(random, 24);
            byte[] message = bytes(random, length);
            XSalsa20Engine engine = new XSalsa20Engine();
            engine.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
            byte[] stream = new byte[length + 32];
            engine.processBytes(new byte[length + 32], 0, length + 32, stream, 0);
            assertThat(Salsa20.stream(key, nonce, length + 32)).isEqualTo(stream);

            org.bouncycastle.crypto.macs.Poly1305 mac = new org.bouncycastle.crypto.macs.Poly1305();
            mac.init(new KeyParameter(java.util.Arrays.copyOf(stream, 32)));
            mac.update(message, 0, length);
            byte[] tag = new byte[16];
            mac.doFinal(tag, 0);
            assertThat(SecretBox.poly1305(message, stream)).isEqualTo(tag);

            byte[] box = SecretBox.seal(message, nonce, key);
            assertThat(SecretBox.open(box, nonce, key)).isEqualTo(message);
            box[random.nextInt(box.length)] ^= 1;
            assertThat(SecretBox.open(box, nonce, key)).isNull();
            assertThat(Scrypt.derive(message, nonce, 32, 3, 2, 45))
                    .isEqualTo(SCrypt.generate(message, nonce, 32, 3, 2, 45));
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY"})
    void readsCosignsKeys(String label) {
        String pem = COSIGN.replace("ENCRYPTED SIGSTORE PRIVATE KEY", label);
        PrivateKey key = PrivateKey.parsePem(pem, "cosign.key", "pw"::toCharArray);
        assertThat(key.publicKey().pem()).isEqualTo(COSIGN_PUBLIC);
        assertThat(key.publicKey()).isEqualTo(PublicKey.parsePem(COSIGN_PUBLIC, "cosign.pub"));
        assertThat(key.publicKey().fingerprint()).isEqualTo("TzCi18K6JVky/IOKS/BoXDFgI3WSASDwQh2mXOznH3Y=");
        assertThat(PrivateKey.isEncrypted(pem)).isTrue();
        assertThatThrownBy(() -> PrivateKey.parsePem(pem, "cosign.key", "wrong"::toCharArray))
                .isInstanceOf(KeyException.class)
                .hasMessage("key cosign.key: the passphrase is wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "gänsefüßchen"})
    void whatIsWrittenIsRead(String passphrase) {
        PrivateKey key = PrivateKey.generate(new SecureRandom());
        String pem = key.encryptedPem(passphrase.toCharArray(), new SecureRandom());
        PrivateKey read = PrivateKey.parsePem(pem, "new", passphrase::toCharArray);
        byte[] message = "message".getBytes(UTF_8);
        assertThat(key.publicKey().verify(message, read.sign(message))).isTrue();
        assertThat(key.publicKey().verify("other".getBytes(UTF_8), read.sign(message)))
                .isFalse();
        assertThat(key.publicKey().verify(message, new byte[] {1, 2, 3})).isFalse();
        assertThat(key.publicKey().verify(message, new byte[0])).isFalse();
        assertThat(read.toString()).doesNotContain(pem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1", "Ed25519", "RSA"})
    void plainKeysOfEachKindSign(String kind) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.startsWith("secp") ? "EC" : kind);
        if (kind.startsWith("secp")) {
            generator.initialize(new java.security.spec.ECGenParameterSpec(kind));
        }
        KeyPair pair = generator.generateKeyPair();
        String pem = Pem.print("PRIVATE KEY", pair.getPrivate().getEncoded());
        PrivateKey key = PrivateKey.parsePem(pem, kind, () -> {
            throw new AssertionError("no passphrase is needed");
        });
        assertThat(key.publicKey().pem())
                .isEqualTo(Pem.print("PUBLIC KEY", pair.getPublic().getEncoded()));
        assertThat(PublicKey.parsePem(key.publicKey().pem(), kind).verify(new byte[9], key.sign(new byte[9])))
                .isTrue();
    }

    @Test
    void opensslsKeysAreRead() {
        // openssl ecparam -name prime256v1 -genkey
        String pem = """
                -----BEGIN EC PARAMETERS-----
                BggqhkjOPQMBBw==
                -----END EC PARAMETERS-----
                -----BEGIN EC PRIVATE KEY-----
                MHcCAQEEIGSuAPD3Rbrbhu0zy0ucWka31LA1CLvkJX10tl/41mjRoAoGCCqGSM49
                AwEHoUQDQgAEhSXo+81/Gjg6VsPfII7EaoAjPi3EB4QaNFXIzme7mc/ioF1phY2e
                21e6NN05IxzoykD0CF1JaRgdU4fxI0kzuQ==
                -----END EC PRIVATE KEY-----
                """;
        PrivateKey key = PrivateKey.parsePem(pem, "ec.pem", () -> new char[0]);
        assertThat(key.publicKey().pem()).isEqualTo("""
                -----BEGIN PUBLIC KEY-----
                MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhSXo+81/Gjg6VsPfII7EaoAjPi3E
                B4QaNFXIzme7mc/ioF1phY2e21e6NN05IxzoykD0CF1JaRgdU4fxI0kzuQ==
                -----END PUBLIC KEY-----
                """);
    }

    @Test
    void weakAndForeignKeysAreRefused() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        assertThatThrownBy(() -> PublicKey.parsePem(
                        Pem.print("PUBLIC KEY", pair.getPublic().getEncoded()), "short"))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("kind or size");
        assertThatThrownBy(() -> PublicKey.parsePem(COSIGN, "cosign.key"))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("try: cairn key public");
        assertThatThrownBy(() -> PrivateKey.parsePem(COSIGN_PUBLIC, "cosign.pub", () -> new char[0]))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("try: the private key's file");
        String greedy =
                Pem.print(EncryptedKey.LABEL, """
                {"kdf":{"name":"scrypt","params":{"N":16777216,"r":64,"p":1},"salt":"AA=="},
                 "cipher":{"name":"nacl/secretbox","nonce":"%s"},"ciphertext":"AA=="}
                """.formatted("A".repeat(32)).getBytes(UTF_8));
        assertThatThrownBy(() -> PrivateKey.parsePem(greedy, "greedy", () -> new char[0]))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("asks for too much");
    }

    @Test
    void damagedKeysGiveErrors() {
        byte[] json = Base64.getMimeDecoder()
                .decode(COSIGN.replaceAll("-----[A-Z ]+-----", "").strip());
        String cheap = new String(json, UTF_8).replace("65536", "16");
        Mutations.of(cheap.getBytes(UTF_8), 3, 400, damaged -> {
            try {
                PrivateKey.parsePem(Pem.print(EncryptedKey.LABEL, damaged), "damaged", "pw"::toCharArray);
            } catch (KeyException e) {
                assertThat(e.getMessage()).startsWith("key damaged");
            }
        });
        Mutations.of(COSIGN_PUBLIC.getBytes(UTF_8), 4, 1500, damaged -> {
            try {
                PublicKey.parsePem(new String(damaged, UTF_8), "damaged");
            } catch (KeyException e) {
                assertThat(e.getMessage()).startsWith("key damaged");
            }
        });
    }

    @Test
    void privateFilesAreTheirOwnersOnly(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("my.key");
        KeyFile.writePrivate(file, COSIGN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(KeyFile.readPublic(file, "pw"::toCharArray).pem()).isEqualTo(COSIGN_PUBLIC);
        assertThatThrownBy(() -> KeyFile.writePrivate(file, "other")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent(COSIGN);
        KeyFile.writePublic(folder.resolve("my.pub"), COSIGN_PUBLIC);
        assertThat(KeyFile.readPublic(folder.resolve("my.pub"), () -> new char[0])
                        .pem())
                .isEqualTo(COSIGN_PUBLIC);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("my.key", "my.pub");
    }
}
