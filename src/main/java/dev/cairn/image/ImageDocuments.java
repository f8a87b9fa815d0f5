package dev.cairn.image;

import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.oci.Execution;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.Layer;
import dev.cairn.oci.Platform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes an image's configuration and manifest from its definition.
final class ImageDocuments {
    private final Definition definition;
    private final Selection selection;

    ImageDocuments(Definition definition, Selection selection) {
        this.definition = definition;
        this.selection = selection;
    }

    Image image(List<Layer> layers, Composition composition) {
        Architecture architecture = selection.architecture();
        Platform platform = new Platform(
                "linux",
                architecture.ociArchitecture(),
                architecture.ociVariant().orElse(null),
                null,
                List.of());
        ImageConfig config = new ImageConfig(
                created(),
                null,
                platform,
                execution(),
                layers.stream().map(Layer::diffId).toList(),
                history(composition));
        return Image.of(config, layers, annotations(definition));
    }

    /// The newest time of the packages' files: like all else in the image it depends on its content alone.
    private Instant created() {
        return Instant.ofEpochSecond(selection.packages().stream()
                .mapToLong(each -> each.facts().newest())
                .max()
                .orElse(0));
    }

    private Execution execution() {
        Captured captured = new Captured(selection.packages());
        Execution execution = Execution.NONE
                .withUser(AccountFiles.runAs(definition.accounts(), captured))
                .withEnv(environment())
                .withEntrypoint(definition.entrypoint().argv())
                .withCmd(definition.cmd())
                .withVolumes(new TreeSet<>(definition.volumes()))
                .withWorkingDir(definition.workDir().orElse(""));
        return definition.stopSignal().map(execution::withStopSignal).orElse(execution);
    }

    private List<String> environment() {
        TreeMap<String, String> variables = new TreeMap<>();
        variables.put("PATH", StartCommand.PATH);
        variables.put("SSL_CERT_FILE", "/" + CaBundle.PATH);
        variables.putAll(definition.environment());
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> each : variables.entrySet()) {
            lines.add(each.getKey() + "=" + each.getValue());
        }
        return lines;
    }

    private List<ImageConfig.History> history(Composition composition) {
        List<ImageConfig.History> history = new ArrayList<>();
        for (InstalledPackage each : composition.own()) {
            history.add(ImageConfig.History.layer(created(), "cairn: " + each, null));
        }
        if (!composition.grouped().isEmpty()) {
            List<String> names = composition.grouped().stream()
                    .map(InstalledPackage::toString)
                    .toList();
            history.add(ImageConfig.History.layer(created(), "cairn: " + String.join(" ", names), null));
        }
        history.add(ImageConfig.History.layer(created(), "cairn: generated files", null));
        return history;
    }

    /// The definition's annotations, and where its source is.
    static SortedMap<String, String> annotations(Definition definition) {
        TreeMap<String, String> annotations = new TreeMap<>();
        definition.vcsUrl().ifPresent(url -> {
            int at = url.lastIndexOf('@');
            annotations.put("org.opencontainers.image.source", at < 0 ? url : url.substring(0, at));
            if (at >= 0) {
                annotations.put("org.opencontainers.image.revision", url.substring(at + 1));
            }
        });
        annotations.putAll(definition.annotations());
        return Collections.unmodifiableSortedMap(annotations);
    }
}
