/// What an image holds, whoever built it, and how two images differ.
@NullMarked
package dev.cairn.inspect;

import org.jspecify.annotations.NullMarked;
