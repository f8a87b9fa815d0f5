package dev.cairn.scan.inventory;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Computes the two digests that package databases keep of their files, SHA-1 (apk) and MD5 (dpkg), on the way. They
/// only tell whether a file is still the package's; nothing else rests on them.
final class Digesting extends FilterInputStream {
    private final MessageDigest sha1;
    private final MessageDigest md5;

    Digesting(InputStream in) {
        super(in);
        this.sha1 = digest("SHA-1");
        this.md5 = digest("MD5");
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            sha1.update(bytes, offset, read);
            md5.update(bytes, offset, read);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /// Reads what is left, and gives SHA-1 and MD5 of the whole.
    String[] finish() throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (read(buffer, 0, buffer.length) >= 0) {
            // only the digests are wanted
        }
        return new String[] {
            HexFormat.of().formatHex(sha1.digest()), HexFormat.of().formatHex(md5.digest())
        };
    }
}
