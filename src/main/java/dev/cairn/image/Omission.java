package dev.cairn.image;

import dev.cairn.packages.ResolvedPackage;

/// A package that resolving brings in and a runtime image leaves out.
///
/// @param resolved the package
/// @param reason why nothing in the image needs it
public record Omission(ResolvedPackage resolved, String reason) {
    static final String EXCLUDED = "excluded by the definition";

    /// Whether the definition excludes it, whatever needs it.
    boolean isAskedFor() {
        return reason.equals(EXCLUDED);
    }
}
