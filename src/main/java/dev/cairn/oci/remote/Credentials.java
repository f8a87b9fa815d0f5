package dev.cairn.oci.remote;

import java.io.IOException;

/// Knows which credential a repository wants.
public interface Credentials {
    /// Knows none.
    Credentials NONE = (registry, repository) -> new Credential.Anonymous();

    /// The credential for a repository of a registry (as in a reference: `docker.io`, `host:port`).
    Credential find(String registry, String repository) throws IOException;
}
