package dev.cairn.oci.remote;

import java.io.IOException;
import java.io.InputStream;

/// A range of a blob on its way out.
final class BodyStream extends InputStream {
    private final InputStream in;
    private final Call.Progress progress;
    private final long length;
    private long done;

    BodyStream(Call.Body body, Call.Progress progress) throws IOException {
        this.in = body.content().open();
        this.progress = progress;
        this.length = body.length();
        try {
            in.skipNBytes(body.offset());
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        if (done == length) {
            return -1;
        }
        int n = in.read(bytes, offset, (int) Math.min(count, length - done));
        if (n > 0) {
            done += n;
            progress.at(done);
        }
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
