package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.image.definition.Definition;
import dev.cairn.oci.Layer;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the size of the layers that we compress against `gzip -6` of the same tars.
class LayerSizeIT {
    private static final String DEBS = """
            contents:
              repositories: [deb trixie main]
              packages: [redis-server, nginx, python3-minimal, libstdc++6]
            """;

    @TempDir
    Path folder;

    @Test
    void layersOfDebsAreNotMuchLargerThanGzips() throws IOException {
        Tool gzip = Tool.require("gzip");
        Definition definition = Installed.definition(folder, DEBS);
        AssembledImage image = new BuiltImages().build(definition, BuiltImages.requireMirror());
        long ours = 0;
        long theirs = 0;
        Path tar = folder.resolve("layer.tar");
        for (Layer layer : image.image().layers()) {
            try (InputStream in = new GZIPInputStream(layer.blob().open())) {
                Files.write(tar, in.readAllBytes());
            }
            gzip.run("-6", "-n", "-f", tar).success();
            ours += layer.descriptor().size();
            theirs += Files.size(folder.resolve("layer.tar.gz"));
        }
        System.out.printf("layers of debs: %d bytes, gzip -6: %d, ratio %.3f%n", ours, theirs, (double) ours / theirs);
        assertThat(theirs).as("enough to compare").isGreaterThan(5_000_000);
        assertThat((double) ours).isLessThanOrEqualTo(1.08 * theirs);
    }
}
