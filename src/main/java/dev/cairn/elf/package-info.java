/// Sonames, needed libraries and interpreter of an ELF file.
@NullMarked
package dev.cairn.elf;

import org.jspecify.annotations.NullMarked;
