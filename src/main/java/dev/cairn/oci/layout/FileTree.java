package dev.cairn.oci.layout;

import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.layout.LayoutException.Code;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of a layout: in a folder, or in a tar whose entries stay where they are.
sealed interface FileTree {
    /// The folder or tar, for messages.
    Path path();

    /// The file at this relative path, or null where there is none.
    @Nullable
    Range find(String path) throws IOException;

    /// The file's content.
    default byte[] read(String path, int limit) throws IOException {
        Range range = require(path);
        if (range.length() > limit) {
            throw new LayoutException(
                    Code.MALFORMED,
                    path() + ": " + path + " has " + range.length() + " bytes, at most " + limit + " are read");
        }
        try (InputStream in = range.open()) {
            return in.readNBytes((int) range.length());
        }
    }

    /// The file at this relative path, which must be there.
    default Range require(String path) throws IOException {
        Range range = find(path);
        if (range == null) {
            throw new LayoutException(Code.MALFORMED, path() + ": has no " + path);
        }
        return range;
    }

    /// Where a file's bytes lie.
    record Range(Path file, long offset, long length) {
        InputStream open() throws IOException {
            return blob(Descriptor.of("application/octet-stream", UNKNOWN, length))
                    .open();
        }

        Blob blob(Descriptor descriptor) {
            return Blob.range(file, offset, length, descriptor);
        }

        // Stands for a digest that nobody has computed; only unchecked reads are made with it.
        private static final Digest UNKNOWN = Digest.sha256("0".repeat(64));
    }

    /// A folder. Links are not followed, since a layout from elsewhere must not name files outside of it.
    record Folder(Path path) implements FileTree {
        @Override
        public @Nullable Range find(String name) throws IOException {
            Path file = path.resolve(name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            return new Range(file, 0, Files.size(file));
        }
    }

    /// A tar that is not compressed.
    record Tar(Path path, Map<String, TarEntry> entries, Map<String, Long> offsets) implements FileTree {
        private static final int BUFFER = 1 << 18;
        private static final int MOST_LINKS = 8;
        private static final TarLimits LIMITS =
                new TarLimits(200_000, Long.MAX_VALUE >> 1, Long.MAX_VALUE >> 1, 4096, 16, 64 << 10);

        /// Finds the entries; their content is passed over.
        static Tar scan(Path path) throws IOException {
            Map<String, TarEntry> entries = new HashMap<>();
            Map<String, Long> offsets = new HashMap<>();
            try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
                TarReader tar = new TarReader(in, LIMITS);
                for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
                    TarEntry before = entries.put(entry.path(), entry);
                    if (before != null && !entry.isDirectory()) {
                        throw new LayoutException(Code.MALFORMED, path + ": has two entries '" + entry.path() + "'");
                    }
                    offsets.put(entry.path(), tar.position());
                }
            }
            return new Tar(path, entries, offsets);
        }

        @Override
        public @Nullable Range find(String name) {
            TarEntry entry = entries.get(name);
            for (int links = 0; entry != null && links < MOST_LINKS; links++) {
                switch (entry.type()) {
                    case FILE -> {
                        return new Range(path, offsets.getOrDefault(entry.path(), 0L), entry.size());
                    }
                    case HARDLINK -> entry = entries.get(entry.link());
                    // Docker wrote a layer that occurs twice as a link to its first place.
                    case SYMLINK -> entry = entries.get(target(entry));
                    case DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {
                        return null;
                    }
                }
            }
            return null;
        }

        private static String target(TarEntry link) {
            Deque<String> segments = new ArrayDeque<>();
            for (String segment : (link.parent() + "/" + link.link()).split("/", -1)) {
                if (segment.equals("..")) {
                    segments.pollLast();
                } else if (!segment.isEmpty() && !segment.equals(".")) {
                    segments.addLast(segment);
                }
            }
            return String.join("/", segments);
        }
    }
}
