package dev.cairn.image;

import dev.cairn.digest.Digest;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// How an image was built, as a SLSA provenance predicate (version 1): the definition, the lock, the version of Cairn,
/// and each package file that was read, with its digest. It names no machine, no user and no hour, so that whoever
/// builds the same gets the same; whoever signs it vouches for it.
public final class ImageProvenance {
    /// What is built how, and by what: names, whose meaning is in `docs/reference/provenance.md`.
    static final String BUILD_TYPE = "https://cairn.dev/build/v1";

    static final String BUILDER = "https://cairn.dev/cairn";

    private ImageProvenance() {}

    /// The predicate for the images of these selections.
    ///
    /// @param name the definition file's name
    /// @param version the version of Cairn
    public static byte[] predicate(Definition definition, String name, List<Selection> selections, String version)
            throws IOException {
        byte[] canonical = definition.canonical();
        Lock lock = Lock.of(LockFile.digestOf(definition), selections);
        byte[] lockBytes = LockFile.bytes(lock);
        JsonWriter json = new JsonWriter();
        json.object("buildDefinition");
        json.string("buildType", BUILD_TYPE);
        json.object("externalParameters");
        json.object("definition");
        resource(json, name, "", Digest.of(canonical));
        json.string("mediaType", "application/json");
        json.string("content", Base64.getEncoder().encodeToString(canonical));
        json.end();
        json.string("variant", definition.variant().id());
        json.strings(
                "architectures",
                selections.stream().map(each -> each.architecture().id()).toList());
        json.end();
        json.object("internalParameters");
        json.end();
        json.array("resolvedDependencies");
        json.object();
        resource(json, "lock", "", Digest.of(lockBytes));
        json.string("mediaType", "application/json");
        json.string("content", Base64.getEncoder().encodeToString(lockBytes));
        json.end();
        for (Lock.Target each : lock.images()) {
            each.packages().forEach(one -> dependency(json, one));
        }
        json.endArray();
        json.end();
        runDetails(json, version);
        return json.finish();
    }

    /// What an image was built from.
    ///
    /// @param definition the definition
    /// @param lock the packages
    public record Inputs(Definition definition, Lock lock) {}

    /// What a predicate that [#predicate] made says; nothing when it is of another build type.
    ///
    /// @param named what the provenance is called in messages
    /// @throws ImageException when it contradicts itself or is malformed
    public static Optional<Inputs> read(JsonObject predicate, Path named) throws IOException {
        try {
            JsonObject build = predicate.object("buildDefinition");
            if (!BUILD_TYPE.equals(build.optionalString("buildType"))) {
                return Optional.empty();
            }
            byte[] canonical = content(build.object("externalParameters").object("definition"));
            Definition definition = DefinitionReader.readCanonical(canonical, named);
            for (JsonObject each : build.objects("resolvedDependencies")) {
                if ("lock".equals(each.optionalString("name"))) {
                    Lock lock = LockFile.parse(content(each), "the lock in " + named);
                    if (!lock.definition().equals(LockFile.digestOf(definition))) {
                        throw new IllegalArgumentException("its lock is of another definition");
                    }
                    return Optional.of(new Inputs(definition, lock));
                }
            }
            throw new IllegalArgumentException("it has no lock");
        } catch (OciException | IllegalArgumentException e) {
            throw new ImageException(
                    ImageException.Code.LOCK_FORMAT, named + " is no provenance of Cairn's: " + e.getMessage());
        }
    }

    private static byte[] content(JsonObject resource) {
        byte[] content = Base64.getDecoder().decode(resource.string("content"));
        String wanted = resource.object("digest").string("sha256");
        if (!Digest.of(content).hex().equals(wanted)) {
            throw new IllegalArgumentException(resource.string("name") + " in it has not its digest " + wanted);
        }
        return content;
    }

    private static void dependency(JsonWriter json, Lock.Locked locked) {
        ResolvedPackage resolved = locked.resolved();
        json.object();
        resource(
                json,
                resolved.pin() + " " + resolved.architecture(),
                resolved.repository() + " " + resolved.path(),
                locked.sha256());
        json.end();
    }

    /// A resource: the place of a package file in its repository is an annotation, since a Debian suite has no one
    /// address.
    private static void resource(JsonWriter json, String name, String place, Digest digest) {
        json.string("name", name);
        json.object("digest");
        json.string(digest.algorithm().id(), digest.hex());
        json.end();
        if (!place.isEmpty()) {
            json.object("annotations");
            json.string("place", place);
            json.end();
        }
    }

    private static void runDetails(JsonWriter json, String version) {
        json.object("runDetails");
        json.object("builder");
        json.string("id", BUILDER);
        json.object("version");
        json.string("cairn", version);
        json.end();
        json.end();
        json.end();
    }
}
