package dev.cairn.image;

import dev.cairn.archive.GzipAssembler;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarWriter;
import dev.cairn.digest.HashingOutputStream;
import dev.cairn.fetch.ContentStore;
import dev.cairn.fetch.Stored;
import dev.cairn.image.layer.LayerForm;
import dev.cairn.image.layer.Piece;
import dev.cairn.image.layer.StoredLayer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Writes the top layer. Large contents were compressed when they were made; what lies between them — headers, padding,
/// small files — is compressed here, and all of it becomes one gzip member.
final class TopLayerWriter {
    private static final int BLOCK = 512;

    private final ContentStore blobs;

    TopLayerWriter(ContentStore blobs) {
        this.blobs = blobs;
    }

    StoredLayer write(TopTree tree) throws IOException {
        HashingOutputStream tar = HashingOutputStream.discarding();
        Stored stored = blobs.add(out -> {
            Assembly assembly = new Assembly(new GzipAssembler(out), tar, tree);
            for (TopTree.Entry entry : tree.entries()) {
                if (!isHardLink(entry)) {
                    assembly.add(entry);
                }
            }
            // Whatever their names: a hard link can be made only once its file is there.
            for (TopTree.Entry entry : tree.entries()) {
                if (isHardLink(entry)) {
                    assembly.add(entry);
                }
            }
            assembly.end();
        });
        return new StoredLayer(
                LayerForm.TOP, stored.digest(), stored.size(), tar.digest(), tar.count(), stored.digest(), 0);
    }

    private static boolean isHardLink(TopTree.Entry entry) {
        return entry.tar().type() == TarEntry.Type.HARDLINK;
    }

    private static final class Assembly {
        private final GzipAssembler gzip;
        private final OutputStream tar;
        private final TopTree tree;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private final TarWriter headers = new TarWriter(pending);

        Assembly(GzipAssembler gzip, OutputStream tar, TopTree tree) {
            this.gzip = gzip;
            this.tar = tar;
            this.tree = tree;
        }

        void add(TopTree.Entry entry) throws IOException {
            if (!entry.tar().isFile()) {
                headers.put(entry.tar());
                return;
            }
            headers.header(entry.tar());
            for (Piece part : entry.content()) {
                if (part.isCompressed()) {
                    flush();
                    append(part);
                } else {
                    part.writeTo(pending);
                }
            }
            pending.writeBytes(new byte[padding(entry.tar())]);
        }

        void end() throws IOException {
            headers.end();
            flush();
            gzip.finish();
        }

        private void flush() throws IOException {
            if (pending.size() > 0) {
                append(tree.piece(pending.toByteArray()));
                pending.reset();
            }
        }

        private void append(Piece piece) throws IOException {
            Piece compressed = piece.compress();
            gzip.append(compressed.segment(), compressed.deflated());
            piece.writeTo(tar);
        }

        private static int padding(TarEntry entry) {
            return (int) (-entry.size() & BLOCK - 1);
        }
    }
}
