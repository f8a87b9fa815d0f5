package dev.cairn.keys;

import java.time.Instant;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.jspecify.annotations.Nullable;

/// A primary key or subkey with what its owner's own signatures say about it.
///
/// `expires` is null for a key that never does; `problem` is null unless the key may not vouch for data at all.
record SigningKey(
        String fingerprint,
        PGPPublicKey key,
        Instant created,
        @Nullable Instant expires,
        @Nullable Problem problem) {

    /// Why a key may not vouch for data, whenever that is asked.
    record Problem(KeyException.Code code, String reason) {}

    /// Throws unless the key may vouch for data at `now`.
    void requireUsable(Instant now) {
        if (problem != null) {
            throw new KeyException(problem.code(), "key " + fingerprint + " " + problem.reason());
        }
        if (expires != null && !now.isBefore(expires)) {
            throw new KeyException(KeyException.Code.EXPIRED, "key " + fingerprint + " expired at " + expires);
        }
    }
}
