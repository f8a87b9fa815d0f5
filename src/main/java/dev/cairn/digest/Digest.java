package dev.cairn.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/// A content digest in the form `algorithm:hex`, as OCI image-spec (descriptor.md, "Digests") defines it.
///
/// Only the registered algorithms are known: `sha256` (64 hex digits) and `sha512` (128). The text form is lower
/// case; anything else is refused with an [IllegalArgumentException] that quotes the text.
public record Digest(Algorithm algorithm, String hex) implements Comparable<Digest> {

    /// A registered digest algorithm.
    public enum Algorithm {
        /// SHA-256, the algorithm of everything that Cairn writes.
        SHA256("sha256", "SHA-256", 64),
        /// SHA-512, accepted wherever a digest is read.
        SHA512("sha512", "SHA-512", 128);

        private final String id;
        private final String standardName;
        private final int hexLength;

        Algorithm(String id, String standardName, int hexLength) {
            this.id = id;
            this.standardName = standardName;
            this.hexLength = hexLength;
        }

        /// The name in a digest's text form: `sha256`.
        public String id() {
            return id;
        }

        /// A fresh hash function of this algorithm.
        public MessageDigest newHash() {
            try {
                return MessageDigest.getInstance(standardName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has " + standardName, e);
            }
        }
    }

    public Digest {
        Objects.requireNonNull(algorithm, "algorithm");
        if (hex.length() != algorithm.hexLength || !isLowerHex(hex)) {
            throw new IllegalArgumentException("not a " + algorithm.id + " digest: '" + hex + "'");
        }
    }

    /// Reads `sha256:…` or `sha512:…`.
    public static Digest parse(String text) {
        for (Algorithm algorithm : Algorithm.values()) {
            if (text.startsWith(algorithm.id + ":")) {
                return new Digest(algorithm, text.substring(algorithm.id.length() + 1));
            }
        }
        throw new IllegalArgumentException("not a digest: '" + text + "' (expected sha256:<64 hex digits>)");
    }

    /// The sha256 digest with these hex digits.
    public static Digest sha256(String hex) {
        return new Digest(Algorithm.SHA256, hex);
    }

    /// The sha256 digest of these bytes.
    public static Digest of(byte[] bytes) {
        return finish(Algorithm.SHA256, Algorithm.SHA256.newHash(), bytes);
    }

    /// The digest of these bytes by this algorithm.
    public static Digest of(Algorithm algorithm, byte[] bytes) {
        return finish(algorithm, algorithm.newHash(), bytes);
    }

    /// The digest that `hash`, a hash function of `algorithm`, has arrived at; `hash` is reset.
    public static Digest finish(Algorithm algorithm, MessageDigest hash) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash.digest()));
    }

    private static Digest finish(Algorithm algorithm, MessageDigest hash, byte[] bytes) {
        return new Digest(algorithm, HexFormat.of().formatHex(hash.digest(bytes)));
    }

    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(Digest other) {
        int byAlgorithm = algorithm.compareTo(other.algorithm);
        return byAlgorithm != 0 ? byAlgorithm : hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return algorithm.id + ":" + hex;
    }
}
