package dev.cairn.advisory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How CVEs are rated, in one mapped file: rows of fixed length, sorted by year and number.
public final class ScoreTable {
    private static final long MAGIC = 0x434149524e53434fL;
    private static final int VERSION = 1;
    private static final int HEADER = 20;
    private static final int ROW = 45;

    /// A table without rows.
    public static final ScoreTable EMPTY = new ScoreTable(ByteBuffer.wrap(bytes(new TreeMap<>())));

    private final ByteBuffer bytes;
    private final int rows;
    private final int texts;

    private ScoreTable(ByteBuffer bytes) {
        this.bytes = bytes;
        if (bytes.limit() < HEADER || bytes.getLong(0) != MAGIC || bytes.getInt(8) != VERSION) {
            throw Part.damaged("the table of scores", "has another format");
        }
        this.rows = bytes.getInt(12);
        long end = HEADER + (long) rows * ROW;
        if (rows < 0 || end + bytes.getInt(16) != bytes.limit()) {
            throw Part.damaged("the table of scores", "has " + bytes.limit() + " bytes, not what it says");
        }
        this.texts = (int) end;
    }

    static ScoreTable open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new ScoreTable(Part.map(channel));
        }
    }

    /// How many CVEs are rated.
    public int size() {
        return rows;
    }

    /// What is known of an id; [Score#NONE] for ids that are no CVE.
    public Score find(String id) {
        long key = key(id);
        int low = 0;
        int high = rows - 1;
        while (low <= high && key > 0) {
            int middle = (low + high) >>> 1;
            long found = bytes.getLong(HEADER + middle * ROW);
            if (found == key) {
                return row(HEADER + middle * ROW);
            }
            if (found < key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Score.NONE;
    }

    /// All rows by id, to add to.
    SortedMap<Long, Score> rows() {
        SortedMap<Long, Score> all = new TreeMap<>();
        for (int i = 0; i < rows; i++) {
            all.put(bytes.getLong(HEADER + i * ROW), row(HEADER + i * ROW));
        }
        return all;
    }

    private Score row(int at) {
        byte severity = bytes.get(at + 8);
        return new Score(
                severity >= 0 && severity < PartFile.SEVERITIES.size()
                        ? PartFile.SEVERITIES.get(severity)
                        : Severity.UNKNOWN,
                bytes.getFloat(at + 9) < 0 ? Double.NaN : Math.round(bytes.getFloat(at + 9) * 10) / 10.0,
                text(bytes.getInt(at + 13)),
                text(bytes.getInt(at + 17)),
                share(bytes.getInt(at + 21)),
                share(bytes.getInt(at + 25)),
                bytes.getInt(at + 29),
                bytes.getInt(at + 33),
                bytes.getInt(at + 37),
                bytes.getInt(at + 41));
    }

    private static double share(int millionths) {
        return millionths < 0 ? Double.NaN : millionths / 1e6;
    }

    private String text(int place) {
        if (place < 0 || texts + place + 2 > bytes.limit()) {
            throw Part.damaged("the table of scores", "ends too early");
        }
        byte[] text = new byte[bytes.getShort(texts + place) & 0xffff];
        if (texts + place + 2 + text.length > bytes.limit()) {
            throw Part.damaged("the table of scores", "ends too early");
        }
        bytes.get(texts + place + 2, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /// `CVE-2024-1234` as a number that sorts as the ids do; 0 for what is no CVE.
    static long key(String id) {
        if (!Aliases.isCve(id) || id.length() < 10 || id.length() > 24 || id.charAt(8) != '-') {
            return 0;
        }
        long year = 0;
        long number = 0;
        for (int i = 4; i < id.length(); i++) {
            char c = id.charAt(i);
            if (i == 8) {
                continue;
            }
            if (c < '0' || c > '9') {
                return 0;
            }
            if (i < 8) {
                year = year * 10 + c - '0';
            } else {
                number = number * 10 + c - '0';
            }
        }
        return number < 1L << 40 ? year << 40 | number : 0;
    }

    static void write(SortedMap<Long, Score> scores, OutputStream out) throws IOException {
        out.write(bytes(scores));
    }

    private static byte[] bytes(SortedMap<Long, Score> scores) {
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        Map<String, Integer> places = new LinkedHashMap<>();
        ByteBuffer rows = ByteBuffer.allocate(scores.size() * ROW);
        scores.forEach((key, score) -> {
            rows.putLong(key).put((byte) PartFile.SEVERITIES.indexOf(score.severity()));
            rows.putFloat(Double.isNaN(score.cvss()) ? -1 : (float) score.cvss());
            rows.putInt(place(score.vector(), places, texts)).putInt(place(score.source(), places, texts));
            rows.putInt(millionths(score.epss())).putInt(millionths(score.epssPercentile()));
            rows.putInt(score.epssDay()).putInt(score.kevAdded());
            rows.putInt(score.kevDue()).putInt(score.published());
        });
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putLong(MAGIC).putInt(VERSION).putInt(scores.size()).putInt(texts.size());
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(header.array());
        all.writeBytes(rows.array());
        all.writeBytes(texts.toByteArray());
        return all.toByteArray();
    }

    private static int millionths(double share) {
        return Double.isNaN(share) ? -1 : (int) Math.round(share * 1e6);
    }

    private static int place(String text, Map<String, Integer> places, ByteArrayOutputStream texts) {
        Integer known = places.get(text);
        if (known != null) {
            return known;
        }
        int place = texts.size();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, 0xffff);
        texts.write(length >>> 8);
        texts.write(length);
        texts.write(utf8, 0, length);
        places.put(text, place);
        return place;
    }
}
