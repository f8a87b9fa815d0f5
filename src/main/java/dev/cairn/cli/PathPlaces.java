package dev.cairn.cli;

import dev.cairn.digest.Digest;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Where `cairn path` works, and where it finds the catalogue that comes with Cairn.
final class PathPlaces {
    private static final Path SHIPPED = Path.of("examples", "catalog");

    private final OptionSpec catalog = Spec.text(
            "FOLDER",
            "The catalogue: a folder of image definitions (else CAIRN_CATALOG, else the one that comes with cairn).",
            "--catalog");
    private final OptionSpec work = Spec.text(
            "DIR",
            "Copies, images and answers are in DIR (default: a folder for each repository in cairn's cache).",
            "--work");

    CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(catalog).addOption(work);
    }

    /// The catalogue's folder, absolute: what is written into the steps' copies names it.
    Path catalog(Session session) throws IOException {
        String given = catalog.getValue();
        String named = given == null ? session.environment().getOrDefault("CAIRN_CATALOG", "") : given;
        if (!named.isEmpty()) {
            Path folder = Path.of(named);
            if (!Files.isDirectory(folder)) {
                throw new CliException(
                        CliException.Code.USAGE,
                        "no catalogue in " + folder + ": not a folder\ntry: a folder of image definitions");
            }
            return folder.toRealPath();
        }
        Path shipped = shipped();
        if (shipped == null) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "no catalogue came with this cairn\ntry: --catalog FOLDER, a folder of image definitions");
        }
        return shipped;
    }

    /// The catalogue of the installation or the checkout that this program was started from.
    private static @Nullable Path shipped() throws IOException {
        CodeSource source = PathPlaces.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            for (Path at = Path.of(source.getLocation().toURI()); at != null; at = at.getParent()) {
                if (Files.isDirectory(at.resolve(SHIPPED))) {
                    return at.resolve(SHIPPED).toRealPath();
                }
            }
        } catch (URISyntaxException _) {
            // not started from a file
        }
        return null;
    }

    Path work(Session session, Path source) {
        String given = work.getValue();
        if (given != null) {
            return Path.of(given);
        }
        String hash = Digest.of(source.toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, 12);
        return session.cacheDirectory().root().resolve("path").resolve(source.getFileName() + "-" + hash);
    }
}
