package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.oci.Image;
import dev.cairn.oci.Layer;
import dev.cairn.oci.Platform;
import dev.cairn.oci.layout.LayoutReader;
import dev.cairn.testing.Golden;
import dev.cairn.testing.MadeDistributions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The digests of whole images stay what they are from one version to the next: a changed line here means that every
/// image that was ever built has other bytes when it is built again. Change the version of what changed (the
/// transcoder's, the deflate format's) with it, and say so in the commit.
class GoldenImageTest {
    @TempDir
    Path folder;

    @Test
    void imagesOfDebsStayTheSame() throws IOException {
        check("deb", MadeDistributions.deb(folder));
    }

    @Test
    void imagesOfApksStayTheSame() throws IOException {
        check("apk", MadeDistributions.apk(folder));
    }

    private void check(String name, Path definition) throws IOException {
        Path layout = folder.resolve(name + ".oci");
        Ran ran = Ran.cairn(
                Map.of("CAIRN_CACHE", folder.resolve("cache").toString()),
                "build",
                definition.toString(),
                "--to",
                layout.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        StringBuilder digests = new StringBuilder();
        for (Platform platform : List.of(Platform.LINUX_AMD64, Platform.LINUX_ARM64)) {
            Image image = LayoutReader.open(layout).image("latest", platform);
            line(digests, platform + " image", image.digest());
            for (Layer layer : image.layers()) {
                line(digests, "  layer", layer.descriptor().digest() + " of " + layer.diffId());
            }
        }
        Golden.check("src/test/resources/dev/cairn/cli/golden-image-" + name + ".txt", digests.toString());
    }

    private static void line(StringBuilder digests, String what, Object value) {
        digests.append(what).append(' ').append(value).append('\n');
    }
}
