package dev.cairn.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Executor;

/// Compresses to one gzip member whose bytes depend on the input alone: not on the JDK, the processor, the number of
/// threads or the sizes of the writes. See [SegmentWriter].
public final class GzipOutputStream extends OutputStream {
    private final OutputStream out;
    private final GzipAssembler assembler;
    private final SegmentWriter segment;
    private boolean finished;

    /// Compresses on the calling thread. Closing the stream closes `out`.
    public GzipOutputStream(OutputStream out) throws IOException {
        this(out, Runnable::run);
    }

    /// Compresses on the threads of `executor`, with the same result. Closing the stream closes `out`.
    public GzipOutputStream(OutputStream out, Executor executor) throws IOException {
        this.out = out;
        this.assembler = new GzipAssembler(out);
        this.segment = new SegmentWriter(out, executor);
        assembler.start();
    }

    @Override
    public void write(int b) throws IOException {
        segment.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        segment.write(bytes, offset, length);
    }

    /// Writes the end of the member; the underlying stream stays open.
    public void finish() throws IOException {
        if (!finished) {
            finished = true;
            assembler.add(segment.finish());
            assembler.finish();
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            finish();
        }
    }
}
