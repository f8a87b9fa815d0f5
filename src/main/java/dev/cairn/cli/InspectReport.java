package dev.cairn.cli;

import dev.cairn.archive.TarEntry;
import dev.cairn.inspect.FileState;
import dev.cairn.inspect.FoundPackage;
import dev.cairn.inspect.ImageContents;
import dev.cairn.inspect.Settings;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.source.ImageSource;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Says what an image holds.
record InspectReport(ImageSource source, ImageContents contents, boolean listPackages, boolean listFiles) {
    private static final int NAMED = 8;
    private static final int LABEL = 13;
    private static final int LONGEST_NOTE = 80;

    void text(Console console) {
        PrintStream out = console.out();
        Image image = contents.image();
        out.println(console.styled(Console.Style.BOLD, source.name()) + "  "
                + image.config().platform());
        if (source.images().size() > 1) {
            line(out, "platforms", platforms());
        }
        line(out, "digest", image.digest().toString());
        line(out, "system", contents.systemName().orElse("not named"));
        if (image.config().created() != null) {
            line(out, "created", String.valueOf(image.config().created()));
        }
        line(
                out,
                "size",
                Text.bytes(image.compressedSize()) + " compressed, " + Text.bytes(contents.unpackedSize())
                        + " unpacked");
        line(out, "packages", packages());
        line(
                out,
                "files",
                Text.count(contents.count(TarEntry.Type.FILE), "file") + ", "
                        + Text.count(contents.count(TarEntry.Type.SYMLINK), "link") + ", "
                        + contents.count(TarEntry.Type.DIRECTORY) + " directories");
        settings(out);
        layers(console);
        if (listPackages) {
            packageTable(out);
        }
        if (listFiles) {
            fileTable(out);
        }
    }

    private String platforms() {
        return String.join(
                ", ",
                source.images().stream()
                        .map(each -> each.config().platform().toString())
                        .toList());
    }

    private String packages() {
        List<String> shown = contents.packages().stream()
                .limit(NAMED)
                .map(FoundPackage::toString)
                .toList();
        int count = contents.packages().size();
        return count == 0
                ? "no package database"
                : count + ": " + String.join(", ", shown) + (count > NAMED ? ", … (--packages)" : "");
    }

    private void settings(PrintStream out) {
        Map<String, String> settings = Settings.of(contents);
        String user = settings.getOrDefault("user", "");
        line(out, "user", contents.isRoot() ? "root" : user);
        line(out, "starts", settings.getOrDefault("entrypoint", "") + " " + settings.getOrDefault("cmd", ""));
        for (String each : List.of("working directory", "ports", "volumes", "stop signal")) {
            if (!settings.getOrDefault(each, "").isEmpty()) {
                line(out, each.equals("working directory") ? "starts in" : each, settings.getOrDefault(each, ""));
            }
        }
        contents.image().config().execution().env().forEach(each -> line(out, "environment", each));
        line(out, "contains", traits());
        List<String> setuid = contents.privileged();
        line(out, "setuid", setuid.isEmpty() ? "none" : "/" + String.join(", /", setuid));
    }

    private String traits() {
        List<String> shells = contents.traits().shells();
        List<String> managers = contents.traits().packageManagers();
        return (shells.isEmpty() ? "no shell" : "a shell (" + String.join(", ", shells) + ")") + ", "
                + (managers.isEmpty()
                        ? "no package manager"
                        : "a package manager (" + String.join(", ", managers) + ")");
    }

