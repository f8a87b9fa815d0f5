/// Software bills of materials: the model, package URLs, SPDX and CycloneDX documents.
@NullMarked
package dev.cairn.sbom;

import org.jspecify.annotations.NullMarked;
