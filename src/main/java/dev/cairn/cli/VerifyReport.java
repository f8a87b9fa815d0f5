package dev.cairn.cli;

import dev.cairn.image.AssembledImage.TopFile;
import dev.cairn.verify.Verification;
import dev.cairn.verify.Verification.LayerVerdict;
import dev.cairn.verify.Verification.PackageVerdict;
import dev.cairn.verify.Verification.Vouched;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// Says what a verification found.
record VerifyReport(String name, boolean locked, List<Verification> results, List<String> problems) {
    private static final int KIND = 12;

    boolean isVerified() {
        return problems.isEmpty() && !results.isEmpty();
    }

    void text(Console console) {
        PrintStream out = console.out();
        results.forEach(each -> one(console, each));
        for (String each : problems) {
            out.println(console.styled(Console.Style.RED, "✗ " + each));
        }
        if (isVerified()) {
            out.println(console.styled(
                    Console.Style.GREEN, "verified: every byte was derived again from what is listed above"));
        } else {
            out.println(console.styled(Console.Style.BOLD, name + " is not verified"));
        }
    }

    private void one(Console console, Verification result) {
        PrintStream out = console.out();
        out.println(console.styled(Console.Style.BOLD, name + "  " + result.platform()));
        out.println("digest     " + result.digest());
        out.println("packages   " + result.packages().size() + (locked ? " of the lock" : " of today's resolution")
                + ": " + vouched(result));
        out.println("layers     " + result.layers().size());
        for (LayerVerdict each : result.layers()) {
            out.println(Text.row(
                    "  "
                            + Text.row(
                                    Integer.toString(each.number()),
                                    4,
                                    "",
                                    0,
                                    each.kind().id()),
                    KIND + 10,
                    Text.bytes(each.size()),
                    8,
                    each.source()));
        }
        out.println("generated  "
                + Text.count(result.topFiles().size(), "entry").replace("entrys", "entries") + " of the top layer");
        for (TopFile each : result.topFiles()) {
            out.println(console.styled(Console.Style.DIM, "  /" + each.path() + "  " + each.reason()));
        }
    }

    private static String vouched(Verification result) {
        Map<Vouched, Integer> counts = new TreeMap<>();
        for (PackageVerdict each : result.packages()) {
            counts.merge(each.vouched(), 1, Integer::sum);
        }
        return String.join(
                ", ",
                counts.entrySet().stream()
                        .map(each -> each.getValue() + " by " + each.getKey().words())
                        .toList());
    }

    void json(PrintStream out) {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeStringProperty("name", name);
            json.writeBooleanProperty("verified", isVerified());
            json.writeArrayPropertyStart("problems");
            problems.forEach(json::writeString);
            json.writeEndArray();
            json.writeArrayPropertyStart("images");
            results.forEach(each -> image(json, each));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void image(JsonGenerator json, Verification result) {
        json.writeStartObject();
        json.writeStringProperty("platform", result.platform().toString());
        json.writeStringProperty("digest", result.digest().toString());
        json.writeArrayPropertyStart("layers");
        for (LayerVerdict each : result.layers()) {
            json.writeStartObject();
            json.writeStringProperty("digest", each.digest().toString());
            json.writeStringProperty("kind", each.kind().id());
            json.writeNumberProperty("size", each.size());
            json.writeStringProperty("source", each.source());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("packages");
        for (PackageVerdict each : result.packages()) {
            json.writeStartObject();
            json.writeStringProperty("package", each.pin());
            json.writeStringProperty("file", each.file().toString());
            json.writeStringProperty("vouchedBy", each.vouched().words());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("topLayer");
        for (TopFile each : result.topFiles()) {
            json.writeStartObject();
            json.writeStringProperty("path", "/" + each.path());
            json.writeNumberProperty("size", each.size());
            json.writeStringProperty("reason", each.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
