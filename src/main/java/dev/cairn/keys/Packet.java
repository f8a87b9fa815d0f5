package dev.cairn.keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One OpenPGP packet (RFC 9580 section 4): its type and its body. Only bodies of a length known beforehand: keys and
/// signatures have no others.
final class Packet {
    static final int SIGNATURE = 2;
    static final int SECRET_KEY = 5;
    static final int PUBLIC_KEY = 6;
    static final int USER_ID = 13;
    static final int PUBLIC_SUBKEY = 14;
    static final int USER_ATTRIBUTE = 17;

    private final int type;
    private final byte[] body;

    private Packet(int type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    int type() {
        return type;
    }

    byte[] body() {
        return body;
    }

    /// All packets of `bytes`, which `what` calls in messages.
    static List<Packet> readAll(byte[] bytes, String what) {
        List<Packet> packets = new ArrayList<>();
        Octets in = new Octets(bytes, what);
        while (in.remaining() > 0) {
            int first = in.octet();
            if ((first & 0x80) == 0) {
                throw in.malformed("no packet starts with octet " + first);
            }
            boolean current = (first & 0x40) != 0;
            int type = current ? first & 0x3F : (first >> 2) & 0x0F;
            long length = current ? length(in) : oldLength(in, first & 3);
            packets.add(new Packet(type, in.bytes(length)));
        }
        return packets;
    }

    /// Section 4.2.1, and subpackets' lengths (5.2.3.7) but for partial ones, which they do not have.
    private static long length(Octets in) {
        int first = in.octet();
        if (first < 192) {
            return first;
        }
        if (first < 224) {
            return ((first - 192) << 8) + in.octet() + 192L;
        }
        if (first == 255) {
            return in.number(4);
        }
        throw in.malformed("a packet of keys or signatures has no partial length");
    }

    /// Section 4.2.2.
    private static long oldLength(Octets in, int lengthType) {
        if (lengthType == 3) {
            throw in.malformed("a packet of keys or signatures has no indeterminate length");
        }
        return in.number(1 << lengthType);
    }

    /// Octets read one field after the other; reading past the end says that `what` is malformed.
    static final class Octets {
        private final byte[] bytes;
        private final String what;
        private int at;

        Octets(byte[] bytes, String what) {
            this.bytes = bytes;
            this.what = what;
        }

        int remaining() {
            return bytes.length - at;
        }

        int position() {
            return at;
        }

        int octet() {
            if (at >= bytes.length) {
                throw malformed("it is cut off");
            }
            return bytes[at++] & 0xFF;
        }

        /// A big-endian number of up to four octets.
        long number(int octets) {
            long value = 0;
            for (int i = 0; i < octets; i++) {
                value = value << 8 | octet();
            }
            return value;
        }

        byte[] bytes(long count) {
            if (count > remaining()) {
                throw malformed("it is cut off");
            }
            int from = at;
            at += (int) count;
            return Arrays.copyOfRange(bytes, from, at);
        }

        /// A multiprecision integer's octets (section 3.2), without leading zeros.
        byte[] integer() {
            long bits = number(2);
            byte[] value = bytes((bits + 7) / 8);
            if (bits == 0 || value[0] == 0) {
                throw malformed("it has a number that is not in its shortest form");
            }
            return value;
        }

        KeyException malformed(String why) {
            return new KeyException(KeyException.Code.MALFORMED, what + " cannot be read: " + why);
        }
    }
}
