package dev.cairn.registry.http;

import dev.cairn.digest.Digest;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Shown;
import org.jspecify.annotations.Nullable;

/// Digests as strangers send them, and the refusals that several endpoints give.
final class Digests {
    private Digests() {}

    /// The digest.
    ///
    /// @throws DistributionException `DIGEST_INVALID`
    static Digest parse(String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new DistributionException(
                    DistributionException.Code.DIGEST_INVALID,
                    "'" + Shown.of(text) + "' is not a digest (sha256: with 64 hex digits, or sha512: with 128)");
        }
    }

    /// The algorithm of this name; SHA-256 where none is named.
    ///
    /// @throws DistributionException `DIGEST_INVALID`
    static Digest.Algorithm algorithm(@Nullable String name) {
        if (name == null) {
            return Digest.Algorithm.SHA256;
        }
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            if (algorithm.id().equals(name)) {
                return algorithm;
            }
        }
        throw new DistributionException(
                DistributionException.Code.DIGEST_INVALID,
                "no digest algorithm '" + Shown.of(name) + "': there are sha256 and sha512");
    }

    static DistributionException blobUnknown(Digest digest) {
        return new DistributionException(
                DistributionException.Code.BLOB_UNKNOWN, "this repository has no blob " + digest);
    }

    static DistributionException unsupported(Exchange exchange) {
        return new DistributionException(
                DistributionException.Code.UNSUPPORTED, "no " + Shown.of(exchange.method()) + " here");
    }
}
