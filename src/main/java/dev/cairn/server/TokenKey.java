package dev.cairn.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// The key that bearer tokens are signed with: made at the first start, in a file that only the server reads. It holds
/// two lines, the private and the public key in base64.
final class TokenKey {
    private TokenKey() {}

    static KeyPair of(Path file) throws IOException {
        try {
            try {
                return read(Files.readAllLines(file), file);
            } catch (NoSuchFileException e) {
                return create(file);
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " holds no key of tokens: " + e.getMessage() + "\ntry: delete it", e);
        }
    }

    private static KeyPair read(List<String> lines, Path file) throws GeneralSecurityException {
        if (lines.size() < 2) {
            throw new IllegalArgumentException(file + " has " + lines.size() + " lines, expected 2");
        }
        KeyFactory factory = KeyFactory.getInstance("EC");
        Base64.Decoder base64 = Base64.getDecoder();
        return new KeyPair(
                factory.generatePublic(new X509EncodedKeySpec(base64.decode(lines.get(1)))),
                factory.generatePrivate(new PKCS8EncodedKeySpec(base64.decode(lines.get(0)))));
    }

    private static KeyPair create(Path file) throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        Base64.Encoder base64 = Base64.getEncoder();
        DataFolder.writeSecret(
                file,
                base64.encodeToString(pair.getPrivate().getEncoded()) + "\n"
                        + base64.encodeToString(pair.getPublic().getEncoded()) + "\n");
        return pair;
    }
}
