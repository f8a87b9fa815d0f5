package dev.cairn.registry;

import dev.cairn.digest.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/// A token as its bearer has it: `cairn_<id>_<secret>_<checksum>`, in lower-case hex. The prefix lets scanners of
/// secrets find it, the checksum lets a mistyped one be refused without a look-up. Only the SHA-256 of it is kept: with
/// 32 random bytes there is nothing to guess.
public record TokenSecret(String id, String text) {
    private static final String PREFIX = "cairn_";
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final int LENGTH = PREFIX.length() + 2 * ID_BYTES + 1 + 2 * SECRET_BYTES + 1 + 8;

    /// A new one.
    public static TokenSecret create(SecureRandom random) {
        byte[] id = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(id);
        random.nextBytes(secret);
        HexFormat hex = HexFormat.of();
        String body = PREFIX + hex.formatHex(id) + "_" + hex.formatHex(secret);
        return new TokenSecret(hex.formatHex(id), body + "_" + checksum(body));
    }

    /// The token, if the text has the form of one.
    public static Optional<TokenSecret> parse(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String body = text.substring(0, LENGTH - 9);
        if (!text.substring(LENGTH - 9).equals("_" + checksum(body))) {
            return Optional.empty();
        }
        return Optional.of(new TokenSecret(text.substring(PREFIX.length(), PREFIX.length() + 2 * ID_BYTES), text));
    }

    /// What is kept of it.
    public byte[] hash() {
        return Digest.Algorithm.SHA256.newHash().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /// Without the secret.
    @Override
    public String toString() {
        return PREFIX + id + "_…";
    }
}
