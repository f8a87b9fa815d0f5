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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Says what a verification found.
///
/// @param name what was verified
/// @param signed what was found of signatures
/// @param from what it was derived from; null when that was not done
/// @param results for each image
/// @param problems what is not as it has to be
record VerifyReport(
        String name, Signed signed, @Nullable BuiltFrom from, List<Verification> results, List<String> problems) {
    private static final int KIND = 12;

    /// What was found of signatures.
    ///
    /// @param checked whether they were looked at
    /// @param signatures how many are good
    /// @param attestations the types of good attestations
    /// @param notes what else is there and proves nothing
    record Signed(boolean checked, int signatures, List<String> attestations, List<String> notes) {
        static final Signed UNCHECKED = new Signed(false, 0, List.of(), List.of());

        static Signed of(dev.cairn.attest.Verification.@Nullable Report report) {
            if (report == null) {
                return UNCHECKED;
            }
            List<String> types = report.attestations().stream()
                    .map(each -> each.statement().predicateType())
                    .distinct()
                    .sorted()
                    .toList();
            return new Signed(
                    true, report.signatures().size(), types, report.isSigned() ? report.problems() : List.of());
        }
    }

    /// A report without derived bytes.
    static VerifyReport refused(String name, Signed signed, List<String> problems) {
        return new VerifyReport(name, signed, null, List.of(), problems);
    }

    boolean isVerified() {
        return problems.isEmpty() && !results.isEmpty();
    }

    int exitCode() {
        return isVerified() ? ExitCode.DONE : isSignedOnly() ? ExitCode.INCOMPLETE : ExitCode.NO;
    }

    private boolean isSignedOnly() {
        return problems.isEmpty() && from == null && signed.signatures() > 0;
    }

    void text(Console console) {
        PrintStream out = console.out();
        if (signed.checked()) {
            out.println("signed     " + Text.count(signed.signatures(), "signature") + " by this key");
            signed.attestations().forEach(each -> out.println("attested   " + each));
            signed.notes().forEach(each -> out.println(console.styled(Console.Style.DIM, "  not counted: " + each)));
        }
        if (from != null && !from.origin().isEmpty()) {
            origin(console, from);
        }
        results.forEach(each -> one(console, each));
        for (String each : problems) {
            out.println(console.styled(Console.Style.RED, "✗ " + each));
        }
        if (isVerified()) {
            out.println(console.styled(
                    Console.Style.GREEN, "verified: every byte was derived again from what is listed above"));
        } else if (isSignedOnly()) {
            out.println(console.styled(
                    Console.Style.BOLD,
                    name + " is signed; its bytes were not derived, since this key signed no provenance of it"));
            out.println("try: cairn verify " + name + " DEFINITION --key FILE");
        } else {
            out.println(console.styled(Console.Style.BOLD, name + " is not verified"));
        }
    }

    /// Who reads what another one's definition trusts can judge it.
    private static void origin(Console console, BuiltFrom from) {
        PrintStream out = console.out();
        out.println("definition of " + from.origin());
        from.definition().buildTimeRepositories().forEach(each -> out.println("  packages from " + each));
        from.definition().contents().keyring().forEach(each -> out.println("  trusting the key " + each));
    }

    private void one(Console console, Verification result) {
        PrintStream out = console.out();
        out.println(console.styled(Console.Style.BOLD, name + "  " + result.platform()));
        out.println("digest     " + result.digest());
        out.println("packages   " + result.packages().size()
                + (from != null && from.lock() != null ? " of the lock" : " of today's resolution") + ": "
                + vouched(result));
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
            if (signed.checked()) {
                json.writeNumberProperty("signatures", signed.signatures());
                json.writeArrayPropertyStart("attestations");
                signed.attestations().forEach(json::writeString);
                json.writeEndArray();
            }
            if (from != null && !from.origin().isEmpty()) {
                json.writeStringProperty("definition", from.origin());
            }
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
