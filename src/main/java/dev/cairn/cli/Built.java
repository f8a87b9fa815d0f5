package dev.cairn.cli;

import dev.cairn.image.AssembledImage;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.ImageProvenance;
import dev.cairn.image.ImageSbom;
import dev.cairn.image.Selection;
import dev.cairn.image.definition.Definition;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Platform;
import dev.cairn.publish.Papers;
import dev.cairn.publish.Publication;
import dev.cairn.sbom.Sbom;
import dev.cairn.sbom.SbomFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `cairn build` and `cairn publish` made of a definition.
///
/// @param definition the definition
/// @param path its file
/// @param images one for each architecture
/// @param index the images as one
record Built(Definition definition, Path path, List<AssembledImage> images, ImageIndex index) {

    static Built of(Definition definition, Path path, List<AssembledImage> images) {
        List<Image> all = images.stream().map(AssembledImage::image).toList();
        return new Built(definition, path, images, ImageIndex.of(all, ImageBuilder.annotations(definition)));
    }

    boolean isOne() {
        return images.size() == 1;
    }

    /// What files about an image have in their name: `amd64`, `arm-v7`.
    static String platform(Platform platform) {
        return platform.architecture() + (platform.variant() == null ? "" : "-" + platform.variant());
    }

    /// The papers of an image.
    Papers papers(AssembledImage image) throws IOException {
        return papers(image.image().descriptor(), ImageSbom.of(definition, image, name()), List.of(image.selection()));
    }

    private Papers papers(Descriptor subject, Sbom sbom, List<Selection> selections) throws IOException {
        String file = String.valueOf(path.getFileName());
        return Papers.of(
                subject,
                SbomFormat.SPDX.write(sbom, Version.number()),
                SbomFormat.CYCLONEDX.write(sbom, Version.number()),
                ImageProvenance.predicate(definition, file, selections, Version.number()));
    }

    private Papers indexPapers() throws IOException {
        List<Selection> selections =
                images.stream().map(AssembledImage::selection).toList();
        return papers(index.blob().descriptor(), ImageSbom.of(index, name()), selections);
    }

    private String name() {
        return DefinitionOptions.name(path, definition);
    }

    /// Writes all papers beside the image.
    void writePapers(Path target) throws IOException {
        for (AssembledImage each : images) {
            papers(each).write(target, platform(each.image().config().platform()));
        }
        if (!isOne()) {
            indexPapers().write(target, "index");
        }
    }

    /// The image or index with its papers.
    Publication.Content content() throws IOException {
        List<Papers> papers = new ArrayList<>();
        for (AssembledImage each : images) {
            papers.add(papers(each));
        }
        if (isOne()) {
            return Publication.Content.of(images.getFirst().image(), papers);
        }
        papers.add(indexPapers());
        return Publication.Content.of(index, papers);
    }
}
