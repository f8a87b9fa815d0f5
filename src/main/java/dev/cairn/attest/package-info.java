/// Signatures and attestations: DSSE, in-toto, the two forms of cosign, and what a registry holds about an image.
@NullMarked
package dev.cairn.attest;

import org.jspecify.annotations.NullMarked;
