package dev.cairn.path;

import dev.cairn.builder.Redirect;
import dev.cairn.catalog.Catalog;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.migrate.dockerfile.Instruction;
import dev.cairn.migrate.dockerfile.Stage;
import dev.cairn.oci.Image;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Reference;
import dev.cairn.registry.PackageStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Has the images that a step needs in the embedded registry: the catalogue's, the definitions that a step wrote, and
/// stand-ins for upstream's. Each is built when it is asked for, and again after a day, since its packages may have
/// been fixed.
public final class ImageSupply implements AutoCloseable {
    private static final String DOCKER = "docker.io";
    private static final String OFFICIAL = "library/";
    private static final String CUSTOM = "custom/";
    private static final Duration FRESH = Duration.ofDays(1);

    private final Places places;
    private final Maker maker;
    private final PackageStore packages;
    private final InstantSource clock;
    private final Set<String> standIns = new TreeSet<>();
    private @Nullable LocalRegistry registry;

    /// Where images are made from.
    ///
    /// @param work where the registry keeps them
    /// @param prefix what the catalogue's images are called: `cairn.local/hardened`
    /// @param standIns what stands in for public images; null for the public ones themselves
    public record Places(
            WorkFolder work,
            String prefix,
            Catalog catalog,
            @Nullable Catalog standIns) {}

    /// Makes the image of a definition, for this machine.
    public interface Maker {
        /// The image.
        Image make(Definition definition) throws IOException;
    }

    /// A supply.
    public ImageSupply(Places places, Maker maker, PackageStore packages, InstantSource clock) {
        this.places = places;
        this.maker = maker;
        this.packages = packages;
        this.clock = clock;
    }

    /// The public images that were replaced by stand-ins, as they are called.
    public List<String> standIns() {
        return List.copyOf(standIns);
    }

    /// The registry's place for each of the names that it answers for; it is opened now if need be.
    List<Redirect> redirects() throws IOException {
        List<Redirect> redirects = new ArrayList<>();
        String host = open().host();
        redirects.add(new Redirect(places.prefix.substring(0, slash(places.prefix)), host));
        if (places.standIns != null) {
            redirects.add(new Redirect(DOCKER, host));
        }
        return redirects;
    }

    private static int slash(String text) {
        int slash = text.indexOf('/');
        return slash < 0 ? text.length() : slash;
    }

    /// Has every image that a Dockerfile names, and says which they are: names with digests.
    Set<String> require(Path dockerfile) throws IOException, InterruptedException {
        Set<String> found = new TreeSet<>();
        if (!(Dockerfile.read(Files.readAllBytes(dockerfile)) instanceof Dockerfile.Reading.Read(Dockerfile file))) {
            return found;
        }
        List<Stage> stages = Stage.of(file);
        for (Stage stage : stages) {
            if (stage.earlier(stages, stage.image().value()) == null) {
                found.add(require(stage.image().value(), dockerfile.resolveSibling(".")));
            }
            for (Instruction each : stage.instructions()) {
                String from = each.is("copy") ? each.flag("from") : null;
                if (from != null && !from.chars().allMatch(Character::isDigit) && stage.earlier(stages, from) == null) {
                    found.add(require(from, dockerfile.resolveSibling(".")));
                }
            }
        }
        return found;
    }

    /// Where to pull an image that [#require] was asked for: our registry's place, or its own name.
    String location(String name) throws IOException {
        try {
            Reference reference = Reference.parse(name);
            String tag = reference.tag() == null ? "latest" : reference.tag();
            for (Redirect each : redirects()) {
                if (each.registry().equals(reference.registry())) {
                    return each.location() + "/" + reference.repository() + ":" + tag;
                }
            }
        } catch (OciException _) {
            // whoever pulls it says what is wrong
        }
        return name;
    }

    /// Has an image.
    ///
    /// @param folder where definitions of custom images lie
    String require(String name, Path folder) throws IOException, InterruptedException {
        Reference reference;
        try {
            reference = Reference.parse(name);
        } catch (OciException _) {
            return name;
        }
        String tag = reference.tag() == null ? "latest" : reference.tag();
        String whole = reference.registry() + "/" + reference.repository();
        Definition definition = null;
        if (whole.startsWith(places.prefix + "/")) {
            definition = hardened(whole.substring(places.prefix.length() + 1), tag, folder);
            if (definition == null) {
                throw new PathException(
                        PathException.Code.NO_IMAGE,
                        "there is no " + name + "\ntry: a definition in " + places.catalog.folder());
            }
        } else if (places.standIns != null && reference.registry().equals(DOCKER)) {
            String image = reference.repository();
            image = image.startsWith(OFFICIAL) ? image.substring(OFFICIAL.length()) : image;
            definition = places.standIns.find(image, tag).orElse(null);
            if (definition != null) {
                standIns.add(image + ":" + tag);
            }
        }
        return definition == null ? name : name + "@" + supply(definition, reference.repository(), tag);
    }

    private @Nullable Definition hardened(String name, String tag, Path folder) throws IOException {
        if (!name.startsWith(CUSTOM)) {
            return places.catalog.find(name, tag).orElse(null);
        }
        Path file = folder.resolve(name.substring(CUSTOM.length()) + ".yaml").normalize();
        return Files.isRegularFile(file) ? DefinitionReader.read(file) : null;
    }

    private String supply(Definition definition, String repository, String tag)
            throws IOException, InterruptedException {
        String key =
                WorkFolder.hash(definition.digest() + " " + definition.variant().id() + " " + repository + ":" + tag);
        Path note = places.work.folder("supply").resolve(key);
        if (Files.isRegularFile(note) && isFresh(note)) {
            return Files.readString(note, StandardCharsets.UTF_8).strip();
        }
        Image image = maker.make(definition);
        open().push(image, repository, tag);
        String digest = image.digest().toString();
        Path beside = note.resolveSibling(key + ".new");
        Files.writeString(beside, digest + "\n", StandardCharsets.UTF_8);
        Files.move(beside, note, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return digest;
    }

    private boolean isFresh(Path note) throws IOException {
        Instant made = Files.getLastModifiedTime(note).toInstant();
        return made.plus(FRESH).isAfter(clock.instant());
    }

    private LocalRegistry open() throws IOException {
        LocalRegistry opened = registry;
        if (opened == null) {
            opened = LocalRegistry.open(places.work.folder("registry"), packages);
            registry = opened;
        }
        return opened;
    }

    @Override
    public void close() throws IOException {
        LocalRegistry opened = registry;
        if (opened != null) {
            opened.close();
        }
    }
}
