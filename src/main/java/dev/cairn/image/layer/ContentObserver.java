package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;
import dev.cairn.elf.ElfException;
import dev.cairn.elf.ElfFacts;
import dev.cairn.elf.ElfFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Watches a file's content go by once and takes from it all that is wanted: its hashes, a script's interpreter, the
/// needs of an ELF file, and the whole content of the few files that are captured. ELF files above 4 MiB go through a
/// temporary file, so memory stays bounded whatever a package holds.
final class ContentObserver implements AutoCloseable {
    private static final int IN_MEMORY = 4 << 20;
    private static final int HEAD = 256;

    private final MessageDigest sha1 = hash("SHA-1");
    private final MessageDigest md5 = hash("MD5");
    private byte[] held = new byte[1 << 16];
    private int length;
    private boolean holding;
    private boolean elf;
    private @Nullable Path spool;
    private @Nullable OutputStream spooling;

    /// What was found in one file.
    record Content(
            ContentId id, String md5, String interpreter, Optional<ElfFacts> elf, Piece.@Nullable Bytes captured) {}

    /// The content of `entry`, watched while somebody reads it; [#finish] tells what was seen.
    InputStream watch(TarEntry entry, InputStream content) {
        sha1.reset();
        md5.reset();
        length = 0;
        elf = false;
        holding = Captures.wants(entry);
        return new FilterInputStream(content) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int count) throws IOException {
                int n = in.read(bytes, offset, count);
                if (n > 0) {
                    see(entry, bytes, offset, n);
                }
                return n;
            }
        };
    }

    private void see(TarEntry entry, byte[] bytes, int offset, int count) throws IOException {
        sha1.update(bytes, offset, count);
        if (isConfiguration(entry)) {
            md5.update(bytes, offset, count);
        }
        OutputStream file = spooling;
        if (file != null) {
            file.write(bytes, offset, count);
            return;
        }
        if (!holding && length >= HEAD) {
            return;
        }
        if (held.length < length + count) {
            held = Arrays.copyOf(held, Math.max(2 * held.length, length + count));
        }
        System.arraycopy(bytes, offset, held, length, count);
        length += count;
        if (!elf && length >= 4 && ElfFile.looksLikeElf(Arrays.copyOf(held, 4))) {
            elf = true;
            holding = true;
            if (entry.size() > IN_MEMORY) {
                spooling = openSpool();
                spooling.write(held, 0, length);
            }
        }
    }

    /// What the file that was watched last holds.
    Content finish(TarEntry entry) throws IOException {
        ContentId id = ContentId.of(sha1);
        String checksum = isConfiguration(entry) ? HexFormat.of().formatHex(md5.digest()) : "";
        OutputStream file = spooling;
        if (file != null) {
            file.close();
            spooling = null;
            return new Content(id, checksum, "", elfOfSpool(), null);
        }
        Optional<ElfFacts> facts = elf ? elf(ByteBuffer.wrap(held, 0, length)) : Optional.empty();
        Piece.Bytes captured = Captures.wants(entry) ? new Piece.Bytes(Arrays.copyOf(held, length)) : null;
        return new Content(id, checksum, interpreter(), facts, captured);
    }

    private static boolean isConfiguration(TarEntry entry) {
        return entry.path().startsWith("etc/");
    }

    private OutputStream openSpool() throws IOException {
        Path file = spool;
        if (file == null) {
            file = Files.createTempFile("cairn-elf", null);
            spool = file;
        }
        return Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private Optional<ElfFacts> elfOfSpool() throws IOException {
        if (spool == null) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(spool)) {
            return ElfFile.read(channel);
        } catch (ElfException e) {
            return Optional.empty();
        }
    }

    /// Some packages carry broken ELF files on purpose, as test data: no loader would take them, so nothing is needed.
    private static Optional<ElfFacts> elf(ByteBuffer file) {
        try {
            return ElfFile.read(file);
        } catch (ElfException e) {
            return Optional.empty();
        }
    }

    /// The program that a script's first line names; of `#!/usr/bin/env x` it is `x`, which is what must be there.
    private String interpreter() {
        if (length < 3 || held[0] != '#' || held[1] != '!') {
            return "";
        }
        int end = 2;
        while (end < length && end < HEAD && held[end] != '\n') {
            end++;
        }
        String line = new String(held, 2, end - 2, StandardCharsets.ISO_8859_1).trim();
        String program = firstWord(line);
        boolean env = program.endsWith("/env") && program.length() < line.length();
        return env ? firstWord(line.substring(program.length()).trim()) : program;
    }

    private static String firstWord(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? line : line.substring(0, blank);
    }

    private static MessageDigest hash(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (spooling != null) {
            spooling.close();
        }
        if (spool != null) {
            Files.deleteIfExists(spool);
        }
    }
}
