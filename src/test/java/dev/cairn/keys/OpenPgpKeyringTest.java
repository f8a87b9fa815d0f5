package dev.cairn.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.keys.KeyException.Code;
import dev.cairn.testing.Mutations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The messages and keys here were made by GnuPG on 2026-01-01: see make.sh beside them.
class OpenPgpKeyringTest {
    private static final InstantSource CLOCK = at("2026-01-02T00:00:00Z");
    private static final String TEXT =
            "Origin: Example\n- a line with a dash\n-----\ntrailing blanks\n\nFrom here: café\nend\n";

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "ed", "ec", "short", "other", "gone"})
    void tellsWhatATrustedKeySigned(String name) {
        ClearSigned signed = ring(name + ".asc").verifyClearSigned(file(name + ".signed"), CLOCK);

        assertThat(signed.text()).isEqualTo(TEXT);
        assertThat(signed.signerFingerprints()).hasSize(1).first().asString().hasSize(40);
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        assertThat(ring("rsa.asc").verifyClearSigned(file("two.signed"), CLOCK).text())
                .isEqualTo(TEXT);
        assertThat(ring("ed.asc").verifyClearSigned(file("two.signed"), CLOCK).text())
                .isEqualTo(TEXT);
    }

    @Test
    void namesTheSubkeyThatSigned() {
        OpenPgpKeyring ring = ring("rsa.asc");
        List<String> signers = ring.verifyClearSigned(file("rsa.signed"), CLOCK).signerFingerprints();

        assertThat(ring.fingerprints()).hasSize(1).doesNotContainAnyElementsOf(signers);
        assertThat(ring.userIds()).containsExactly("RSA <rsa@example.org>");
    }

    @Test
    void readsBinaryKeyringsAndSeveralFiles() {
        assertThat(ring("two.gpg").fingerprints())
                .containsExactlyInAnyOrderElementsOf(ring("rsa.asc", "ed.asc").fingerprints())
                .isEqualTo(ring("two.gpg").with(ring("two.gpg")).fingerprints().subList(0, 2));
        assertThat(ring("two.gpg").verifyClearSigned(file("ed.signed"), CLOCK).signerFingerprints())
                .hasSize(1);
    }

    @Test
    void readsSeveralArmouredBlocksInOneFile() {
        byte[] both = concat(file("rsa.asc"), file("ed.asc"));

        assertThat(OpenPgpKeyring.parse(both).fingerprints()).hasSize(2);
    }

    @Test
    void checksDetachedSignatures() {
        OpenPgpKeyring ring = ring("two.gpg");

        assertThat(ring.verifyDetached(file("text"), file("rsa.sig.asc"), CLOCK))
                .hasSize(1);
        assertThat(ring.verifyDetached(file("text"), file("ed.sig"), CLOCK)).hasSize(1);
        refuses(Code.BAD_SIGNATURE, () -> ring.verifyDetached(file("rsa.asc"), file("ed.sig"), CLOCK));
    }

    @Test
    void refusesAnUnknownKey() {
        refuses(Code.NO_KEY, () -> ring("other.asc").verifyClearSigned(file("ed.signed"), CLOCK));
    }

    @Test
    void refusesAnExpiredKey() {
        assertThatThrownBy(() -> ring("short.asc").verifyClearSigned(file("short.signed"), at("2027-01-02T00:00:00Z")))
                .hasMessageContaining("expired at 2027-01-01T00:00:00Z")
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.code()).isEqualTo(Code.EXPIRED));
    }

    @Test
    void refusesAnExpiredSignature() {
        assertThat(ring("ed.asc")
                        .verifyClearSigned(file("expiring.signed"), CLOCK)
                        .text())
                .isEqualTo(TEXT);
        refuses(
                Code.EXPIRED,
                () -> ring("ed.asc").verifyClearSigned(file("expiring.signed"), at("2026-02-01T00:00:00Z")));
    }

    @Test
    void refusesASignatureFromTheFuture() {
        refuses(Code.EXPIRED, () -> ring("ed.asc").verifyClearSigned(file("ed.signed"), at("2025-12-01T00:00:00Z")));
    }

    @Test
    void refusesARevokedKey() {
        refuses(Code.REVOKED, () -> ring("revoked.asc").verifyClearSigned(file("gone.signed"), CLOCK));
    }

    @Test
    void refusesWeakHashesAndKeys() {
        refuses(Code.WEAK, () -> ring("sha1.asc").verifyClearSigned(file("sha1.signed"), CLOCK));
        refuses(Code.WEAK, () -> ring("weak.asc").verifyClearSigned(file("weak.signed"), CLOCK));
    }

    @Test
    void refusesChangedText() {
        String message = text("ed.signed");

        refuses(Code.BAD_SIGNATURE, () -> verify("ed.asc", message.replace("Example", "example")));
        refuses(Code.BAD_SIGNATURE, () -> verify("ed.asc", message.replace("\nend\n", "\nend\n\n")));
    }

    @Test
    void ignoresLineEndsAndTrailingBlanksAsTheFormatDoes() {
        String message = text("ed.signed");

        assertThat(verify("ed.asc", message.replace("\n", "\r\n")).text()).isEqualTo(TEXT);
        assertThat(verify("ed.asc", message.replace("Example\n", "Example \t\n"))
                        .text())
                .isEqualTo(TEXT);
    }

    @Test
    void refusesAnythingAroundTheSignedPart() {
        String message = text("ed.signed");

        refuses(Code.MALFORMED, () -> verify("ed.asc", "Origin: Evil\n" + message));
        refuses(Code.MALFORMED, () -> verify("ed.asc", message + "Origin: Evil\n"));
        refuses(Code.MALFORMED, () -> verify("ed.asc", message.replace("Hash: SHA256\n", "Hash: SHA256\nOrigin: E\n")));
        refuses(Code.MALFORMED, () -> verify("ed.asc", message.replace("- -----\n", "-----\n")));
        refuses(Code.MALFORMED, () -> verify("ed.asc", message + message));
    }

    @Test
    void refusesFilesThatAreNoKeyrings() {
        refuses(Code.MALFORMED, () -> OpenPgpKeyring.parse(new byte[0]));
        refuses(Code.MALFORMED, () -> OpenPgpKeyring.parse("hello".getBytes(StandardCharsets.UTF_8)));
        refuses(Code.MALFORMED, () -> OpenPgpKeyring.parse(file("ed.sig")));
    }

    /// Without the owner's confirmation, a key that anyone could have bound to a certificate vouches for nothing.
    @Test
    void refusesASubkeyFromAnotherCertificate() {
        byte[] other = Armor.decodeAll(file("encrypt.asc"), "PUBLIC KEY BLOCK", "test");
        byte[] rsa = Armor.decodeAll(file("rsa.asc"), "PUBLIC KEY BLOCK", "test");
        byte[] subkey = Arrays.copyOfRange(rsa, subkeyAt(rsa), rsa.length);

        OpenPgpKeyring grafted = OpenPgpKeyring.parse(concat(other, subkey));

        refuses(Code.UNUSABLE, () -> grafted.verifyClearSigned(file("rsa.signed"), CLOCK));
    }

    private static int subkeyAt(byte[] packets) {
        int at = 0;
        while ((packets[at] & 0x3C) >> 2 != Packet.PUBLIC_SUBKEY) {
            int lengthOctets = 1 << (packets[at] & 3);
            int length = 0;
            for (int i = 1; i <= lengthOctets; i++) {
                length = length << 8 | packets[at + i] & 0xFF;
            }
            at += 1 + lengthOctets + length;
        }
        return at;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed.signed", "two.signed"})
    void noChangedMessageIsTakenForAnotherText(String name) {
        OpenPgpKeyring ring = ring("two.gpg");
        Mutations.of(file(name), 1, 2000, changed -> {
            try {
                assertThat(ring.verifyClearSigned(changed, CLOCK).text()).isEqualTo(TEXT);
            } catch (KeyException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        });
    }

    @Test
    void noChangedKeyringDoesAnythingButRefuse() {
        byte[] message = file("two.signed");
        Mutations.of(file("two.gpg"), 2, 2000, changed -> {
            try {
                assertThat(OpenPgpKeyring.parse(changed)
                                .verifyClearSigned(message, CLOCK)
                                .text())
                        .isEqualTo(TEXT);
            } catch (KeyException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        });
    }

    private static ClearSigned verify(String key, String message) {
        return ring(key).verifyClearSigned(message.getBytes(StandardCharsets.UTF_8), CLOCK);
    }

    private static void refuses(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private static OpenPgpKeyring ring(String... names) {
        return OpenPgpKeyring.parse(
                Stream.of(names).map(OpenPgpKeyringTest::file).toList());
    }

    private static InstantSource at(String time) {
        return InstantSource.fixed(Instant.parse(time));
    }

    private static String text(String name) {
        return new String(file(name), StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static byte[] file(String name) {
        try (InputStream in = OpenPgpKeyringTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
