package dev.cairn.oci.remote;

import dev.cairn.digest.Digest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which repository of a registry has a blob, as far as this client has seen.
final class MountSources {
    private final Map<String, String> repositories = new ConcurrentHashMap<>();

    void add(String registry, Digest blob, String repository) {
        repositories.putIfAbsent(registry + " " + blob, repository);
    }

    /// A repository other than `target` that has the blob, or null.
    @Nullable
    String find(String registry, Digest blob, String target) {
        String repository = repositories.get(registry + " " + blob);
        return target.equals(repository) ? null : repository;
    }
}
