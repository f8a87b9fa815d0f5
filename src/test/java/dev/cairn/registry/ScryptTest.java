package dev.cairn.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ScryptTest {
    private static String hash(String password, String salt, int n, int r, int p) {
        byte[] hash = Scrypt.hash(password.getBytes(UTF_8), salt.getBytes(UTF_8), new Scrypt.Cost(n, r, p), 64);
        return HexFormat.of().formatHex(hash);
    }

    @Test
    void theVectorsOfRfc7914() {
        assertThat(hash("", "", 16, 1, 1))
                .isEqualTo("77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906");
        assertThat(hash("password", "NaCl", 1024, 8, 16))
                .isEqualTo("fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                        + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
        assertThat(hash("pleaseletmein", "SodiumChloride", 16384, 8, 1))
                .isEqualTo("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                        + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
    }

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        Passwords passwords = new Passwords(new SecureRandom(), new Scrypt.Cost(16, 1, 1));
        String kept = passwords.hash("correct horse");
        assertThat(kept).doesNotContain("correct").isNotEqualTo(passwords.hash("correct horse"));
        assertThat(passwords.matches("correct horse", kept)).isTrue();
        assertThat(passwords.matches("correct hors", kept)).isFalse();
        assertThat(passwords.matches("", kept)).isFalse();
        for (String broken :
                new String[] {"", "scrypt$", "scrypt$16,1$a$b", "scrypt$0,1,1$AA$AA", "scrypt$16,1,1$?$?", "bcrypt"}) {
            assertThat(passwords.matches("correct horse", broken)).isFalse();
        }
        assertThatThrownBy(() -> passwords.hash("short")).isInstanceOf(DistributionException.class);
    }

    @Test
    void aTokenIsReadBackAndAMistypedOneIsNot() {
        TokenSecret secret = TokenSecret.create(new SecureRandom());
        assertThat(TokenSecret.parse(secret.text())).contains(secret);
        assertThat(secret.toString()).doesNotContain(secret.text().substring(30, 80));
        char last = secret.text().charAt(40);
        String mistyped = secret.text().substring(0, 40)
                + (last == '0' ? '1' : '0')
                + secret.text().substring(41);
        assertThat(TokenSecret.parse(mistyped)).isEmpty();
        assertThat(TokenSecret.parse("cairn_")).isEmpty();
    }
}
