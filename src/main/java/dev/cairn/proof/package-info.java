/// The proof that a migration changed nothing that it should not: both images are started, and what they do and hold
/// is compared.
@NullMarked
package dev.cairn.proof;

import org.jspecify.annotations.NullMarked;
