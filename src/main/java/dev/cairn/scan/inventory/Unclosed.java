package dev.cairn.scan.inventory;

import java.io.FilterInputStream;
import java.io.InputStream;

/// A stream that stays open when who reads it closes it: the archive that it is a part of goes on.
final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
        super(in);
    }

    @Override
    public void close() {
        // whoever opened it closes it
    }
}
