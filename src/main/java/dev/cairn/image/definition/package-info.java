/// The image definition: its keys, the YAML reader with positions, the JSON schema.
@NullMarked
package dev.cairn.image.definition;

import org.jspecify.annotations.NullMarked;
