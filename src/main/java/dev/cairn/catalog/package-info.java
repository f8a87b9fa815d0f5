/// An organisation's hardened images: which there are, what each is made of.
@NullMarked
package dev.cairn.catalog;

import org.jspecify.annotations.NullMarked;
