package dev.cairn.registry.http;

import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Shown;

/// The place of a chunk in its upload: `0-99`, as OCI distribution-spec has it, or `bytes 0-99/200`, as HTTP has.
///
/// @param first the position of its first byte
/// @param length how many bytes it has
record ContentRange(long first, long length) {
    /// Reads the header.
    ///
    /// @throws DistributionException `BLOB_UPLOAD_INVALID`
    static ContentRange parse(String header) {
        String text = header.startsWith("bytes ") ? header.substring("bytes ".length()) : header;
        int slash = text.indexOf('/');
        text = slash < 0 ? text : text.substring(0, slash);
        int dash = text.indexOf('-');
        try {
            long first = Long.parseUnsignedLong(text, 0, Math.max(dash, 0), 10);
            long last = Long.parseUnsignedLong(text, dash + 1, text.length(), 10);
            if (first >= 0 && last >= first && last < Long.MAX_VALUE) {
                return new ContentRange(first, last - first + 1);
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new DistributionException(
                DistributionException.Code.BLOB_UPLOAD_INVALID,
                "Content-Range '" + Shown.of(header) + "' is not FIRST-LAST");
    }
}
