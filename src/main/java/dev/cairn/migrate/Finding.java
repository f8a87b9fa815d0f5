package dev.cairn.migrate;

/// One thing to say about a file.
///
/// @param reason what kind of thing
/// @param line the 1-based line of the original
/// @param message a sentence with the particulars
public record Finding(Reason reason, int line, String message) {
    /// Whether something is left as it is because of it.
    public boolean isRefusal() {
        return reason.level() == Reason.Level.REFUSED;
    }
}
