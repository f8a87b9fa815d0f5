/// Downloads and the content-addressed cache: conditional, resumable, retried, digest-checked.
@NullMarked
package dev.cairn.fetch;

import org.jspecify.annotations.NullMarked;
