package dev.cairn.registry.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// A connection that lets the kernel copy files to the socket (`sendfile`).
///
/// Jetty is given a mapped buffer, which is a promise of bytes that nobody has read. When that very buffer comes down
/// to
/// be written, the file is sent instead and the buffer is marked as written. Should Jetty ever hand on another view of
/// it, that is written like any buffer: slower, and the same bytes.
final class FileEndPoint extends SocketChannelEndPoint {
    private @Nullable Window window;

    /// A mapped buffer and what it maps.
    ///
    /// @param buffer the buffer; its position 0 is at `start`
    /// @param file the file, open
    /// @param start where in the file the buffer begins
    record Window(ByteBuffer buffer, FileChannel file, long start) {}

    FileEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /// The buffer that will be written next from a file; null when there is none any more.
    void announce(@Nullable Window announced) {
        window = announced;
    }

    // it is the same buffer, or it is written like any other
    @SuppressWarnings("ReferenceEquality")
    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        Window file = window;
        if (file != null) {
            for (int i = 0; i < buffers.length; i++) {
                if (buffers[i] == file.buffer()) {
                    return (i == 0 || super.flush(Arrays.copyOfRange(buffers, 0, i)))
                            && send(file)
                            && (i + 1 == buffers.length
                                    || super.flush(Arrays.copyOfRange(buffers, i + 1, buffers.length)));
                }
            }
        }
        return super.flush(buffers);
    }

    /// Sends as much as the socket takes; whether that was all.
    private boolean send(Window file) throws IOException {
        ByteBuffer buffer = file.buffer();
        while (buffer.hasRemaining()) {
            long sent = file.file().transferTo(file.start() + buffer.position(), buffer.remaining(), getChannel());
            if (sent <= 0) {
                return false;
            }
            notIdle();
            buffer.position(buffer.position() + (int) sent);
        }
        return true;
    }
}
