package dev.cairn.oci.layout;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Holds a tar against what would be written: what is written is compared with the file as it goes by.
final class TarComparison {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final List<String> differences = new ArrayList<>();
    private String current = "";
    private long position;
    private boolean differs;

    TarComparison(Path file) {
        this.file = file;
    }

    /// Writes the expected tar, and says which file comes next.
    interface Writing {
        void write(OutputStream out, Consumer<String> next) throws IOException;
    }

    List<String> of(Writing expected) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            expected.write(new Comparing(in), this::next);
            if (in.read() >= 0) {
                differences.add(file + ": goes on behind its end, at byte " + position);
            }
        }
        return differences;
    }

    private void next(String name) {
        current = name;
        differs = false;
    }

    private final class Comparing extends OutputStream {
        private final InputStream in;

        Comparing(InputStream in) {
            this.in = in;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            byte[] found = in.readNBytes(length);
            int at = java.util.Arrays.mismatch(bytes, offset, offset + length, found, 0, found.length);
            if (at >= 0 && !differs) {
                differs = true;
                differences.add(file + ": " + current + " differs from what was built, at byte " + (position + at));
            }
            position += length;
        }
    }
}
