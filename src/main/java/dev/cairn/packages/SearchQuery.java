package dev.cairn.packages;

/// What to look for in a package index.
public sealed interface SearchQuery {
    /// A part of a package's name, or of its description.
    record Name(String text) implements SearchQuery {}

    /// `cmd:curl`: who installs this command.
    record Command(String name) implements SearchQuery {}

    /// `so:libssl.so.3`: who installs this shared library.
    record Soname(String name) implements SearchQuery {}

    /// `pc:zlib`: who installs this pkg-config module.
    record PkgConfig(String name) implements SearchQuery {}

    /// `/usr/bin/env`: who installs this path.
    record File(String path) implements SearchQuery {}

    /// Reads the text form: `cmd:…`, `so:…`, `pc:…`, an absolute path, else a name.
    static SearchQuery parse(String text) {
        if (text.startsWith("cmd:")) {
            return new Command(text.substring(4));
        }
        if (text.startsWith("so:")) {
            return new Soname(text.substring(3));
        }
        if (text.startsWith("pc:")) {
            return new PkgConfig(text.substring(3));
        }
        return text.startsWith("/") ? new File(text) : new Name(text);
    }
}
