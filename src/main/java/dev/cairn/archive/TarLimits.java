package dev.cairn.archive;

/// How much a [TarReader] accepts before it gives up: number of entries, bytes of one entry, bytes of the whole stream,
/// length of a path or link in characters, segments in a path, and bytes of one metadata record (PAX or GNU long name).
public record TarLimits(long entries, long entrySize, long totalSize, int pathLength, int pathDepth, int metadataSize) {

    /// Room for any real package or image: 2 million entries, 16 GiB an entry, 64 GiB in all.
    public static final TarLimits STANDARD = new TarLimits(2_000_000, 16L << 30, 64L << 30, 4096, 256, 1 << 20);

    /// For small trusted shapes such as an index or a control archive: 10,000 entries, 1 GiB.
    public static final TarLimits SMALL = new TarLimits(10_000, 1L << 30, 1L << 30, 4096, 64, 64 << 10);

    public TarLimits {
        if (entries < 0 || entrySize < 0 || totalSize < 0 || pathLength < 1 || pathDepth < 1 || metadataSize < 0) {
            throw new IllegalArgumentException("tar limits must not be negative");
        }
    }

    /// The same limits with at most `bytes` in all.
    public TarLimits withTotalSize(long bytes) {
        return new TarLimits(entries, Math.min(entrySize, bytes), bytes, pathLength, pathDepth, metadataSize);
    }
}
