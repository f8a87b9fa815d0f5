package dev.cairn.registry.http;

import java.time.Duration;

/// What the server takes from a client at most.
///
/// @param blobBytes the largest blob
/// @param headerBytes the longest request line with its headers
/// @param uploads how many upload bodies are read at once; others wait
/// @param connections how many connections are open at once
/// @param idle how long a connection may be silent
/// @param header how long a request line and its headers may take, or a TLS handshake
public record Limits(long blobBytes, int headerBytes, int uploads, int connections, Duration idle, Duration header) {
    /// The usual ones.
    public static final Limits DEFAULT =
            new Limits(20L << 30, 16 << 10, 64, 5_000, Duration.ofSeconds(60), Duration.ofSeconds(20));
}
