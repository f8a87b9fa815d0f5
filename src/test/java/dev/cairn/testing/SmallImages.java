package dev.cairn.testing;

import dev.cairn.archive.GzipOutputStream;
import dev.cairn.archive.TarWriter;
import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Execution;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.Layer;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.Platform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Images of a few entries, made in memory.
public final class SmallImages {
    private SmallImages() {}

    /// Writes a layer's entries.
    public interface Entries {
        /// Puts them; the end is written by the caller.
        void writeTo(TarWriter tar) throws IOException;
    }

    /// A gzip layer of these entries.
    public static Layer layer(Entries entries) {
        try {
            ByteArrayOutputStream tar = new ByteArrayOutputStream();
            TarWriter writer = new TarWriter(tar);
            entries.writeTo(writer);
            writer.end();
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (OutputStream gzip = new GzipOutputStream(zipped)) {
                gzip.write(tar.toByteArray());
            }
            return new Layer(Blob.of(zipped.toByteArray(), MediaType.LAYER_GZIP), Digest.of(tar.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A layer of one file.
    public static Layer file(String path, String content) {
        return layer(tar -> tar.file(path, 0644, content.getBytes(StandardCharsets.UTF_8)));
    }

    /// An image for Linux on amd64 that would run `/hello`.
    public static Image image(Layer... layers) {
        return image(Platform.LINUX_AMD64, layers);
    }

    /// An image for this platform.
    public static Image image(Platform platform, Layer... layers) {
        List<Digest> diffIds = new ArrayList<>();
        for (Layer layer : layers) {
            diffIds.add(layer.diffId());
        }
        Execution execution = Execution.NONE.withEntrypoint(List.of("/hello")).withUser("65532");
        return Image.of(ImageConfig.of(Instant.EPOCH, platform, execution, diffIds), List.of(layers));
    }
}
