package dev.cairn.archive;

import java.util.Arrays;

/// The codes that deflate knows without description (RFC 1951, section 3.2.6).
final class FixedCodes {
    final HuffmanCode literals = new HuffmanCode(288, 15);
    final HuffmanCode distances = new HuffmanCode(32, 15);

    FixedCodes() {
        byte[] lengths = new byte[288];
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, 256, (byte) 9);
        Arrays.fill(lengths, 256, 280, (byte) 7);
        Arrays.fill(lengths, 280, 288, (byte) 8);
        literals.assign(lengths);
        byte[] five = new byte[32];
        Arrays.fill(five, (byte) 5);
        distances.assign(five);
    }
}
