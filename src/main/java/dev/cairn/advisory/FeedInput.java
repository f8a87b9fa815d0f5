package dev.cairn.advisory;

import dev.cairn.archive.Decompressor;
import dev.cairn.digest.Digest;
import dev.cairn.digest.HashingInputStream;
import dev.cairn.fetch.Document;
import dev.cairn.fetch.Downloader;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// Opens a feed wherever it is and gives its documents, decompressed, one after the other: a file, the members of a
/// zip, the files of a folder. What is fetched goes through the cache and is asked for only if it has changed.
///
/// Limits: 4 GiB for a download, 1 GiB for one document, 32 GiB and 4 million documents for a feed.
final class FeedInput {
    private static final long LONGEST_DOWNLOAD = 4L << 30;
    private static final long LONGEST_DOCUMENT = 1L << 30;
    private static final long LONGEST_FEED = 32L << 30;
    private static final int MOST_DOCUMENTS = 4_000_000;

    private final Downloader downloader;
    private long documents;
    private long length;

    /// What is done with each document.
    interface Reader {
        void read(InputStream in, String what) throws IOException;
    }

    FeedInput(Downloader downloader) {
        this.downloader = downloader;
    }

    /// Gives all documents of a feed to `reader`; the digest is of what was read, as it is stored.
    Digest read(Feed feed, Reader reader) throws IOException {
        if (feed.isRemote()) {
            Document document = downloader.get(URI.create(feed.location()), LONGEST_DOWNLOAD);
            file(document.path(), feed.location(), reader);
            return document.digest();
        }
        Path path = Path.of(feed.location());
        if (!Files.isDirectory(path)) {
            return file(path, feed.location(), reader);
        }
        StringBuilder digests = new StringBuilder();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(path, 8)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(FeedInput::isDocument)
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            digests.append(file(file, file.toString(), reader)).append('\n');
        }
        if (files.isEmpty()) {
            throw AdvisoryException.malformed(feed.location(), "no JSON file in this folder");
        }
        return Digest.of(digests.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isDocument(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.contains(".json") || name.endsWith(".zip") || name.contains(".csv");
    }

    private Digest file(Path file, String what, Reader reader) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                HashingInputStream hashing = new HashingInputStream(raw)) {
            BufferedInputStream in = new BufferedInputStream(Decompressor.open(hashing), 1 << 16);
            in.mark(4);
            byte[] start = in.readNBytes(4);
            in.reset();
            if (start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
                zip(in, what, reader);
            } else {
                document(in, what, reader);
            }
            hashing.transferTo(java.io.OutputStream.nullOutputStream());
            return hashing.digest();
        }
    }

    private void zip(InputStream in, String what, Reader reader) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory() && entry.getName().endsWith(".json")) {
                document(zip, what + "!" + entry.getName(), reader);
            }
        }
    }

    private void document(InputStream in, String what, Reader reader) throws IOException {
        if (++documents > MOST_DOCUMENTS) {
            throw new AdvisoryException(
                    AdvisoryException.Code.TOO_LARGE, what + ": more than " + MOST_DOCUMENTS + " documents");
        }
        reader.read(new Bounded(in, what), what);
    }

    /// Counts, and stays open: the zip goes on behind it.
    private final class Bounded extends FilterInputStream {
        private final String what;
        private long left = LONGEST_DOCUMENT;

        Bounded(InputStream in, String what) {
            super(in);
            this.what = what;
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            int read = super.read(bytes, offset, count);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) {
            left -= read;
            length += read;
            if (left < 0 || length > LONGEST_FEED) {
                throw new AdvisoryException(AdvisoryException.Code.TOO_LARGE, what + ": larger than is read");
            }
        }

        @Override
        public void close() {
            // the stream behind is closed by whoever opened it
        }
    }
}
