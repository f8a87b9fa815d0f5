package dev.cairn.packages.deb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads UTF-8 lines that end with `\n`, none longer than a limit.
final class LineReader {
    private final InputStream in;
    private final int limit;
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    LineReader(InputStream in, int limit) {
        this.in = in;
        this.limit = limit;
    }

    /// The next line without its end, or null after the last.
    ///
    /// @throws DebException when a line is longer than the limit
    @Nullable
    String next() throws IOException {
        int scanned = start;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    return take(i, i + 1);
                }
            }
            scanned = end - start;
            if (!fill()) {
                return end > start ? take(end, end) : null;
            }
            scanned += start;
        }
    }

    private String take(int stop, int next) {
        String line = new String(buffer, start, stop - start, StandardCharsets.UTF_8);
        start = next;
        return line;
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end >= limit) {
                throw DebException.malformed("a line of more than " + limit + " bytes");
            }
            buffer = Arrays.copyOf(buffer, end * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read > 0) {
            end += read;
        }
        return read > 0;
    }
}
