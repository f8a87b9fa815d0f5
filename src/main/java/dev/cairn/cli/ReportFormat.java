package dev.cairn.cli;

import dev.cairn.scan.report.CsvReport;
import dev.cairn.scan.report.CycloneDxReport;
import dev.cairn.scan.report.HtmlReport;
import dev.cairn.scan.report.JsonReport;
import dev.cairn.scan.report.Report;
import dev.cairn.scan.report.SarifReport;
import dev.cairn.scan.report.TableReport;
import dev.cairn.scan.report.VexReport;
import dev.cairn.scan.report.XlsxReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;

/// The forms that findings are written in.
enum ReportFormat {
    TABLE,
    JSON,
    SARIF,
    CYCLONEDX,
    OPENVEX,
    CSV,
    XLSX,
    HTML;

    private static final String KNOWN = "table, json, sarif, cyclonedx, openvex, csv, xlsx or html";

    static ReportFormat parse(String name) {
        for (ReportFormat format : values()) {
            if (format.name().equals(name.toUpperCase(Locale.ROOT))) {
                return format;
            }
        }
        throw usage("no output format '" + name + "'\ntry: --output " + KNOWN);
    }

    /// By how a file is called: `report.html`, `findings.sarif`, `vex.openvex.json`.
    static ReportFormat ofFile(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        for (ReportFormat format : values()) {
            String word = format.name().toLowerCase(Locale.ROOT);
            if (name.endsWith("." + word) || name.endsWith("." + word + ".json")) {
                return format;
            }
        }
        if (name.endsWith(".cdx.json")) {
            return CYCLONEDX;
        }
        throw usage("cannot tell the format of " + file + " by its name\ntry: --output " + KNOWN);
    }

    private static CliException usage(String message) {
        return new CliException(CliException.Code.USAGE, message);
    }

    private byte[] bytes(Report report) {
        return switch (this) {
            case TABLE -> TableReport.write(report, (tone, text) -> text, true).getBytes(StandardCharsets.UTF_8);
            case JSON -> JsonReport.write(report);
            case SARIF -> SarifReport.write(report);
            case CYCLONEDX -> CycloneDxReport.write(report.results().getFirst(), report.tool());
            case OPENVEX -> VexReport.write(report, "cairn scan");
            case CSV -> CsvReport.write(report);
            case HTML -> HtmlReport.write(report);
            case XLSX -> throw new IllegalStateException("a workbook is written to a file");
        };
    }

    /// Writes a file: beside its place first, so that a reader sees the old one or the new one.
    void write(Report report, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path beside = Files.createTempFile(folder, ".cairn-report-", "");
        try {
            try (OutputStream out = Files.newOutputStream(beside)) {
                if (this == XLSX) {
                    XlsxReport.write(report, out);
                } else {
                    out.write(bytes(report));
                }
            }
            Files.setPosixFilePermissions(beside, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Prints it.
    void print(Report report, Console console, boolean all) {
        switch (this) {
            case TABLE ->
                console.out().print(TableReport.write(report, (tone, text) -> console.styled(style(tone), text), all));
            case XLSX -> throw usage("a workbook is not for a terminal\ntry: --to report.xlsx");
            case JSON, SARIF, CYCLONEDX, OPENVEX, CSV, HTML -> {
                byte[] bytes = bytes(report);
                console.out().write(bytes, 0, bytes.length);
                if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
                    console.out().print('\n');
                }
            }
        }
    }

    private static final Map<TableReport.Tone, Console.Style> STYLES = Map.of(
            TableReport.Tone.BAD, Console.Style.RED,
            TableReport.Tone.WARNING, Console.Style.YELLOW,
            TableReport.Tone.GOOD, Console.Style.GREEN,
            TableReport.Tone.DIM, Console.Style.DIM,
            TableReport.Tone.STRONG, Console.Style.BOLD);

    private static Console.Style style(TableReport.Tone tone) {
        return STYLES.getOrDefault(tone, Console.Style.DIM);
    }
}
