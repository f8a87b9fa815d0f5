package dev.cairn.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/// Reads [ElfFacts] out of ELF files, 32 and 64 bit, both byte orders. Only the file header, the program headers, the
/// interpreter, the dynamic section and the names that it points at are read, never sections: a stripped file says
/// the same as a whole one. Hostile bytes cost bounded time and memory and end in [ElfException].
///
/// A reader of streams can tell an ELF file by its first four bytes ([#looksLikeElf]) and learn from its beginning how
/// much of it must be at hand ([#extent]): debug information and symbols behind that need not be kept.
public final class ElfFile {
    /// How many bytes [#extent] wants to see at least, of files that have as many.
    public static final int HEAD = 4096;

    private ElfFile() {}

    /// Whether a file that begins so is an ELF file. Fewer than four bytes are not.
    public static boolean looksLikeElf(byte[] first) {
        return first.length >= 4 && first[0] == 0x7f && first[1] == 'E' && first[2] == 'L' && first[3] == 'F';
    }

    /// How many bytes from the file's start hold everything that [#read] looks at, told by the file's beginning. A
    /// result beyond `head` where the program headers do not lie in it reaches only to their end: ask again with so
    /// many bytes. Zero when it is no ELF file.
    public static long extent(byte[] head) {
        if (!looksLikeElf(head)) {
            return 0;
        }
        return new ElfReader(new ElfSource.OfBuffer(ByteBuffer.wrap(head))).extent();
    }

    /// The facts of a file that is in memory from the buffer's position to its limit, which stay as they are; empty
    /// when it is no ELF file.
    public static Optional<ElfFacts> read(ByteBuffer file) {
        try {
            return read(new ElfSource.OfBuffer(file.slice()));
        } catch (IOException e) {
            throw new AssertionError("a buffer does no I/O", e);
        }
    }

    /// The facts of a file; the channel's position is changed. Empty when it is no ELF file.
    public static Optional<ElfFacts> read(SeekableByteChannel file) throws IOException {
        return read(new ElfSource.OfChannel(file));
    }

    private static Optional<ElfFacts> read(ElfSource source) throws IOException {
        if (source.size() < 4 || !looksLikeElf(source.bytes(0, 4, "the magic").array())) {
            return Optional.empty();
        }
        return Optional.of(new ElfReader(source).facts());
    }
}
