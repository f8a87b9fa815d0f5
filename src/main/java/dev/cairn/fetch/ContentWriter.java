package dev.cairn.fetch;

import java.io.IOException;
import java.io.OutputStream;

/// Something that writes its content to a stream, which it does not close.
public interface ContentWriter {
    /// Writes all of it.
    void writeTo(OutputStream out) throws IOException;
}
