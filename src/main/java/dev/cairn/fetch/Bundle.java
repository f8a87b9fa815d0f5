package dev.cairn.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A folder that holds downloads under their addresses, so that they can be had again without the network and after
/// the server has dropped them: `host/path`, as `wget --mirror` would lay them out. An address may have a name
/// instead, so that what one mirror gave is found where another is in use: `debian/pool/…`.
public final class Bundle {
    private final Path root;
    private final Map<String, String> names =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /// A bundle in this folder.
    ///
    /// @param names what lies below an address (ending in `/`) goes by a folder of this name
    public Bundle(Path root, Map<URI, String> names) {
        this.root = root.toAbsolutePath().normalize();
        names.forEach((address, name) -> this.names.put(address.toString(), name));
    }

    /// The folder.
    public Path root() {
        return root;
    }

    /// Where the content of an address lies; null for a local file, which stays where it is.
    @Nullable
    Path place(URI address) {
        if (Address.isFile(address)) {
            return null;
        }
        String text = address.toString();
        String relative = null;
        for (Map.Entry<String, String> each : names.entrySet()) {
            if (relative == null && text.startsWith(each.getKey())) {
                relative = each.getValue() + "/" + text.substring(each.getKey().length());
            }
        }
        if (relative == null) {
            String port = address.getPort() < 0 ? "" : "," + address.getPort();
            relative = address.getHost() + port + address.getRawPath();
        }
        Path place = root.resolve(relative).normalize();
        if (!place.startsWith(root) || place.equals(root)) {
            throw new FetchException(
                    FetchException.Code.BAD_ADDRESS, Address.shown(address) + " has no place in a bundle");
        }
        return place;
    }

    /// The file with the content of an address.
    ///
    /// @throws FetchException where the bundle has it not
    URI require(URI address) {
        Path place = place(address);
        if (place == null) {
            return address;
        }
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new FetchException(
                    FetchException.Code.NOT_FOUND, "the bundle " + root + " has no " + root.relativize(place));
        }
        return place.toUri();
    }

    /// Keeps the content of an address; what is there already is replaced, whole.
    void keep(URI address, Path content) throws IOException {
        Path place = place(address);
        if (place == null) {
            return;
        }
        try (NewFile file = NewFile.in(NewFile.folder(place));
                InputStream in = Files.newInputStream(content)) {
            Files.copy(in, file.path(), StandardCopyOption.REPLACE_EXISTING);
            file.moveTo(place);
        }
    }
}
