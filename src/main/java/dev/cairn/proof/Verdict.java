package dev.cairn.proof;

/// What is to be thought of a difference.
public enum Verdict {
    /// There is none.
    SAME("same"),
    /// A step of the path is meant to bring it about.
    INTENDED("intended"),
    /// A person should look: it may matter.
    LOOK("look"),
    /// No step is meant to do this.
    BROKEN("not intended");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
