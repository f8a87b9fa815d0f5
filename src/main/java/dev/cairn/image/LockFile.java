package dev.cairn.image;

import dev.cairn.digest.Digest;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Variant;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Reads and writes locks as JSON (`docs/reference/lock.md`): a line for each package, so that a diff reads well.
public final class LockFile {
    private static final int LONGEST = 64 << 20;
    private static final int VERSION = 1;

    private LockFile() {}

    /// Where the lock of a definition lies unless it is said otherwise: `redis.yaml` → `redis.lock.json`.
    public static Path beside(Path definition) {
        String name = String.valueOf(definition.getFileName());
        int dot = name.lastIndexOf('.');
        return definition.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".lock.json");
    }

    /// What a lock records of its definition: its content for any variant and architecture, so that one lock serves
    /// all.
    public static Digest digestOf(Definition definition) throws IOException {
        return definition.withVariant(Variant.RUNTIME).withArchs(List.of()).digest();
    }

    /// Reads a lock; what is wrong with it is an [ImageException] that names the file.
    public static Lock read(Path file) throws IOException {
        return parse(Files.readAllBytes(file), file.toString());
    }

    /// Reads a lock that is called `file` in messages.
    static Lock parse(byte[] bytes, String file) {
        try {
            JsonObject json = JsonObject.parse(bytes, file, LONGEST);
            if (json.integer("version") != VERSION) {
                throw new ImageException(
                        ImageException.Code.LOCK_FORMAT,
                        file + ": lock format " + json.integer("version") + "; this Cairn reads format " + VERSION);
            }
            List<Lock.Target> images = new ArrayList<>();
            for (JsonObject each : json.objects("images")) {
                images.add(target(each));
            }
            return new Lock(Digest.parse(json.string("definition")), images);
        } catch (OciException | IllegalArgumentException e) {
            throw new ImageException(
                    ImageException.Code.LOCK_FORMAT,
                    file + " is not a lock: " + e.getMessage() + "\ntry: cairn lock, which writes it anew");
        }
    }

    private static Lock.Target target(JsonObject json) {
        List<Lock.Locked> packages = new ArrayList<>();
        for (JsonObject each : json.objects("packages")) {
            packages.add(new Lock.Locked(
                    resolved(each),
                    Digest.parse(each.string("sha256")),
                    Digest.parse(each.string("layer")),
                    Digest.parse(each.string("diffId")),
                    each.integer("offset", -1),
                    each.integer("layerSize")));
        }
        List<Lock.LeftOut> omissions = new ArrayList<>();
        for (JsonObject each : json.objects("omissions")) {
            omissions.add(new Lock.LeftOut(resolved(each), each.string("reason")));
        }
        Architecture architecture = Architecture.of(json.string("architecture"))
                .orElseThrow(() -> new IllegalArgumentException("unknown architecture"));
        return new Lock.Target(
                architecture, variant(json.string("variant")), json.strings("world"), packages, omissions);
    }

    private static ResolvedPackage resolved(JsonObject json) {
        return new ResolvedPackage(
                ecosystem(json.string("format")),
                json.string("name"),
                json.string("version"),
                json.string("architecture"),
                json.string("origin"),
                json.string("originVersion"),
                json.string("repository"),
                json.string("path"),
                json.integer("size"),
                json.string("checksum"),
                json.integer("installedSize"));
    }

    private static Variant variant(String id) {
        for (Variant each : Variant.values()) {
            if (each.id().equals(id)) {
                return each;
            }
        }
        throw new IllegalArgumentException("unknown variant " + id);
    }

    private static Ecosystem ecosystem(String id) {
        for (Ecosystem each : Ecosystem.values()) {
            if (each.id().equals(id)) {
                return each;
            }
        }
        throw new IllegalArgumentException("unknown package format " + id);
    }

    /// The lock as text: equal locks give equal bytes.
    public static byte[] bytes(Lock lock) {
        JsonWriter json = new JsonWriter();
        json.number("version", VERSION);
        json.string("definition", lock.definition().toString());
        json.array("images");
        for (Lock.Target target : lock.images()) {
            json.object();
            json.string("architecture", target.architecture().id());
            json.string("variant", target.variant().id());
            json.strings("world", target.world());
            json.array("packages");
            for (Lock.Locked each : target.packages()) {
                json.object();
                write(json, each.resolved());
                json.string("sha256", each.sha256().toString());
                json.string("layer", each.layer().toString());
                json.string("diffId", each.diffId().toString());
                if (each.offset() >= 0) {
                    json.number("offset", each.offset());
                }
                json.number("layerSize", each.layerSize());
                json.end();
            }
            json.endArray();
            json.array("omissions");
            for (Lock.LeftOut each : target.omissions()) {
                json.object();
                write(json, each.resolved());
                json.string("reason", each.reason());
                json.end();
            }
            json.endArray();
            json.end();
        }
        json.endArray();
        return onLines(json.finish());
    }

    private static void write(JsonWriter json, ResolvedPackage resolved) {
        json.string("name", resolved.name());
        json.string("version", resolved.version());
        json.string("architecture", resolved.architecture());
        json.string("format", resolved.ecosystem().id());
        json.string("origin", resolved.origin());
        json.string("originVersion", resolved.originVersion());
        json.string("repository", resolved.repository());
        json.string("path", resolved.path());
        json.number("size", resolved.size());
        json.string("checksum", resolved.checksum());
        json.number("installedSize", resolved.installedSize());
    }

    /// One package a line: breaks the line before each object of an array and before the next array of a target.
    private static byte[] onLines(byte[] compact) {
        String text = new String(compact, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(text.length() + 4096);
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!quoted && (breaksBefore(text, i) || text.startsWith("\"omissions\":[", i))) {
                out.append('\n');
            }
            out.append(c);
            if (quoted && c == '\\') {
                i++;
                out.append(text.charAt(i));
            } else if (c == '"') {
                quoted = !quoted;
            }
        }
        return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean breaksBefore(String text, int at) {
        return at > 0 && text.charAt(at) == '{' && (text.charAt(at - 1) == ',' || text.charAt(at - 1) == '[');
    }

    /// Writes a lock beside its place, then moves it there; an equal one that is there already stays untouched.
    public static void write(Lock lock, Path file) throws IOException {
        byte[] bytes = bytes(lock);
        if (Files.isRegularFile(file) && java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        Path beside = Files.createTempFile(directory, ".lock", ".tmp");
        try {
            Files.write(beside, bytes);
            Files.setPosixFilePermissions(beside, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
