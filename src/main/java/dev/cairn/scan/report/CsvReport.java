package dev.cairn.scan.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row a finding, as RFC 4180. A text that a spreadsheet program would take for a formula gets a `'` in front.
public final class CsvReport {
    private CsvReport() {}

    /// The document, in UTF-8 with lines that end in CR LF.
    public static byte[] write(Report report) {
        StringBuilder text = new StringBuilder();
        line(text, Columns.ALL.stream().map(Columns.Column::title).toList());
        for (Report.Row row : report.rows()) {
            List<String> cells = new ArrayList<>();
            for (Columns.Column column : Columns.ALL) {
                cells.add(cell(column.cell().apply(row)));
            }
            line(text, cells);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            text.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
        }
        text.append("\r\n");
    }

    static String cell(@Nullable Object value) {
        return value == null ? "" : value instanceof String text ? harmless(text) : value.toString();
    }

    /// Text that no spreadsheet program takes for a formula.
    static String harmless(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return formula ? "'" + text : text;
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
