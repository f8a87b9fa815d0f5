package dev.cairn.archive;

/// The facts of a piece of deflate data (RFC 1951) that stands alone: no final block, a window of its own, an end on a
/// byte boundary. Such pieces can be put one behind another in any order, and [GzipAssembler] makes one gzip member of
/// them.
///
/// `compressedLength` and `length` (before compression) are in bytes; `crc32` is that of the uncompressed bytes.
public record DeflateSegment(long compressedLength, long length, int crc32) {
    /// Names the compressor whose bytes these are: part of the key of everything that holds compressed bytes, changed
    /// whenever the compressor's output changes.
    public static final String FORMAT = "deflate-1";

    public DeflateSegment {
        if (compressedLength < 0 || length < 0) {
            throw new IllegalArgumentException("deflate segment of " + compressedLength + " and " + length + " bytes");
        }
    }
}
