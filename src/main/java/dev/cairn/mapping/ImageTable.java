package dev.cairn.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The table of public images, `images.tsv`.
final class ImageTable {
    private static final String RESOURCE = "images.tsv";
    private static final int USUAL_LINE = 2;
    private static final Map<String, Row> ROWS = load();

    /// One public image.
    ///
    /// @param hardened the hardened image's name
    /// @param distribution what it is built from where its tag does not say
    /// @param line how many parts of the version make a line in which moving is safe; 0 where the tag is the
    ///     distribution's version
    record Row(String hardened, Optional<Distribution> distribution, int line) {}

    private ImageTable() {}

    static @Nullable Row find(String familiar) {
        return ROWS.get(familiar);
    }

    static List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        ROWS.values().forEach(row -> names.add(row.hardened()));
        return List.copyOf(names);
    }

    /// How many parts of its version make a line of this hardened image.
    static int line(String hardened) {
        int line = USUAL_LINE;
        for (Row row : ROWS.values()) {
            if (row.hardened().equals(hardened)) {
                line = Math.min(line, row.line());
            }
        }
        return Math.max(1, line);
    }

    private static Map<String, Row> load() {
        try (InputStream in = Objects.requireNonNull(ImageTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            Map<String, Row> rows = new HashMap<>();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] cells = line.split("\t", -1);
                rows.put(
                        cells[0],
                        new Row(
                                cells[1],
                                cells.length > 2 ? Distribution.parse(cells[2]) : Optional.empty(),
                                cells.length > 3 && !cells[3].isEmpty() ? Integer.parseInt(cells[3]) : USUAL_LINE));
            });
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
