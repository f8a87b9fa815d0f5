package dev.cairn.scan.report;

import dev.cairn.advisory.Severity;
import dev.cairn.archive.ZipWriter;
import dev.cairn.sbom.Component;
import dev.cairn.scan.Comparison;
import dev.cairn.scan.Finding;
import dev.cairn.scan.ScanResult;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/// The spreadsheet that auditors ask for: summary, open, closed, delta, exceptions, POA&M, inventory, evidence. Texts
/// are cells of type text, never formulas.
public final class XlsxReport {
    private static final int MOST_ROWS = 1_000_000;
    private static final int LONGEST_CELL = 32_000;
    private static final String PROPERTIES = "docProps/core.xml";

    private final Workbook book;
    private final Report report;

    private XlsxReport(Workbook book, Report report) {
        this.book = book;
        this.report = report;
    }

    /// Writes the workbook; `out` stays open. The same report gives the same bytes.
    public static void write(Report report, OutputStream out) throws IOException {
        Path draft = Files.createTempFile("workbook", ".xlsx");
        try {
            try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(draft))) {
                draft(report, file);
            }
            settle(draft, report, out);
        } finally {
            Files.delete(draft);
        }
    }

    /// The library dates a workbook by the clock, and compresses it as the machine's zlib does.
    private static void settle(Path draft, Report report, OutputStream out) throws IOException {
        ZipWriter zip = new ZipWriter(out);
        try (ZipFile file = new ZipFile(draft.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                try (InputStream content = file.getInputStream(entry)) {
                    zip.put(
                            entry.getName(),
                            entry.getName().equals(PROPERTIES) ? dated(content, report.time()) : content);
                }
            }
        }
        zip.finish();
    }

    private static InputStream dated(InputStream properties, Instant time) throws IOException {
        String text = new String(properties.readAllBytes(), StandardCharsets.UTF_8);
        int end = text.indexOf("</dcterms:created>");
        int start = text.lastIndexOf('>', end) + 1;
        String settled = end < 0 ? text : text.substring(0, start) + time + text.substring(end);
        return new ByteArrayInputStream(settled.getBytes(StandardCharsets.UTF_8));
    }

    private static void draft(Report report, OutputStream out) throws IOException {
        try (Workbook book = new Workbook(out, "Cairn", "1.0")) {
            // it is compressed when it is settled
            book.setCompressionLevel(1);
            book.properties().setTitle(report.title());
            XlsxReport writer = new XlsxReport(book, report);
            writer.summary();
            writer.findings("Open", row -> row.finding().counts());
            writer.closed();
            writer.delta();
            writer.findings("Exceptions", row -> !row.finding().status().counts());
            writer.findings("Headers only", row -> row.finding().category() == Finding.Category.HEADERS);
            writer.findings("POA&M", row -> row.due() != null);
            writer.inventory();
            writer.evidence();
        }
    }

    private void summary() throws IOException {
        Worksheet sheet = book.newWorksheet("Summary");
        List<String> head = List.of(
                "Image",
                "Critical",
                "High",
                "Medium",
                "Low",
                "Negligible",
                "Unknown severity",
                "Fixable",
                "Without a fix",
                "Packages unknown",
                "Known exploited",
                "Headers only",
                "Taken out",
                "Overdue",
                "Complete");
        head(sheet, head, List.of(40, 10, 10, 10, 10, 11, 17, 10, 14, 17, 16, 13, 11, 10, 10));
        int r = 1;
        for (ScanResult result : report.results()) {
            int c = 0;
            cell(sheet, r, c++, result.name());
            for (Severity severity : Severity.values()) {
                cell(sheet, r, c++, (long) result.totals().of(severity));
            }
            long overdue =
                    report.rows(result).stream().filter(Report.Row::isOverdue).count();
            long[] numbers = {
                result.totals().fixable(),
                result.totals().open(),
                result.totals().unknown(),
                result.totals().exploited(),
                result.totals().headers(),
                result.totals().suppressed(),
                overdue
            };
            for (int i = 0; i < numbers.length; i++) {
                boolean open = i == 1;
                cell(sheet, r, c++, open && !result.totals().knowsOpen() ? "not known" : (Object) numbers[i]);
            }
            cell(sheet, r++, c, result.incomplete() ? "no" : "yes");
        }
        sheet.finish();
    }

    private void findings(String name, Predicate<Report.Row> wanted) throws IOException {
        List<Report.Row> rows =
                report.rows().stream().filter(wanted).limit(MOST_ROWS).toList();
        boolean optional = name.equals("POA&M") || name.equals("Headers only");
        if (rows.isEmpty() && optional) {
            return;
        }
        Worksheet sheet = book.newWorksheet(name);
        head(
                sheet,
                Columns.ALL.stream().map(Columns.Column::title).toList(),
                Columns.ALL.stream().map(Columns.Column::width).toList());
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < Columns.ALL.size(); c++) {
                cell(sheet, r + 1, c, Columns.ALL.get(c).cell().apply(rows.get(r)));
            }
        }
        sheet.setAutoFilter(0, 0, Math.max(1, rows.size()), Columns.ALL.size() - 1);
        sheet.finish();
    }

    /// What the comparison's second image no longer has.
    private void closed() throws IOException {
        Comparison comparison = report.comparison();
        Worksheet sheet = book.newWorksheet("Closed");
        head(
                sheet,
                List.of(
                        "ID",
                        "Severity",
                        "Source package",
                        "Version before",
                        "Fixed in",
                        "Closed by image",
                        "Closing digest"),
                List.of(18, 11, 24, 24, 24, 30, 30));
        int r = 1;
        if (comparison != null) {
            for (Finding finding : comparison.removed()) {
                Object digest = comparison.after().sbom().subject().digest();
                List<String> cells = List.of(
                        finding.id(),
                        finding.severity().id(),
                        finding.packageName(),
                        finding.version(),
                        finding.fixedIn(),
                        comparison.after().name(),
                        digest == null ? "" : digest.toString());
                for (int c = 0; c < cells.size(); c++) {
                    cell(sheet, r, c, cells.get(c));
                }
                r++;
            }
        }
        sheet.finish();
    }

    private void delta() throws IOException {
        Comparison comparison = report.comparison();
        if (comparison == null) {
            return;
        }
        Worksheet sheet = book.newWorksheet("Delta");
        head(sheet, List.of("", "Before", "After"), List.of(24, 40, 40));
        int r = 1;
        row(sheet, r++, "Image", comparison.before().name(), comparison.after().name());
        row(sheet, r++, "Fixable", (long) comparison.before().totals().fixable(), (long)
                comparison.after().totals().fixable());
        row(sheet, r++, "Without a fix", (long) comparison.before().totals().open(), (long)
                comparison.after().totals().open());
        row(
                sheet,
                r++,
                "Packages",
                (long) comparison.before().sbom().components().size(),
                (long) comparison.after().sbom().components().size());
        row(sheet, r++, "Removed, added", (long) comparison.removed().size(), (long)
                comparison.added().size());
        for (String[] trait : ComparisonSection.TRAITS) {
            row(
                    sheet,
                    r++,
                    trait[0],
                    ComparisonSection.value(comparison.before(), trait[1]),
                    ComparisonSection.value(comparison.after(), trait[1]));
        }
        sheet.finish();
    }

    private static void row(Worksheet sheet, int r, Object... cells) {
        for (int c = 0; c < cells.length; c++) {
            cell(sheet, r, c, cells[c]);
        }
    }

    private void inventory() throws IOException {
        Worksheet sheet = book.newWorksheet("Inventory");
        head(
                sheet,
                List.of(
                        "Image",
                        "Kind",
                        "Package",
                        "Version",
                        "Source package",
                        "Licence",
                        "Package URL",
                        "Path",
                        "Owned by"),
                List.of(30, 10, 30, 22, 22, 22, 50, 40, 20));
        int r = 1;
        for (ScanResult result : report.results()) {
            for (Component component : result.sbom().components()) {
                if (r > MOST_ROWS) {
                    break;
                }
                Component.SourcePackage source = component.source();
                row(
                        sheet,
                        r++,
                        result.name(),
                        component.ecosystem(),
                        component.fullName(),
                        component.version(),
                        source == null ? "" : source.name(),
                        component.licences(),
                        component.purl() == null ? "" : component.purl().toString(),
                        component.locations().isEmpty()
                                ? ""
                                : component.locations().getFirst().path(),
                        component.properties().getOrDefault("cairn:owner", ""));
            }
        }
        sheet.finish();
    }

    private void evidence() throws IOException {
        Worksheet sheet = book.newWorksheet("Evidence");
        head(sheet, List.of("Image", "What", "Value"), List.of(30, 24, 110));
        int r = 1;
        for (ScanResult result : report.results()) {
            row(sheet, r++, result.name(), "Scanned at", result.scannedAt().toString());
            row(sheet, r++, result.name(), "Tool", "cairn " + report.tool());
            row(sheet, r++, result.name(), "Database", result.databaseDigest().toString());
            row(
                    sheet,
                    r++,
                    result.name(),
                    "Database updated",
                    result.databaseBuilt().toString());
            row(
                    sheet,
                    r++,
                    result.name(),
                    "Facts about",
                    String.valueOf(result.basis().used()));
            for (String note : result.notes()) {
                row(sheet, r++, result.name(), "Note", note);
            }
        }
        if (report.policy() != null) {
            row(
                    sheet,
                    r,
                    "",
                    "Policy",
                    report.policy().title() + ": " + report.policy().source());
        }
        sheet.finish();
    }

    private static void head(Worksheet sheet, List<String> titles, List<Integer> widths) {
        for (int c = 0; c < titles.size(); c++) {
            sheet.value(0, c, titles.get(c));
            sheet.width(c, widths.get(c));
        }
        sheet.range(0, 0, 0, titles.size() - 1)
                .style()
                .bold()
                .fillColor("E8EBEF")
                .set();
        sheet.freezePane(0, 1);
    }

    private static void cell(Worksheet sheet, int r, int c, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case String text -> {
                if (!text.isEmpty()) {
                    sheet.value(r, c, text.length() > LONGEST_CELL ? text.substring(0, LONGEST_CELL) : text);
                }
            }
            case LocalDate day -> {
                sheet.value(r, c, day);
                sheet.style(r, c).format("yyyy-mm-dd").set();
            }
            case Number number -> sheet.value(r, c, number);
            default -> sheet.value(r, c, value.toString());
        }
    }
}
