package dev.cairn.cli;

import dev.cairn.inspect.ImageContents;
import dev.cairn.inspect.Inspector;
import dev.cairn.oci.Image;
import dev.cairn.oci.Platform;
import dev.cairn.oci.source.ImageSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/// `--platform`: which of an index's images is meant.
final class PlatformOption {
    private final OptionSpec spec = Spec.text(
            "OS/ARCH",
            "of an image for several platforms, the one for this (default: this machine's, else the first)",
            "--platform");

    OptionSpec spec() {
        return spec;
    }

    /// The image that a person names, for the platform of the option.
    Image image(Session session, String name) throws IOException {
        return image(session.image(name));
    }

    /// The image of a source for the platform of the option.
    Image image(ImageSource source) {
        @Nullable String given = spec.getValue();
        return source.image(given == null ? null : Platform.parse(given));
    }

    /// Looks at an image, layer by layer as `progress` tells.
    static ImageContents inspect(Image image, boolean contents, Progress progress) throws IOException {
        int layers = image.layers().size();
        return Inspector.inspect(image, contents, left -> progress.items(layers - left, layers, "layers"));
    }
}
