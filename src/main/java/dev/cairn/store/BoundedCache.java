package dev.cairn.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A map that forgets what has not been asked for: two generations, each of at most half the weight. When the young one
/// is full it becomes the old one, and the old one is dropped. Reads take no lock.
final class BoundedCache<K, V> {
    private final long half;
    private final AtomicLong weight = new AtomicLong();
    private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();

    /// A cache of about this weight, in the unit of [#put].
    BoundedCache(long weight) {
        this.half = weight / 2;
    }

    @Nullable
    V get(K key) {
        V value = young.get(key);
        return value == null ? old.get(key) : value;
    }

    /// Keeps a value that weighs so much. What was in the old generation counts anew.
    void put(K key, V value, long valueWeight) {
        if (valueWeight > half / 4) {
            return;
        }
        if (weight.addAndGet(valueWeight) > half) {
            turn(valueWeight);
        }
        young.put(key, value);
    }

    private synchronized void turn(long valueWeight) {
        if (weight.get() > half) {
            old = young;
            young = new ConcurrentHashMap<>();
            weight.set(valueWeight);
        }
    }

    void remove(K key) {
        young.remove(key);
        old.remove(key);
    }
}
