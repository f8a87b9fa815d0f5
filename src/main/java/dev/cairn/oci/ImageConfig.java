package dev.cairn.oci;

import dev.cairn.digest.Digest;
import dev.cairn.oci.OciException.Code;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image's configuration (OCI image-spec, config.md): what it runs on, how it is run, and which layers it has.
///
/// @param created when the image was made
/// @param author who is responsible for it
/// @param platform what it runs on
/// @param execution how a container is run by default: the member `config`
/// @param diffIds the digest of each layer's uncompressed tar, lowest first
/// @param history how the layers came to be, lowest first
public record ImageConfig(
        @Nullable Instant created,
        @Nullable String author,
        Platform platform,
        Execution execution,
        List<Digest> diffIds,
        List<History> history) {
    /// The longest configuration that Cairn reads, in bytes.
    public static final int LONGEST = 8 << 20;

    /// One step of an image's making.
    ///
    /// @param created when it was
    /// @param createdBy the command that did it
    /// @param author who did it
    /// @param comment what there is to say
    /// @param emptyLayer whether it made no layer
    public record History(
            @Nullable Instant created,
            @Nullable String createdBy,
            @Nullable String author,
            @Nullable String comment,
            boolean emptyLayer) {

        /// A step that made a layer.
        public static History layer(@Nullable Instant created, String createdBy, @Nullable String comment) {
            return new History(created, createdBy, null, comment, false);
        }
    }

    public ImageConfig {
        diffIds = List.copyOf(diffIds);
        history = List.copyOf(history);
    }

    /// A configuration of its layers, without history.
    public static ImageConfig of(
            @Nullable Instant created, Platform platform, Execution execution, List<Digest> diffIds) {
        return new ImageConfig(created, null, platform, execution, diffIds, List.of());
    }

    /// Reads a configuration; `what` names it in messages.
    public static ImageConfig parse(byte[] bytes, String what) {
        JsonObject json = JsonObject.parse(bytes, what, LONGEST);
        JsonObject execution = json.optionalObject("config");
        return new ImageConfig(
                time(json),
                json.optionalString("author"),
                Platform.read(json),
                execution == null ? Execution.NONE : Execution.read(execution),
                diffIds(json.object("rootfs"), what),
                histories(json.objects("history")));
    }

    private static List<Digest> diffIds(JsonObject rootfs, String what) {
        String type = rootfs.string("type");
        if (!type.equals("layers")) {
            throw new OciException(
                    Code.INVALID_DOCUMENT, what + ": rootfs.type is '" + type + "', only 'layers' is known");
        }
        List<Digest> diffIds = new ArrayList<>();
        for (String text : rootfs.strings("diff_ids")) {
            try {
                diffIds.add(Digest.parse(text));
            } catch (IllegalArgumentException e) {
                throw rootfs.invalid("diff_ids", e);
            }
        }
        return diffIds;
    }

    private static List<History> histories(List<JsonObject> json) {
        List<History> history = new ArrayList<>(json.size());
        for (JsonObject step : json) {
            history.add(new History(
                    time(step),
                    step.optionalString("created_by"),
                    step.optionalString("author"),
                    step.optionalString("comment"),
                    step.bool("empty_layer")));
        }
        return history;
    }

    private static @Nullable Instant time(JsonObject json) {
        String text = json.optionalString("created");
        try {
            return text == null ? null : Rfc3339.parse(text);
        } catch (IllegalArgumentException e) {
            throw json.invalid("created", e);
        }
    }

    /// The document as compact JSON, its keys in the specification's order: the same bytes for the same value.
    public byte[] toJson() {
        JsonWriter json = new JsonWriter();
        writeTime(json, created);
        json.optionalString("author", author);
        platform.write(json);
        json.object("config");
        execution.write(json);
        json.end();
        json.object("rootfs");
        json.string("type", "layers");
        json.strings("diff_ids", diffIds.stream().map(Digest::toString).toList());
        json.end();
        if (!history.isEmpty()) {
            json.array("history");
            for (History step : history) {
                json.object();
                write(json, step);
                json.end();
            }
            json.endArray();
        }
        return json.finish();
    }

    private static void write(JsonWriter json, History step) {
        writeTime(json, step.created());
        json.optionalString("created_by", step.createdBy());
        json.optionalString("author", step.author());
        json.optionalString("comment", step.comment());
        if (step.emptyLayer()) {
            json.bool("empty_layer", true);
        }
    }

    private static void writeTime(JsonWriter json, @Nullable Instant time) {
        json.optionalString("created", time == null ? null : Rfc3339.format(time));
    }
}
