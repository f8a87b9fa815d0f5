/// What a name is called elsewhere: packages of one distribution in another, upstream images in a catalogue.
@NullMarked
package dev.cairn.mapping;

import org.jspecify.annotations.NullMarked;