    private void layers(Console console) {
        Image image = contents.image();
        List<String> notes = notes();
        line(console.out(), "layers", Integer.toString(image.layers().size()));
        for (int i = 0; i < image.layers().size(); i++) {
            String note = i < notes.size() ? notes.get(i) : "";
            String row = Text.row(
                    "  " + image.layers().get(i).blob().digest().hex().substring(0, 12),
                    LABEL + 2,
                    Text.bytes(image.layers().get(i).blob().size()),
                    8,
                    note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) + "…" : note);
            console.out().println(console.styled(Console.Style.DIM, row));
        }
    }

    /// What the history says of each layer.
    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (ImageConfig.History each : contents.image().config().history()) {
            if (!each.emptyLayer()) {
                notes.add(printable(String.valueOf(each.createdBy() == null ? "" : each.createdBy())));
            }
        }
        return notes;
    }

    /// On one line, without what a terminal would obey.
    static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || (c >= 0x7f && c < 0xa0) ? ' ' : c);
        }
        return out.toString().strip();
    }

    private void packageTable(PrintStream out) {
        out.println();
        int width = contents.packages().stream()
                .mapToInt(each -> each.name().length())
                .max()
                .orElse(0);
        for (FoundPackage each : contents.packages()) {
            out.println(printable(Text.row(each.name(), width, "", 0, each.version() + "   " + each.architecture())));
        }
    }

    private void fileTable(PrintStream out) {
        out.println();
        contents.files().forEach((path, file) -> {
            String owner = file.uid() + ":" + file.gid();
            String link = file.link().isEmpty() ? "" : " -> " + file.link();
            out.println(file.permissions() + " "
                    + printable(Text.row(owner, 12, Long.toString(file.size()), 11, "/" + path + link)));
        });
    }

    private static void line(PrintStream out, String label, String value) {
        out.println(label + " ".repeat(Math.max(1, LABEL - label.length())) + printable(value));
    }

    void json(PrintStream out) {
        Image image = contents.image();
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeStringProperty("name", source.name());
            json.writeStringProperty("digest", image.digest().toString());
            json.writeStringProperty("platform", image.config().platform().toString());
            strings(
                    json,
                    "platforms",
                    source.images().stream()
                            .map(each -> each.config().platform().toString())
                            .toList());
            json.writeNumberProperty("compressedSize", image.compressedSize());
            json.writeNumberProperty("unpackedSize", contents.unpackedSize());
            json.writeBooleanProperty("root", contents.isRoot());
            strings(json, "shells", contents.traits().shells());
            strings(json, "packageManagers", contents.traits().packageManagers());
            strings(json, "setuid", contents.privileged());
            map(json, "settings", Settings.of(contents));
            map(json, "system", contents.system());
            jsonLayers(json, image);
            jsonPackages(json);
            if (listFiles) {
                jsonFiles(json);
            }
            json.writeEndObject();
        });
    }

    private void jsonLayers(JsonGenerator json, Image image) {
        List<String> notes = notes();
        json.writeArrayPropertyStart("layers");
        for (int i = 0; i < image.layers().size(); i++) {
            json.writeStartObject();
            json.writeStringProperty(
                    "digest", image.layers().get(i).blob().digest().toString());
            json.writeStringProperty("diffId", image.layers().get(i).diffId().toString());
            json.writeNumberProperty("size", image.layers().get(i).blob().size());
            json.writeStringProperty("createdBy", i < notes.size() ? notes.get(i) : "");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void jsonPackages(JsonGenerator json) {
        json.writeArrayPropertyStart("packages");
        for (FoundPackage each : contents.packages()) {
            json.writeStartObject();
            write(json, each);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void write(JsonGenerator json, FoundPackage each) {
        json.writeStringProperty("format", each.ecosystem().id());
        json.writeStringProperty("name", each.name());
        json.writeStringProperty("version", each.version());
        json.writeStringProperty("architecture", each.architecture());
        json.writeStringProperty("origin", each.origin());
        json.writeStringProperty("originVersion", each.originVersion());
        json.writeStringProperty("licence", each.licence());
    }

    private void jsonFiles(JsonGenerator json) {
        json.writeArrayPropertyStart("files");
        contents.files().forEach((path, file) -> {
            json.writeStartObject();
            json.writeStringProperty("path", "/" + path);
            write(json, file);
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    static void write(JsonGenerator json, FileState file) {
        json.writeStringProperty("mode", file.permissions());
        json.writeNumberProperty("uid", file.uid());
        json.writeNumberProperty("gid", file.gid());
        json.writeNumberProperty("size", file.size());
        if (!file.link().isEmpty()) {
            json.writeStringProperty("link", file.link());
        }
    }

    private static void strings(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }

    private static void map(JsonGenerator json, String name, Map<String, String> values) {
        json.writeObjectPropertyStart(name);
        values.forEach(json::writeStringProperty);
        json.writeEndObject();
    }
}
