package dev.cairn.advisory;

import dev.cairn.archive.Decompressor;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads VEX documents: OpenVEX 0.2.0, and the `vulnerabilities` of CycloneDX 1.4 and newer. At most 256 MiB.
///
/// OpenVEX says `not_affected` with a justification or an impact statement; one without either is refused by the
/// specification and is taken as under investigation here.
public final class VexReader {
    private static final long LONGEST = 256 << 20;

    private VexReader() {}

    /// The statements of a file, compressed or not.
    public static List<VexStatement> read(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new AdvisoryException(AdvisoryException.Code.TOO_LARGE, file + ": too large for a VEX document");
        }
        try (InputStream in = Decompressor.open(new BufferedInputStream(Files.newInputStream(file)))) {
            return read(in, file.toString());
        }
    }

    /// The statements of a document.
    public static List<VexStatement> read(byte[] document, String what) throws IOException {
        return read(new ByteArrayInputStream(document), what);
    }

    static List<VexStatement> read(InputStream in, String what) throws IOException {
        FeedJson.Value document;
        try (FeedJson json = new FeedJson(in, what)) {
            FeedJson.Value value = json.next();
            document = value == null ? FeedJson.Value.NONE : value;
        }
        if (document.get("statements").isPresent()) {
            return openVex(document);
        }
        if (document.get("bomFormat").text().equals("CycloneDX")) {
            return cycloneDx(document);
        }
        throw AdvisoryException.malformed(what, "neither OpenVEX (statements) nor CycloneDX (bomFormat)");
    }

    private static List<VexStatement> openVex(FeedJson.Value document) {
        List<VexStatement> statements = new ArrayList<>();
        String author = document.get("author").text();
        for (FeedJson.Value each : document.get("statements").list()) {
            List<String> ids = new ArrayList<>();
            FeedJson.Value vulnerability = each.get("vulnerability");
            add(ids, vulnerability.raw() instanceof String ? vulnerability : vulnerability.get("name"));
            ids.addAll(vulnerability.get("aliases").texts());
            List<String> products = new ArrayList<>();
            List<String> inside = new ArrayList<>();
            for (FeedJson.Value product : each.get("products").list()) {
                identify(product, products);
                product.get("subcomponents").list().forEach(sub -> identify(sub, inside));
            }
            String justification = each.get("justification").text();
            String detail = each.get("impact_statement").text();
            VexStatement.Status status = openVexStatus(each.get("status").text(), justification + detail);
            if (!ids.isEmpty() && status != null && !products.isEmpty()) {
                String time = each.get("timestamp").text();
                statements.add(new VexStatement(
                        ids,
                        products,
                        inside,
                        status,
                        justification,
                        detail.isEmpty() ? each.get("status_notes").text() : detail,
                        author,
                        time.isEmpty() ? document.get("timestamp").text() : time));
            }
        }
        return statements;
    }

    private static VexStatement.@Nullable Status openVexStatus(String status, String grounds) {
        return switch (status) {
            case "not_affected" ->
                grounds.isEmpty() ? VexStatement.Status.UNDER_INVESTIGATION : VexStatement.Status.NOT_AFFECTED;
            case "affected" -> VexStatement.Status.AFFECTED;
            case "fixed" -> VexStatement.Status.FIXED;
            case "under_investigation" -> VexStatement.Status.UNDER_INVESTIGATION;
            default -> null;
        };
    }

    private static void identify(FeedJson.Value product, List<String> into) {
        if (product.raw() instanceof String) {
            add(into, product);
            return;
        }
        add(into, product.get("@id"));
        add(into, product.get("identifiers").get("purl"));
    }

    private static void add(List<String> into, FeedJson.Value text) {
        if (!text.text().isEmpty() && !into.contains(text.text())) {
            into.add(text.text());
        }
    }

    private static List<VexStatement> cycloneDx(FeedJson.Value document) {
        Map<String, String> purls = new HashMap<>();
        for (FeedJson.Value component : document.get("components").list()) {
            purls.put(component.get("bom-ref").text(), component.get("purl").text());
        }
        List<VexStatement> statements = new ArrayList<>();
        for (FeedJson.Value each : document.get("vulnerabilities").list()) {
            FeedJson.Value analysis = each.get("analysis");
            VexStatement.Status status = cycloneDxStatus(analysis.get("state").text());
            List<String> ids = new ArrayList<>();
            add(ids, each.get("id"));
            each.get("references").list().forEach(reference -> add(ids, reference.get("id")));
            List<String> products = new ArrayList<>();
            for (FeedJson.Value affected : each.get("affects").list()) {
                String ref = affected.get("ref").text();
                String purl = purls.getOrDefault(ref, "");
                products.add(purl.isEmpty() ? ref : purl);
            }
            if (status != null && !ids.isEmpty() && !products.isEmpty()) {
                statements.add(new VexStatement(
                        ids,
                        products,
                        List.of(),
                        status,
                        analysis.get("justification").text(),
                        analysis.get("detail").text(),
                        "",
                        each.get("updated").text()));
            }
        }
        return statements;
    }

    private static VexStatement.@Nullable Status cycloneDxStatus(String state) {
        return switch (state) {
            case "not_affected", "false_positive" -> VexStatement.Status.NOT_AFFECTED;
            case "exploitable" -> VexStatement.Status.AFFECTED;
            case "resolved", "resolved_with_pedigree" -> VexStatement.Status.FIXED;
            case "in_triage" -> VexStatement.Status.UNDER_INVESTIGATION;
            default -> null;
        };
    }
}
