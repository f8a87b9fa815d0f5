package dev.cairn.archive;

/// One member of an ar archive: its name, and where in the archive its `size` bytes of content start.
public record ArEntry(String name, long offset, long size) {
    public ArEntry {
        if (name.isEmpty() || offset < 0 || size < 0) {
            throw new IllegalArgumentException("ar member '" + name + "' at " + offset + " of " + size + " bytes");
        }
    }
}
