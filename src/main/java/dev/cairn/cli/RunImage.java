package dev.cairn.cli;

import dev.cairn.oci.Image;
import dev.cairn.oci.Platform;
import dev.cairn.oci.source.ImageSource;
import java.io.IOException;

/// Finds the image that `cairn run` is given, for this machine.
final class RunImage {
    private final Session session;

    RunImage(Session session) {
        this.session = session;
    }

    Image find(String text) throws IOException {
        Platform machine = ImageSource.machine();
        Image image = session.image(text).image(null);
        if (!machine.accepts(image.config().platform())) {
            throw new CliException(
                    CliException.Code.NOT_STARTED,
                    "the image is for " + image.config().platform() + ", this machine is " + machine);
        }
        return image;
    }
}
