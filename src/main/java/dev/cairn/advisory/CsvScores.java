package dev.cairn.advisory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// EPSS scores as FIRST publishes them: a comment with the day, a header, then `cve,epss,percentile`. Further columns
/// (`CVSS Score`, `Published`, `Source`) are taken where they stand. Quoted cells are RFC 4180's.
final class CsvScores {
    private static final int LONGEST_CELL = 1 << 16;

    private final String what;
    private final Consumer<Row> rows;
    private int day = Fact.NO_DAY;

    /// One row.
    record Row(String cve, double epss, double percentile, int day, double cvss, int published, String source) {}

    CsvScores(String what, Consumer<Row> rows) {
        this.what = what;
        this.rows = rows;
    }

    void read(InputStream in) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        Map<String, Integer> columns = new HashMap<>();
        for (List<String> cells = next(reader); cells != null; cells = next(reader)) {
            if (cells.getFirst().startsWith("#")) {
                cells.forEach(this::comment);
            } else if (columns.isEmpty()) {
                for (int i = 0; i < cells.size(); i++) {
                    columns.put(cells.get(i).toLowerCase(Locale.ROOT).strip(), i);
                }
                if (!columns.containsKey("cve") || !columns.containsKey("epss")) {
                    throw AdvisoryException.malformed(what, "the header has no columns 'cve' and 'epss': " + cells);
                }
            } else {
                rows.accept(row(cells, columns));
            }
        }
    }

    private Row row(List<String> cells, Map<String, Integer> columns) {
        return new Row(
                cell(cells, columns, "cve"),
                number(cell(cells, columns, "epss")),
                number(cell(cells, columns, "percentile")),
                day,
                number(cell(cells, columns, "cvss score")),
                Days.parse(cell(cells, columns, "published")),
                cell(cells, columns, "source"));
    }

    private void comment(String cell) {
        int at = cell.indexOf("score_date:");
        if (at >= 0) {
            day = Days.parse(cell.substring(at + "score_date:".length()));
        }
    }

    private static String cell(List<String> cells, Map<String, Integer> columns, String name) {
        Integer column = columns.get(name);
        return column == null || column >= cells.size() ? "" : cells.get(column).strip();
    }

    private static double number(String text) {
        try {
            return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /// The next record, which can go over several lines; null at the end.
    private @Nullable List<String> next(BufferedReader in) throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (; c >= 0; c = in.read()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ',') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (!quoted && c == '\n') {
                break;
            } else if (c != '\r' && cell.length() < LONGEST_CELL) {
                cell.append((char) c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
