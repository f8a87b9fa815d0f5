package dev.cairn.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/// Keys in files. Private ones are made readable to their owner only, before a byte is in them.
public final class KeyFile {
    private static final int LONGEST = 1 << 16;

    private KeyFile() {}

    /// Reads a public key; the public half where the file holds a private one.
    public static PublicKey readPublic(Path file, Supplier<char[]> passphrase) throws IOException {
        String pem = text(file);
        return pem.contains("PRIVATE KEY-----")
                ? PrivateKey.parsePem(pem, file.toString(), passphrase).publicKey()
                : PublicKey.parsePem(pem, file.toString());
    }

    /// Reads a private key.
    public static PrivateKey readPrivate(Path file, Supplier<char[]> passphrase) throws IOException {
        return PrivateKey.parsePem(text(file), file.toString(), passphrase);
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new KeyException(
                        KeyException.Code.MALFORMED, "key " + file + " is longer than " + LONGEST + " bytes");
            }
            return new String(bytes, ISO_8859_1);
        }
    }

    /// Writes a private key's PEM to a new file with mode 0600.
    public static void writePrivate(Path file, String pem) throws IOException {
        write(file, pem, "rw-------");
    }

    /// Writes a public key's PEM to a new file with mode 0644.
    public static void writePublic(Path file, String pem) throws IOException {
        write(file, pem, "rw-r--r--");
    }

    private static void write(Path file, String pem, String mode) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path folder = file.toAbsolutePath().getParent();
        Path beside = Files.createTempFile(
                folder,
                ".key",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(beside, pem, ISO_8859_1, StandardOpenOption.TRUNCATE_EXISTING);
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString(mode));
            // A link, and not a move, since it fails where another was faster.
            Files.createLink(file, beside);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
