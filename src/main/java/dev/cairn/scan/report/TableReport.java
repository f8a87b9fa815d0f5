package dev.cairn.scan.report;

import dev.cairn.advisory.Severity;
import dev.cairn.scan.Finding;
import dev.cairn.scan.ScanResult;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Findings for people on a terminal: the most pressing first, what is suppressed only counted.
public final class TableReport {
    private final BiFunction<Tone, String, String> styled;
    private final boolean all;
    private final StringBuilder out = new StringBuilder();

    /// How a word is set off.
    public enum Tone {
        BAD,
        WARNING,
        GOOD,
        DIM,
        STRONG
    }

    private TableReport(BiFunction<Tone, String, String> styled, boolean all) {
        this.styled = styled;
        this.all = all;
    }

    /// The text.
    ///
    /// @param styled sets words off; gives them as they are where there is no colour
    /// @param all whether findings without a fix, and those that do not count, are listed too
    public static String write(Report report, BiFunction<Tone, String, String> styled, boolean all) {
        TableReport table = new TableReport(styled, all);
        for (ScanResult result : report.results()) {
            table.image(report, result);
        }
        return table.out.toString();
    }

    private void image(Report report, ScanResult result) {
        line(styled.apply(Tone.STRONG, result.name()) + about(result));
        List<Report.Row> rows = new ArrayList<>();
        int hidden = 0;
        for (Report.Row row : report.rows(result)) {
            boolean shown = all || (row.finding().counts() && row.finding().isFixable());
            hidden += !shown && row.finding().counts() ? 1 : 0;
            if (shown) {
                rows.add(row);
            }
        }
        if (!rows.isEmpty()) {
            line("");
            table(rows);
        }
        if (hidden > 0) {
            line(styled.apply(Tone.DIM, "… and " + hidden + " without a fix (--all lists them)"));
        }
        line("");
        summary(result, report);
    }

    private static String about(ScanResult result) {
        String packages = result.sbom().components().size() + " packages";
        return "  " + (result.basis().used() == null ? "" : result.basis().used() + ", ") + packages;
    }

    private void table(List<Report.Row> rows) {
        List<String[]> cells = new ArrayList<>();
        boolean due = rows.stream().anyMatch(row -> row.due() != null);
        cells.add(new String[] {"SEVERITY", "ID", "PACKAGE", "INSTALLED", "FIXED IN", "KEV", "EPSS", due ? "DUE" : ""});
        for (Report.Row row : rows) {
            Finding finding = row.finding();
            cells.add(new String[] {
                finding.severity().id(),
                finding.id(),
                finding.packageName(),
                finding.version(),
                finding.isFixable() ? finding.fixedIn() : "(" + finding.outlook() + ")",
                finding.score().isKnownExploited() ? "yes" : "",
                percent(finding.score().epss()),
                row.due() == null ? "" : row.due().day() + (row.isOverdue() ? " overdue" : "")
            });
        }
        int[] widths = new int[cells.getFirst().length];
        for (String[] row : cells) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], Math.min(40, row[i].length()));
            }
        }
        for (int i = 0; i < cells.size(); i++) {
            row(cells.get(i), widths, i == 0 ? null : rows.get(i - 1));
        }
    }

    private void row(String[] cells, int[] widths, Report.@Nullable Row row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < cells.length; i++) {
            String padded = cells[i] + " ".repeat(Math.max(0, widths[i] - cells[i].length()));
            text.append(i == 0 && row != null ? styled.apply(tone(row.finding().severity()), padded) : padded);
            text.append(i == cells.length - 1 ? "" : "  ");
        }
        String line = text.toString().stripTrailing();
        line(row == null ? styled.apply(Tone.DIM, line) : line);
    }

    private static Tone tone(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> Tone.BAD;
            case MEDIUM -> Tone.WARNING;
            case LOW, NEGLIGIBLE, UNKNOWN -> Tone.DIM;
        };
    }

    private void summary(ScanResult result, Report report) {
        boolean clean = result.totals().known() == 0 && result.totals().unknown() == 0;
        line(styled.apply(clean ? Tone.GOOD : Tone.STRONG, result.totals().headline()) + severities(result));
        if (result.totals().exploited() > 0) {
            line(styled.apply(Tone.BAD, result.totals().exploited() + " known to be exploited (CISA KEV)"));
        }
        if (result.totals().headers() > 0) {
            line(result.totals().headers()
                    + " more are of a kernel that is not in the image (only its headers or tools are)");
        }
        if (result.totals().suppressed() > 0) {
            line(result.totals().suppressed() + " taken out by VEX or rules");
        }
        long overdue =
                report.rows(result).stream().filter(Report.Row::isOverdue).count();
        if (report.policy() != null) {
            line(overdue + " overdue under " + report.policy().title());
        }
        ScanResult.EndOfLife ended = result.endOfLife();
        if (ended != null) {
            LocalDate last = ended.branch().longTermEnd() == null
                    ? ended.branch().end()
                    : ended.branch().longTermEnd();
            line(styled.apply(
                    Tone.BAD,
                    ended.branch().ecosystem().title() + " " + ended.branch().name() + " ended on " + last
                            + ": nobody fixes it" + since(ended)));
        }
        if (result.longTerm() != null) {
            line(styled.apply(
                    Tone.WARNING,
                    result.longTerm().ecosystem().title() + " "
                            + result.longTerm().name() + " has long-term support only, until "
                            + result.longTerm().longTermEnd()));
        }
        for (String note : result.notes()) {
            line(styled.apply(Tone.DIM, "note: " + note));
        }
        line(styled.apply(
                Tone.DIM,
                "database " + result.databaseDigest().toString().substring(0, 19) + " of "
                        + LocalDate.ofInstant(result.databaseBuilt(), java.time.ZoneOffset.UTC)));
    }

    static String since(ScanResult.EndOfLife ended) {
        return ended.fixedSince() < 0 ? "" : "; at least " + ended.fixedSince() + " fixed upstream since";
    }

    private static String severities(ScanResult result) {
        StringBuilder text = new StringBuilder();
        for (Severity severity : Severity.values()) {
            int count = result.totals().of(severity);
            if (count > 0) {
                text.append(text.isEmpty() ? "  (" : ", ")
                        .append(count)
                        .append(' ')
                        .append(severity.id());
            }
        }
        return text.isEmpty() ? "" : text.append(')').toString();
    }

    static String percent(double share) {
        if (Double.isNaN(share)) {
            return "";
        }
        long tenths = Math.round(share * 1000);
        return tenths / 10 + "." + tenths % 10 + "%";
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
