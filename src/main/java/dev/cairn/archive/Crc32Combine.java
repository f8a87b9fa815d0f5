package dev.cairn.archive;

/// The CRC-32 of a concatenation from the CRCs of its parts: appending n bytes multiplies the first part's CRC by
/// x^(8n)
/// modulo the polynomial of RFC 1952, section 8, in its reflected form (bit 31 is x^0).
final class Crc32Combine {
    private static final int POLYNOMIAL = 0xedb88320;
    private static final int ONE = 1 << 31;
    private static final int X8 = 1 << 23;

    private Crc32Combine() {}

    /// The CRC of A followed by B, where B is `lengthB` bytes long.
    static int combine(int crcA, int crcB, long lengthB) {
        return multiply(power(lengthB), crcA) ^ crcB;
    }

    /// x^(8n), by repeated squaring.
    private static int power(long n) {
        int result = ONE;
        int square = X8;
        for (long rest = n; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    private static int multiply(int a, int b) {
        int product = 0;
        int shifted = b;
        for (int bit = 31; bit >= 0; bit--) {
            if (((a >>> bit) & 1) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
        }
        return product;
    }
}
