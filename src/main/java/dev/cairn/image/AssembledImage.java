package dev.cairn.image;

import dev.cairn.image.layer.StoredLayer;
import dev.cairn.inspect.ImageTraits;
import dev.cairn.oci.Image;
import java.util.List;

/// An image that was put together, with what there is to say about it.
///
/// @param image the image itself; its layers' bytes lie in the cache until something reads them
/// @param selection what went in and what was left out
/// @param layers how each layer came to be, lowest first
/// @param topFiles the top layer file by file, each with its reason
/// @param groupedPackages how many packages share one layer
/// @param traits what a person wants to know of its content
/// @param warnings what will not work: libraries that are missing, a program that is not there
public record AssembledImage(
        Image image,
        Selection selection,
        List<StoredLayer> layers,
        List<TopFile> topFiles,
        int groupedPackages,
        ImageTraits traits,
        List<String> warnings) {

    AssembledImage(
            Image image,
            Selection selection,
            List<StoredLayer> layers,
            Composition composition,
            ImageTraits traits,
            List<TopFile> topFiles,
            List<String> warnings) {
        this(image, selection, layers, topFiles, composition.grouped().size(), traits, warnings);
    }

    public AssembledImage {
        layers = List.copyOf(layers);
        topFiles = List.copyOf(topFiles);
        warnings = List.copyOf(warnings);
    }

    /// One entry of the top layer.
    public record TopFile(String path, long size, String reason) {}

    /// The bytes of all files of the packages, unpacked.
    public long installedSize() {
        return selection.packages().stream()
                .mapToLong(each -> each.facts().installedSize())
                .sum();
    }
}
