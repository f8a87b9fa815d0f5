package dev.cairn.path;

import dev.cairn.inspect.ImageContents;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import java.util.List;

/// What a person wants to know of an image.
///
/// @param digest its digest
/// @param packages how many packages its package databases list
/// @param size the bytes of its files, unpacked
/// @param shells the shells in it, by path
/// @param managers the package managers in it, by path
/// @param root whether it runs as root
/// @param system the distribution as it calls itself
public record ImageFacts(
        String digest,
        int packages,
        long size,
        List<String> shells,
        List<String> managers,
        boolean root,
        String system) {
    private static final int LARGEST = 1 << 20;

    public ImageFacts {
        shells = List.copyOf(shells);
        managers = List.copyOf(managers);
    }

    static ImageFacts of(ImageContents contents) {
        return new ImageFacts(
                contents.image().digest().toString(),
                contents.packages().size(),
                contents.unpackedSize(),
                contents.traits().shells(),
                contents.traits().packageManagers(),
                contents.isRoot(),
                contents.systemName().orElse("not named"));
    }

    byte[] json() {
        JsonWriter json = new JsonWriter();
        json.string("digest", digest);
        json.number("packages", packages);
        json.number("size", size);
        json.strings("shells", shells);
        json.strings("managers", managers);
        json.bool("root", root);
        json.string("system", system);
        return json.finish();
    }

    static ImageFacts parse(byte[] bytes) {
        JsonObject json = JsonObject.parse(bytes, "facts", LARGEST);
        return new ImageFacts(
                json.string("digest"),
                (int) json.integer("packages"),
                json.integer("size"),
                json.strings("shells"),
                json.strings("managers"),
                json.bool("root"),
                json.string("system"));
    }
}
