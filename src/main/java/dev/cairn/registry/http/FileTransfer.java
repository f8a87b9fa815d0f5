package dev.cairn.registry.http;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/// Sends a range of a file, window by window, without a thread that waits. Over plain HTTP the windows are never read:
/// [FileEndPoint] lets the kernel send the file. Over TLS they are, so they are small there.
final class FileTransfer extends IteratingCallback {
    private static final long PLAIN_WINDOW = 1L << 30;
    private static final long SECURE_WINDOW = 1L << 20;

    private final FileChannel file;
    private final Response response;
    private final Callback callback;
    private final @Nullable FileEndPoint endPoint;
    private final long windowSize;
    private final long end;
    private long position;
    private @Nullable Arena window;

    /// A file with a content in it.
    ///
    /// @param file the file
    /// @param offset where the content begins
    /// @param size the content's length
    record Source(Path file, long offset, long size) {}

    private FileTransfer(
            FileChannel file, long position, long length, EndPoint endPoint, Response response, Callback callback) {
        this.file = file;
        this.position = position;
        this.end = position + length;
        this.response = response;
        this.callback = callback;
        this.endPoint = endPoint instanceof FileEndPoint plain ? plain : null;
        this.windowSize = this.endPoint == null ? SECURE_WINDOW : PLAIN_WINDOW;
    }

    /// Sends `length` bytes of a content from `offset` on; the response's headers are set.
    static void start(Source source, long offset, long length, Request request, Response response, Callback callback)
            throws IOException {
        FileChannel file = FileChannel.open(source.file(), StandardOpenOption.READ);
        try {
            if (file.size() < source.offset() + source.size()) {
                throw new EOFException(source.file() + " is shorter than it was");
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        new FileTransfer(file, source.offset() + offset, length, endPoint, response, callback).iterate();
    }

    // the window is closed when it has been sent, or with the transfer
    @SuppressWarnings("MustBeClosedChecker")
    @Override
    protected Action process() throws IOException {
        closeWindow();
        if (position == end) {
            return Action.SUCCEEDED;
        }
        long start = position;
        long length = Math.min(windowSize, end - position);
        Arena arena = Arena.ofShared();
        window = arena;
        ByteBuffer buffer =
                file.map(FileChannel.MapMode.READ_ONLY, start, length, arena).asByteBuffer();
        position += length;
        if (endPoint != null) {
            endPoint.announce(new FileEndPoint.Window(buffer, file, start));
        }
        response.write(position == end, buffer, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        end(null);
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        end(cause);
    }

    private void end(@Nullable Throwable cause) {
        closeWindow();
        try {
            file.close();
        } catch (IOException e) {
            // it was only read
        }
        if (cause == null) {
            callback.succeeded();
        } else {
            callback.failed(cause);
        }
    }

    private void closeWindow() {
        if (endPoint != null) {
            endPoint.announce(null);
        }
        Arena open = window;
        if (open != null) {
            window = null;
            open.close();
        }
    }
}
