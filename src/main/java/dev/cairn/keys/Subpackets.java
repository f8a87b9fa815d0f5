package dev.cairn.keys;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What a signature says besides its numbers (RFC 9580 section 5.2.3.7 and on): the subpackets that are used here.
/// Times are in seconds; -1 and the empty text stand for "not said".
final class Subpackets {
    private static final int CRITICAL = 0x80;

    long created = -1;
    long signatureExpires = -1;
    long keyExpires = -1;
    int keyFlags = -1;
    /// The maker's fingerprint, or where that is not said its key id, upper-case hex.
    String issuer = "";
    final List<byte[]> embedded = new ArrayList<>();
    int unknownCritical = -1;

    Subpackets(byte[] area) {
        Packet.Octets in = new Packet.Octets(area, "a signature's subpacket");
        while (in.remaining() > 0) {
            byte[] subpacket = in.bytes(length(in));
            if (subpacket.length == 0) {
                throw in.malformed("it has no type");
            }
            int type = subpacket[0] & ~CRITICAL & 0xFF;
            Packet.Octets content = new Packet.Octets(subpacket, "a signature's subpacket of type " + type);
            content.octet();
            if (!read(type, content) && (subpacket[0] & CRITICAL) != 0) {
                unknownCritical = type;
            }
        }
    }

    private static long length(Packet.Octets in) {
        int first = in.octet();
        if (first < 192) {
            return first;
        }
        return first < 255 ? ((first - 192) << 8) + in.octet() + 192L : in.number(4);
    }

    /// Whether the type is one that may be critical, because what it says is heeded or does not matter here.
    private boolean read(int type, Packet.Octets content) {
        switch (type) {
            case 2 -> created = content.number(4);
            case 3 -> signatureExpires = content.number(4);
            case 9 -> keyExpires = content.number(4);
            case 16 -> {
                if (issuer.isEmpty()) {
                    issuer = hex(content.bytes(8));
                }
            }
            case 27 -> keyFlags = content.remaining() == 0 ? 0 : content.octet();
            case 32 -> embedded.add(content.bytes(content.remaining()));
            case 33 -> {
                if (content.octet() == 4) {
                    issuer = hex(content.bytes(20));
                }
            }
            // Exportable, revocable, preferences, primary name, policy, signer's name, revocation reason, features.
            case 4, 7, 11, 21, 22, 23, 24, 25, 26, 28, 29, 30, 34, 39 -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
