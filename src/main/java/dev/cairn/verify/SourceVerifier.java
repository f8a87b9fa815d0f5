package dev.cairn.verify;

import dev.cairn.archive.ArchiveException;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.Lock;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Platform;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutException;
import dev.cairn.oci.layout.LayoutReader;
import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.oci.source.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Verifies what a name stands for: each image of an index, the index, and, of a layout or archive, every byte of its
/// files. Names in a layout are labels that nobody signs: a name is checked only against its other places there.
public final class SourceVerifier {
    private final ImageVerifier verifier;
    private final Definition definition;
    private final @Nullable Lock lock;
    private final Map<Architecture, ImageVerifier.Derived> derived = new EnumMap<>(Architecture.class);

    /// A verifier of images that were built from this definition, of the packages of the lock if there is one.
    public SourceVerifier(ImageVerifier verifier, Definition definition, @Nullable Lock lock) {
        this.verifier = verifier;
        this.definition = definition;
        this.lock = lock;
    }

    /// Opens what is to be verified.
    public interface Opening {
        /// Opens it.
        ImageSource open() throws IOException;
    }

    /// What came out.
    ///
    /// @param results for each image
    /// @param problems all of them; empty when everything is verified
    public record Outcome(List<Verification> results, List<String> problems) {
        public Outcome {
            results = List.copyOf(results);
            problems = List.copyOf(problems);
        }
    }

    /// Verifies it. What can't even be read is a problem, too.
    public Outcome verify(Opening opening) throws IOException {
        List<Verification> results = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try {
            ImageSource source = opening.open();
            List<Image> images = new ArrayList<>();
            for (Image each : source.images()) {
                ImageVerifier.Derived expected = derive(each.config().platform(), problems);
                if (expected != null) {
                    images.add(expected.image().image());
                    Verification result = verifier.compare(each, expected);
                    results.add(result);
                    problems.addAll(result.problems());
                }
            }
            if (problems.isEmpty()) {
                whole(source, images, problems);
            }
        } catch (OciException | LayoutException | ArchiveException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return new Outcome(results, problems);
    }

    private ImageVerifier.@Nullable Derived derive(Platform platform, List<String> problems) throws IOException {
        Architecture architecture = architecture(platform);
        if (architecture == null) {
            problems.add("the image is for " + platform + ", for which there are no packages");
            return null;
        }
        ImageVerifier.Derived known = derived.get(architecture);
        if (known == null) {
            known = verifier.derive(definition, architecture, lock);
            derived.put(architecture, known);
        }
        return known;
    }

    private static @Nullable Architecture architecture(Platform platform) {
        for (Architecture each : Architecture.values()) {
            boolean sameVariant = platform.variant() == null
                    || each.ociVariant().filter(platform.variant()::equals).isPresent();
            if (each.ociArchitecture().equals(platform.architecture()) && sameVariant) {
                return each;
            }
        }
        return null;
    }

    private void whole(ImageSource source, List<Image> images, List<String> problems) throws IOException {
        ImageIndex index = ImageIndex.of(images, ImageBuilder.annotations(definition));
        boolean several = source.index().isPresent();
        if (several && !index.digest().equals(source.digest())) {
            problems.add("the index is " + source.digest() + ", derived was " + index.digest());
            return;
        }
        Path path = source.path().orElse(null);
        if (path == null) {
            return;
        }
        List<Reference> names = names(LayoutReader.open(path), source, problems);
        LayoutWriter writer = new LayoutWriter();
        if (several) {
            writer.add(index, names);
        } else {
            writer.add(images.getFirst(), names);
        }
        problems.addAll(writer.differences(path));
    }

    private static List<Reference> names(LayoutReader layout, ImageSource source, List<String> problems) {
        List<Reference> names = new ArrayList<>();
        for (LayoutReader.Entry each : layout.entries()) {
            if (!each.descriptor().digest().equals(source.digest())) {
                problems.add(source.name() + " holds another image, too: "
                        + each.descriptor().digest());
            } else if (!each.names().isEmpty()) {
                names.add(Reference.parse(each.names().getFirst()));
            }
        }
        return names;
    }
}
