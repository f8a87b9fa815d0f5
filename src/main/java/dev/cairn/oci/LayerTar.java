package dev.cairn.oci;

import dev.cairn.archive.ArchiveException;
import dev.cairn.archive.Decompressor;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.digest.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;

/// Reads a layer's tar entry by entry, and holds the layer against its digest and its diffID on the way (OCI
/// image-spec, layer.md). Whatever a visitor made of the entries counts only once [#read] has returned: a layer
/// that is not what its descriptor says is an [OciException] at its end. Nothing is held; a tar over the limits, or
/// one that no reader should take, is an [ArchiveException] that names the layer.
public final class LayerTar {
    private static final int BUFFER = 1 << 16;

    private LayerTar() {}

    /// Is told of each entry of a layer, whiteouts included.
    public interface Visitor {
        /// An entry; its content and attributes are those of `tar` until the call returns.
        void visit(TarEntry entry, TarReader tar) throws IOException;
    }

    /// Tells `visitor` of each entry, in the layer's order.
    public static void read(Layer layer, TarLimits limits, Visitor visitor) throws IOException {
        Digest.Algorithm algorithm = layer.diffId().algorithm();
        try (InputStream blob = new BufferedInputStream(layer.blob().openChecked(), BUFFER);
                DigestInputStream tar = new DigestInputStream(Decompressor.open(blob), algorithm.newHash())) {
            TarReader reader = new TarReader(tar, limits);
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                visitor.visit(entry, reader);
            }
            tar.transferTo(OutputStream.nullOutputStream());
            blob.transferTo(OutputStream.nullOutputStream());
            Digest found = Digest.finish(algorithm, tar.getMessageDigest());
            if (!found.equals(layer.diffId())) {
                throw new OciException(
                        OciException.Code.DIGEST_MISMATCH,
                        "layer " + layer.blob().digest() + ": its tar is " + found + ", the configuration names "
                                + layer.diffId());
            }
        } catch (ArchiveException e) {
            ArchiveException named =
                    new ArchiveException(e.code(), "layer " + layer.blob().digest() + ": " + e.getMessage());
            named.initCause(e);
            throw named;
        }
    }
}
