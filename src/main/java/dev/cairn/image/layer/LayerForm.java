package dev.cairn.image.layer;

/// How a layer's bytes came to be; `verify` checks each in its own way.
public enum LayerForm {
    /// The package's own data segment: the layer's digest is the one that the distribution signed.
    VERBATIM,
    /// A package's data, rewritten to a canonical tar and compressed by Cairn.
    TRANSCODED,
    /// Several small packages in one layer, each compressed once.
    GROUPED,
    /// What no package holds: generated files, accounts, the package database.
    TOP
}
