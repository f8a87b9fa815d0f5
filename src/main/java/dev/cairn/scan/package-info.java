/// Inventory of any image or SBOM, findings, and what is made of them: reports, comparisons, trends.
@NullMarked
package dev.cairn.scan;

import org.jspecify.annotations.NullMarked;
