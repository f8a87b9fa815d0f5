/// PEM, RSA, ECDSA, Ed25519 keys and OpenPGP verification.
@NullMarked
package dev.cairn.keys;

import org.jspecify.annotations.NullMarked;
