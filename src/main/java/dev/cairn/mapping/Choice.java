package dev.cairn.mapping;

import java.util.List;

/// What a catalogue says to a wanted image: a choice, or an honest refusal.
public sealed interface Choice {

    /// There is one.
    ///
    /// @param name the image's name in the catalogue
    /// @param tag the tag, with `-dev` where that was asked for
    /// @param exact whether it is exactly the version asked for, else one in its line: `3.10` for `3.10.4`
    record Found(String name, String tag, boolean exact) implements Choice {}

    /// The image exists, but not in this version.
    ///
    /// @param wanted the version asked for
    /// @param nearest the nearest versions that exist, at most three
    record NoVersion(String name, String wanted, List<String> nearest) implements Choice {
        public NoVersion {
            nearest = List.copyOf(nearest);
        }
    }

    /// There is no such image.
    record NoImage(String name) implements Choice {}
}
