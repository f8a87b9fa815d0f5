package dev.cairn.store;

import java.util.concurrent.atomic.AtomicLongArray;

/// Counts commits, so that a cached answer is used only while nothing was committed that could change it.
///
/// A reader takes the epoch before it reads the database and keeps the answer with it; a writer advances the epoch
/// after its commit and before it tells anybody. So an answer of a former epoch is never given once a write has been
/// acknowledged. Repositories share a slot by their number's hash: a collision costs a look-up, never a wrong answer.
final class Epochs {
    private static final int SLOTS = 1 << 12;
    private static final int ALL = SLOTS;

    private final AtomicLongArray counters = new AtomicLongArray(SLOTS + 1);

    /// The epoch of what concerns this key.
    long of(Object key) {
        return counters.get(slot(key)) + counters.get(ALL);
    }

    /// Something of this key was committed.
    void advance(Object key) {
        counters.incrementAndGet(slot(key));
    }

    /// Anything may have been committed.
    void advanceAll() {
        counters.incrementAndGet(ALL);
    }

    private static int slot(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash >>> 20;
    }
}
