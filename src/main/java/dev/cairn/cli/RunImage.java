package dev.cairn.cli;

import dev.cairn.oci.Image;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Platform;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutReader;
import dev.cairn.oci.remote.DockerCredentials;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Finds the image that `cairn run` is given: an OCI layout (folder or tar) or docker archive, which `:TAG` may follow,
/// else a reference that begins with its registry.
final class RunImage {
    private final Session session;

    RunImage(Session session) {
        this.session = session;
    }

    Image find(String text) throws IOException {
        Platform machine = Platform.linux("aarch64".equals(System.getProperty("os.arch")) ? "arm64" : "amd64");
        Image image = find(text, machine);
        if (!machine.accepts(image.config().platform())) {
            throw new CliException(
                    CliException.Code.NOT_STARTED,
                    "the image is for " + image.config().platform() + ", this machine is " + machine);
        }
        return image;
    }

    private Image find(String text, Platform machine) throws IOException {
        if (Files.exists(Path.of(text))) {
            return LayoutReader.open(Path.of(text)).image(null, machine);
        }
        int colon = text.lastIndexOf(':');
        if (colon > 0 && Files.exists(Path.of(text.substring(0, colon)))) {
            return LayoutReader.open(Path.of(text.substring(0, colon))).image(text.substring(colon + 1), machine);
        }
        Reference reference = reference(text);
        if (reference == null) {
            throw RunInput.usage("there is no image at " + text
                    + "\ntry: cairn build first\ntry: the reference with its registry, as in docker.io/library/"
                    + text);
        }
        if (session.offline()) {
            throw RunInput.usage(text + " is in a registry, and the network is off limits\ntry: without --offline");
        }
        RegistryOptions options =
                RegistryOptions.ANONYMOUS.withCredentials(new DockerCredentials(session.environment()));
        return new RegistryClient(options).image(reference, machine);
    }

    /// Only with its registry: a mistyped path must not become a name on Docker Hub.
    private static @Nullable Reference reference(String text) {
        try {
            Reference reference = Reference.parse(text);
            return text.startsWith(reference.registry() + "/") ? reference : null;
        } catch (OciException | IllegalArgumentException _) {
            return null;
        }
    }
}
