package dev.cairn.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.tukaani.xz.XZInputStream;

/// Opens compressed streams by their first bytes: gzip (RFC 1952, several members in a row), xz, zstd (RFC 8878), or
/// none
/// of them, in which case the bytes come out as they are.
///
/// Memory is limited: an xz dictionary or zstd window that needs more than 128 MiB is refused. The decompressed size is
/// not: whoever reads decides how much it takes, as [TarReader] does by its [TarLimits]. Damage is an
/// [ArchiveException]
/// (gzip) or an [IOException] (xz, zstd).
public final class Decompressor {
    private static final int MAGIC_LENGTH = 6;
    private static final int XZ_MEMORY_KIB = 128 << 10;
    private static final int ZSTD_WINDOW_LOG = 27;

    private Decompressor() {}

    /// A compression that is recognised by its magic bytes.
    public enum Format {
        NONE,
        GZIP,
        XZ,
        ZSTD
    }

    /// What the first bytes of a stream (six are enough) say it is.
    public static Format detect(byte[] start, int length) {
        if (startsWith(start, length, 0x1f, 0x8b)) {
            return Format.GZIP;
        }
        if (startsWith(start, length, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return Format.XZ;
        }
        return startsWith(start, length, 0x28, 0xb5, 0x2f, 0xfd) ? Format.ZSTD : Format.NONE;
    }

    /// The decompressed bytes of `in`; closing the result closes `in`.
    public static InputStream open(InputStream in) throws IOException {
        PushbackInputStream start = new PushbackInputStream(in, MAGIC_LENGTH);
        byte[] magic = start.readNBytes(MAGIC_LENGTH);
        start.unread(magic);
        return open(start, detect(magic, magic.length));
    }

    /// The decompressed bytes of `in`, which is compressed in this format.
    public static InputStream open(InputStream in, Format format) throws IOException {
        return switch (format) {
            case NONE -> in;
            case GZIP -> new GunzipStream(new GzipMembers(in));
            case XZ -> new XZInputStream(in, XZ_MEMORY_KIB);
            case ZSTD -> new ZstdInputStream(in).setLongMax(ZSTD_WINDOW_LOG);
        };
    }

    private static boolean startsWith(byte[] start, int length, int... magic) {
        if (length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((start[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /// The contents of all members in a row.
    private static final class GunzipStream extends InputStream {
        private final GzipMembers members;
        private boolean started;

        GunzipStream(GzipMembers members) {
            this.members = members;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (!started) {
                started = true;
                if (!members.next()) {
                    return -1;
                }
            }
            while (true) {
                int read = members.content().read(bytes, offset, length);
                if (read >= 0 || !members.next()) {
                    return read;
                }
            }
        }

        @Override
        public void close() throws IOException {
            members.close();
        }
    }
}
