package dev.cairn.cli;

import dev.cairn.inspect.FileState;
import dev.cairn.inspect.FoundPackage;
import dev.cairn.inspect.ImageContents;
import dev.cairn.inspect.ImageDifference;
import dev.cairn.inspect.ImageDifference.Change;
import java.io.PrintStream;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Says how two images differ.
record DiffReport(ImageContents before, ImageContents after, ImageDifference difference, boolean all) {
    private static final int SHOWN = 20;
    private static final int LABEL = 13;

    void text(Console console) {
        PrintStream out = console.out();
        if (before.image().digest().equals(after.image().digest())) {
            out.println("the same image: " + after.image().digest());
            return;
        }
        row(out, "digest", before.image().digest() + " → " + after.image().digest());
        row(
                out,
                "compressed",
                sizes(before.image().compressedSize(), after.image().compressedSize()));
        row(out, "unpacked", sizes(before.unpackedSize(), after.unpackedSize()));
        row(
                out,
                "layers",
                before.image().layers().size() + " → " + after.image().layers().size());
        for (ImageDifference.Setting each : difference.settings()) {
            row(out, each.name(), text(each.before()) + " → " + text(each.after()));
        }
        row(
                out,
                "packages",
                before.packages().size() + " → " + after.packages().size() + counts(difference.packages()));
        for (Change<FoundPackage> each : difference.packages()) {
            changed(console, each.sign(), each.name() + " " + versions(each));
        }
        row(
                out,
                "files",
                before.files().size() + " → " + after.files().size()
                        + counts(difference.files().values()));
        files(console);
    }

    private void files(Console console) {
        long shown = 0;
        for (Change<FileState> each : difference.files().values()) {
            if (!all && shown == SHOWN) {
                console.out()
                        .println("  … and " + (difference.files().size() - SHOWN) + " more: --files lists them all");
                return;
            }
            changed(console, each.sign(), "/" + each.name() + what(each));
            shown++;
        }
    }

    /// What about a file changed, when it is not simply its content.
    private static String what(Change<FileState> change) {
        FileState old = change.before();
        FileState now = change.after();
        if (old == null || now == null) {
            return "";
        }
        StringBuilder what = new StringBuilder();
        if (!old.permissions().equals(now.permissions())) {
            what.append("  ").append(old.permissions()).append(" → ").append(now.permissions());
        }
        if (old.uid() != now.uid() || old.gid() != now.gid()) {
            what.append("  ").append(old.uid() + ":" + old.gid() + " → " + now.uid() + ":" + now.gid());
        }
        if (!old.link().equals(now.link())) {
            what.append("  -> ").append(old.link()).append(" → ").append(now.link());
        }
        return what.toString();
    }

    private static void changed(Console console, char sign, String text) {
        Console.Style style = switch (sign) {
            case '+' -> Console.Style.GREEN;
            case '-' -> Console.Style.RED;
            case '~' -> Console.Style.YELLOW;
            default -> throw new IllegalArgumentException("sign " + sign);
        };
        console.out().println(console.styled(style, "  " + sign + " " + InspectReport.printable(text)));
    }

    private static String versions(Change<FoundPackage> change) {
        FoundPackage old = change.before();
        FoundPackage now = change.after();
        return version(old) + (old != null && now != null ? " → " : "") + version(now);
    }

    private static String version(@Nullable FoundPackage found) {
        return found == null ? "" : found.version();
    }

    private static String counts(Collection<? extends Change<?>> changes) {
        int[] counts = new int[128];
        changes.forEach(each -> counts[each.sign()]++);
        return changes.isEmpty() ? "" : ": +" + counts['+'] + " -" + counts['-'] + " ~" + counts['~'];
    }

    private static String sizes(long old, long now) {
        String change = old == now ? "" : " (" + (now > old ? "+" : "−") + Text.bytes(Math.abs(now - old)) + ")";
        return Text.bytes(old) + " → " + Text.bytes(now) + change;
    }

    private static String text(String setting) {
        return setting.isEmpty() ? "none" : InspectReport.printable(setting);
    }

    private static void row(PrintStream out, String label, String value) {
        out.println(label + " ".repeat(Math.max(1, LABEL - label.length())) + value);
    }

    void json(PrintStream out) {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeBooleanProperty(
                    "same", before.image().digest().equals(after.image().digest()));
            pair(
                    json,
                    "digest",
                    before.image().digest().toString(),
                    after.image().digest().toString());
            pair(
                    json,
                    "compressedSize",
                    Long.toString(before.image().compressedSize()),
                    Long.toString(after.image().compressedSize()));
            pair(json, "unpackedSize", Long.toString(before.unpackedSize()), Long.toString(after.unpackedSize()));
            json.writeArrayPropertyStart("settings");
            for (ImageDifference.Setting each : difference.settings()) {
                json.writeStartObject();
                json.writeStringProperty("name", each.name());
                json.writeStringProperty("before", each.before());
                json.writeStringProperty("after", each.after());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("packages");
            difference.packages().forEach(each -> change(json, "name", each, InspectReport::write));
            json.writeEndArray();
            json.writeArrayPropertyStart("files");
            difference.files().values().forEach(each -> change(json, "path", each, InspectReport::write));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private interface Writing<T> {
        void write(JsonGenerator json, T value);
    }

    private static <T> void change(JsonGenerator json, String key, Change<T> change, Writing<T> writing) {
        json.writeStartObject();
        json.writeStringProperty(key, (key.equals("path") ? "/" : "") + change.name());
        json.writeStringProperty(
                "change", change.before() == null ? "added" : change.after() == null ? "removed" : "changed");
        side(json, "before", change.before(), writing);
        side(json, "after", change.after(), writing);
        json.writeEndObject();
    }

    private static <T> void side(JsonGenerator json, String name, @Nullable T value, Writing<T> writing) {
        if (value != null) {
            json.writeObjectPropertyStart(name);
            writing.write(json, value);
            json.writeEndObject();
        }
    }

    private static void pair(JsonGenerator json, String name, String old, String now) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("before", old);
        json.writeStringProperty("after", now);
        json.writeEndObject();
    }
}
