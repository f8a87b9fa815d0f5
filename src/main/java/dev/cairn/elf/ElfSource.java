package dev.cairn.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/// Ranges of a file, checked against its size before anything is allocated.
sealed interface ElfSource {
    long size() throws IOException;

    /// The bytes of the range in an array of their own.
    ByteBuffer bytes(long offset, int length, String what) throws IOException;

    /// Refuses a range that is not in the file.
    default void check(long offset, long length, String what) throws IOException {
        if (offset < 0 || length < 0 || offset > size() || length > size() - offset) {
            throw new ElfException(
                    ElfException.Code.TRUNCATED,
                    what + " lies at offset " + Long.toUnsignedString(offset) + ", " + Long.toUnsignedString(length)
                            + " bytes, in a file of " + size() + " bytes");
        }
    }

    record OfBuffer(ByteBuffer file) implements ElfSource {
        @Override
        public long size() {
            return file.limit();
        }

        @Override
        public ByteBuffer bytes(long offset, int length, String what) throws IOException {
            check(offset, length, what);
            byte[] copy = new byte[length];
            file.get((int) offset, copy);
            return ByteBuffer.wrap(copy);
        }
    }

    record OfChannel(SeekableByteChannel file) implements ElfSource {
        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public ByteBuffer bytes(long offset, int length, String what) throws IOException {
            check(offset, length, what);
            ByteBuffer copy = ByteBuffer.allocate(length);
            file.position(offset);
            while (copy.hasRemaining()) {
                if (file.read(copy) < 0) {
                    throw new ElfException(ElfException.Code.TRUNCATED, what + " ends early: the file has shrunk");
                }
            }
            return copy.flip();
        }
    }
}
