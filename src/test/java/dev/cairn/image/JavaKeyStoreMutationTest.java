package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// PEM files come out of packages: damaged ones give a key store with fewer certificates, never none at all.
class JavaKeyStoreMutationTest {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----\n"
            + "MIIBszCCAVmgAwIBAgIUQ2Fpcm4gdGVzdCBjZXJ0aWZpY2F0ZTAKBggqhkjOPQQD\n".repeat(4)
            + "AjASMRAwDgYDVQQDDAdjYWlybg==\n-----END CERTIFICATE-----\n";

    @Test
    void damagedPemIsReadAsFarAsItGoes() {
        byte[] original = ("# two\n" + CERTIFICATE + "text between\n" + CERTIFICATE.replace("MIIB", "MIIC"))
                .getBytes(StandardCharsets.ISO_8859_1);
        Mutations.of(original, 20261127, 3_000, damaged -> {
            JavaKeyStore store = new JavaKeyStore();
            store.add("Some.crt", damaged);
            // At most one for each "-----BEGIN", of which the worst damage repeats a few.
            assertThat(store.size()).isLessThanOrEqualTo(6);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(store.toBytes()));
            assertThat(in.readInt()).isEqualTo(0xfeedfeed);
            assertThat(in.readInt()).isEqualTo(2);
            int count = in.readInt();
            assertThat(count).isEqualTo(store.size());
            for (int i = 0; i < count; i++) {
                assertThat(in.readInt()).isEqualTo(2);
                assertThat(in.readUTF()).startsWith("some");
                assertThat(in.readLong()).isZero();
                assertThat(in.readUTF()).isEqualTo("X.509");
                assertThat(in.readNBytes(in.readInt()).length).isLessThanOrEqualTo(damaged.length);
            }
            assertThat(in.readAllBytes()).as("the checksum").hasSize(20);
        });
    }
}
