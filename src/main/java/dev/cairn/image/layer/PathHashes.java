package dev.cairn.image.layer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The paths of a package's files and links as sorted 64-bit hashes: enough to find, without decoding any file list,
/// the few paths at which packages meet.
public final class PathHashes {
    private final long[] sorted;

    PathHashes(long[] hashes) {
        sorted = hashes.clone();
        Arrays.sort(sorted);
    }

    /// The hash of a path: FNV-1a over its UTF-8 bytes, mixed.
    public static long hash(String path) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }

    /// Whether a path with this hash may be among them; a match is confirmed by the file list.
    public boolean mayContain(long hash) {
        return Arrays.binarySearch(sorted, hash) >= 0;
    }

    /// How many there are.
    public int size() {
        return sorted.length;
    }

    /// The hash at an index, in ascending order.
    public long at(int index) {
        return sorted[index];
    }
}
