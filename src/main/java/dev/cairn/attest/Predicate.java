package dev.cairn.attest;

/// A statement to make about an image.
public final class Predicate {
    private final String type;
    private final byte[] json;

    /// @param type its type, see [PredicateType]
    /// @param json the predicate, a JSON object; the caller no longer changes it
    public Predicate(String type, byte[] json) {
        this.type = type;
        this.json = json;
    }

    String type() {
        return type;
    }

    byte[] json() {
        return json;
    }
}
