package dev.cairn.store;

import dev.cairn.registry.DistributionException;
import java.io.IOException;

/// Tells a full disk from other trouble.
final class StorageFull {
    private StorageFull() {}

    static DistributionException refusal() {
        return new DistributionException(
                DistributionException.Code.STORAGE_FULL,
                "the registry's disk is full: nothing was stored; what is there can still be pulled");
    }

    /// Throws the refusal where that is what happened, else the exception itself.
    static IOException orRefuse(IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            throw refusal();
        }
        return e;
    }
}
