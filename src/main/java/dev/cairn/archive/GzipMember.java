package dev.cairn.archive;

/// Where one member of a gzip file lies (offset and length of all of it, header and trailer included, in bytes), and
/// how
/// many bytes it decompresses to.
public record GzipMember(long offset, long length, long contentLength) {
    public GzipMember {
        if (offset < 0 || length < 0 || contentLength < 0) {
            throw new IllegalArgumentException("gzip member at " + offset + " of " + length + " bytes");
        }
    }

    /// The offset just behind it.
    public long end() {
        return offset + length;
    }
}
