package dev.cairn.image.layer;

import dev.cairn.archive.Decompressor;
import dev.cairn.archive.DeflateSegment;
import dev.cairn.archive.GzipAssembler;
import dev.cairn.archive.SegmentWriter;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.archive.TarWriter;
import dev.cairn.digest.Digest;
import dev.cairn.digest.HashingOutputStream;
import dev.cairn.fetch.ContentStore;
import dev.cairn.fetch.RecordStore;
import dev.cairn.fetch.Stored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/// Composes a layer out of several packages. Docker and podman refuse a path twice in one layer, so the directories
/// are merged and come first; behind them each package's files follow as a deflate segment that was made once. All of
/// it
/// is one gzip member, since some runtimes stop after the first.
final class GroupLayer {
    private static final String SEGMENTS = "segment-" + Transcoder.VERSION + "-" + DeflateSegment.FORMAT;

    private final LayerStore layers;
    private final ContentStore blobs;
    private final RecordStore records;

    GroupLayer(LayerStore layers, ContentStore blobs, RecordStore records) {
        this.layers = layers;
        this.blobs = blobs;
        this.records = records;
    }

    /// A package's files and links without its directories: tar bytes, compressed, kept under their digest.
    private record Segment(Digest blob, DeflateSegment facts) {}

    StoredLayer compose(List<PackageFacts> packages) throws IOException {
        HashingOutputStream tar = HashingOutputStream.discarding();
        Stored stored = blobs.add(out -> {
            GzipAssembler gzip = new GzipAssembler(out);
            append(gzip, tar, mergedDirectories(packages));
            for (PackageFacts each : packages) {
                append(gzip, tar, segment(each));
            }
            append(gzip, tar, tarEnd());
            gzip.finish();
        });
        return new StoredLayer(
                LayerForm.GROUPED, stored.digest(), stored.size(), tar.digest(), tar.count(), stored.digest(), 0);
    }

    private static void append(GzipAssembler gzip, OutputStream tar, Piece piece) throws IOException {
        Piece compressed = piece.compress();
        gzip.append(compressed.segment(), compressed.deflated());
        piece.writeTo(tar);
    }

    private void append(GzipAssembler gzip, OutputStream tar, Segment segment) throws IOException {
        Path path = blobs.find(segment.blob())
                .orElseThrow(() -> new LayerException(
                        LayerException.Code.CACHE, "segment " + segment.blob() + " vanished from the cache"));
        try (FileChannel channel = FileChannel.open(path)) {
            gzip.append(segment.facts(), Channels.newInputStream(channel));
        }
        Inflater inflater = new Inflater(true);
        try (InputStream in = new InflaterInputStream(Files.newInputStream(path), inflater, 1 << 16)) {
            long copied = 0;
            byte[] buffer = new byte[1 << 16];
            while (copied < segment.facts().length()) {
                int n = in.read(
                        buffer, 0, (int) Math.min(buffer.length, segment.facts().length() - copied));
                if (n < 0) {
                    throw new LayerException(
                            LayerException.Code.CACHE, "segment " + segment.blob() + " is shorter than recorded");
                }
                tar.write(buffer, 0, n);
                copied += n;
            }
        } finally {
            inflater.end();
        }
    }

    /// One entry for each directory: the first that is not plain, else a plain one with the newest time.
    private Piece mergedDirectories(List<PackageFacts> packages) throws IOException {
        Map<String, TarEntry> merged = new TreeMap<>();
        for (PackageFacts each : packages) {
            for (FileFact directory : each.directories()) {
                TarEntry entry = TarEntry.directory(directory.path(), directory.mode())
                        .withOwner(directory.uid(), directory.gid());
                if (!directory.isPlainDirectory()) {
                    merged.put(directory.path(), entry);
                } else {
                    merged.putIfAbsent(directory.path(), entry);
                }
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter writer = new TarWriter(bytes);
        for (TarEntry entry : merged.values()) {
            writer.put(entry);
        }
        return layers.piece(bytes.toByteArray());
    }

    private Piece tarEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new TarWriter(bytes).end();
        return layers.piece(bytes.toByteArray());
    }

    private Segment segment(PackageFacts facts) throws IOException {
        Digest key = facts.layer().digest();
        Optional<byte[]> kept = records.read(SEGMENTS, key);
        if (kept.isPresent()) {
            Decoder in = new Decoder(kept.get());
            Segment segment = new Segment(
                    Digest.parse(in.text()), new DeflateSegment(in.number(), in.number(), (int) in.number()));
            if (blobs.find(segment.blob()).isPresent()) {
                return segment;
            }
        }
        Segment made = make(facts);
        Encoder out = new Encoder();
        out.text(made.blob().toString());
        out.number(made.facts().compressedLength());
        out.number(made.facts().length());
        out.number(made.facts().crc32() & 0xffffffffL);
        records.write(SEGMENTS, key, out.toByteArray());
        return made;
    }

    private Segment make(PackageFacts facts) throws IOException {
        DeflateSegment[] written = new DeflateSegment[1];
        Stored stored = blobs.add(out -> {
            SegmentWriter segment = new SegmentWriter(out);
            TarWriter tar = new TarWriter(segment);
            try (InputStream layer =
                    Decompressor.open(layers.layer(facts.layer()).blob().open())) {
                copyFiles(new TarReader(layer, TarLimits.STANDARD), tar);
            }
            written[0] = segment.finish();
        });
        return new Segment(stored.digest(), written[0]);
    }

    private static void copyFiles(TarReader from, TarWriter to) throws IOException {
        for (TarEntry entry = from.next(); entry != null; entry = from.next()) {
            if (!entry.isDirectory()) {
                Map<String, byte[]> attributes = Transcoder.extended(from.attributes());
                to.put(entry.withOwner(entry.uid(), entry.gid()), attributes, from.content());
            }
        }
    }
}
