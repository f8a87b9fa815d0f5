/// The order of versions in each ecosystem that is matched: what a feed's "fixed in" means.
@NullMarked
package dev.cairn.advisory.version;

import org.jspecify.annotations.NullMarked;
