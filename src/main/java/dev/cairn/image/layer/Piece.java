package dev.cairn.image.layer;

import dev.cairn.archive.DeflateSegment;
import dev.cairn.archive.SegmentWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// A run of bytes for the top layer, such as a package's lines in the package database. One that is worth it is
/// compressed once and kept so; a short one is compressed together with its neighbours when the layer is written.
public final class Piece {
    /// From this length on a piece is compressed by itself.
    static final int WORTH_IT = 8192;

    private final byte[] plain;
    private final @Nullable Deflated deflated;

    /// The compressed form.
    record Deflated(DeflateSegment segment, Bytes bytes) {}

    /// A run of bytes that nobody changes.
    static final class Bytes {
        private final byte[] run;

        Bytes(byte[] run) {
            this.run = run;
        }

        byte[] run() {
            return run;
        }
    }

    Piece(byte[] plain, @Nullable Deflated deflated) {
        this.plain = plain;
        this.deflated = deflated;
    }

    /// These bytes, compressed if they are long enough.
    public static Piece of(byte[] plain) {
        return new Piece(plain, plain.length < WORTH_IT ? null : deflate(plain));
    }

    private static Deflated deflate(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 3 + 64);
        try (SegmentWriter writer = new SegmentWriter(out)) {
            writer.write(plain);
            DeflateSegment segment = writer.finish();
            return new Deflated(segment, new Bytes(out.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many bytes it has, plain.
    public long length() {
        return plain.length;
    }

    /// Writes the bytes, plain.
    public void writeTo(OutputStream out) throws IOException {
        out.write(plain);
    }

    /// The bytes, plain.
    public byte[] plain() {
        return plain.clone();
    }

    /// Whether it has been compressed by itself.
    public boolean isCompressed() {
        return deflated != null;
    }

    /// The facts of the compressed form, made now where it was too short to be made before.
    public DeflateSegment segment() {
        return compressed().segment();
    }

    /// The compressed form.
    public InputStream deflated() {
        return new ByteArrayInputStream(compressed().bytes().run());
    }

    private Deflated compressed() {
        return deflated == null ? deflate(plain) : deflated;
    }

    /// The piece with its compressed form, however short it is: for a run that is appended as it is.
    public Piece compress() {
        return deflated == null ? new Piece(plain, deflate(plain)) : this;
    }

    void encode(Encoder out) {
        out.bytes(plain);
        Deflated kept = deflated;
        out.number(kept == null ? 0 : 1);
        if (kept != null) {
            out.bytes(kept.bytes().run());
            out.number(kept.segment().crc32() & 0xffffffffL);
        }
    }

    static Piece decode(Decoder in) {
        byte[] plain = in.bytes();
        if (in.number() == 0) {
            return new Piece(plain, null);
        }
        byte[] run = in.bytes();
        DeflateSegment segment = new DeflateSegment(run.length, plain.length, (int) in.number());
        return new Piece(plain, new Deflated(segment, new Bytes(run)));
    }
}
