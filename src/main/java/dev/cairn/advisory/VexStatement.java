package dev.cairn.advisory;

import java.util.List;

/// What a VEX document says of one flaw in some products.
///
/// @param ids the flaw's ids, the main one first
/// @param products package URLs (or other ids) of what is meant; empty means every product
/// @param subcomponents package URLs of what inside the products is meant; empty means all of it
/// @param status what is said
/// @param justification a justification as the format has it, or empty
/// @param detail in words, or empty
/// @param author who says so
/// @param timestamp when, as written, or empty
public record VexStatement(
        List<String> ids,
        List<String> products,
        List<String> subcomponents,
        Status status,
        String justification,
        String detail,
        String author,
        String timestamp) {
    /// What a statement says.
    public enum Status {
        NOT_AFFECTED,
        AFFECTED,
        FIXED,
        UNDER_INVESTIGATION
    }

    public VexStatement {
        ids = List.copyOf(ids);
        products = List.copyOf(products);
        subcomponents = List.copyOf(subcomponents);
    }
}
