package dev.cairn.sandbox;

/// What the sandbox can reach.
public enum Network {
    /// A loopback interface of its own and nothing else; ports may be forwarded to it.
    NONE,
    /// The host's network.
    HOST
}
