package dev.cairn.image.definition;

import java.nio.file.Path;

/// One text of a list in a definition, with the place where it stands: a package, a repository, a key.
///
/// @param text the text as written, white space at its ends taken off
/// @param position its first character
public record Entry(String text, Position position) {

    /// Whether this repository is an apt one-line source (`deb trixie main`).
    public boolean isAptSource() {
        return text.startsWith("deb ") || text.startsWith("deb\t") || text.startsWith("deb[");
    }

    /// Whether the text is an address with a scheme (`https://…`, `file:…`) rather than a local path.
    public boolean isAddress() {
        return text.contains("://") || text.startsWith("file:");
    }

    /// The text as a local path: looked for beside the definition that says it, then below the working folder.
    ///
    /// The first is right for a definition that travels with its files; the second is what apko does. Where neither
    /// is there, the first is returned.
    public Path localPath() {
        return LocalFiles.beside(position.file(), text);
    }

    /// The text without the user and password of an address in it: what may be written into an image.
    public String withoutCredentials() {
        int scheme = text.indexOf("://");
        int end = scheme < 0 ? -1 : text.indexOf('/', scheme + 3);
        int at = scheme < 0 ? -1 : text.lastIndexOf('@', end < 0 ? text.length() : end);
        return at < scheme + 3 ? text : text.substring(0, scheme + 3) + text.substring(at + 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
