package dev.cairn.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Compresses what is written to it into one [DeflateSegment] on an underlying stream.
///
/// The input is cut into chunks of [#CHUNK] bytes; each is compressed by itself, with the 32 KiB before it as its
/// window,
/// and ends on a byte boundary. So chunks can be compressed at the same time, and the bytes are the same whether and on
/// how many threads that happens, on every JDK and processor, and however the input was split into writes.
public final class SegmentWriter extends OutputStream {
    /// How much input is compressed at a time, in bytes.
    public static final int CHUNK = 1 << 20;

    /// How many chunks may be under way: each holds a few MiB.
    private static final int MAX_PENDING = 8;

    private final OutputStream out;
    private final Executor executor;
    private final CRC32 crc = new CRC32();
    private final ArrayDeque<DeflateChunk> spare = new ArrayDeque<>();
    private final ArrayDeque<FutureTask<DeflateChunk>> pending = new ArrayDeque<>();
    private DeflateChunk chunk = new DeflateChunk();
    private long length;
    private long compressedLength;
    private @Nullable DeflateSegment segment;

    /// Compresses on the calling thread.
    public SegmentWriter(OutputStream out) {
        this(out, Runnable::run);
    }

    /// Compresses full chunks on the threads of `executor`, and on the calling thread where it would have to wait.
    public SegmentWriter(OutputStream out, Executor executor) {
        this.out = out;
        this.executor = executor;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (segment != null) {
            throw new IOException("the deflate segment is finished");
        }
        crc.update(bytes, offset, count);
        length += count;
        int written = 0;
        while (written < count) {
            if (chunk.isFull()) {
                submit();
            }
            written += chunk.append(bytes, offset + written, count - written);
        }
    }

    /// Compresses the rest and writes all of it. Returns the segment's facts, again when called again.
    public DeflateSegment finish() throws IOException {
        DeflateSegment facts = segment;
        if (facts == null) {
            if (!chunk.isEmpty()) {
                // The last chunk is ours to compress while other threads are busy with those before it.
                chunk.compress();
            }
            while (!pending.isEmpty()) {
                writeOldest();
            }
            compressedLength += chunk.drainTo(out);
            spare.clear();
            facts = new DeflateSegment(compressedLength, length, (int) crc.getValue());
            segment = facts;
        }
        return facts;
    }

    /// Passes on what has been compressed so far; does not compress what is waiting for the rest of its chunk.
    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /// Finishes the segment and closes the underlying stream.
    @Override
    public void close() throws IOException {
        try (out) {
            finish();
        }
    }

    private void submit() throws IOException {
        DeflateChunk full = chunk;
        DeflateChunk next = spare.isEmpty() ? new DeflateChunk() : spare.pop();
        next.startAfter(full);
        chunk = next;
        FutureTask<DeflateChunk> task = new FutureTask<>(full::compress);
        pending.add(task);
        executor.execute(task);
        while (pending.size() >= MAX_PENDING
                || (!pending.isEmpty() && pending.element().isDone())) {
            writeOldest();
        }
    }

    private void writeOldest() throws IOException {
        FutureTask<DeflateChunk> task = pending.remove();
        // Does nothing unless no thread has begun it: so a busy or shared pool can never make us wait for ourselves.
        task.run();
        try {
            DeflateChunk done = task.get();
            compressedLength += done.drainTo(out);
            spare.push(done);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while compressing");
        } catch (ExecutionException e) {
            throw new IllegalStateException("compression failed", e.getCause());
        }
    }
}
