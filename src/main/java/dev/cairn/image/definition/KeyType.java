package dev.cairn.image.definition;

import java.util.List;

/// What stands behind a key.
sealed interface KeyType {

    /// A text; numbers and flags without quotes are taken as they are written.
    record Text(TextRule rule) implements KeyType {}

    /// A whole number, in decimal, octal (`0o17`, `017`), hexadecimal or binary.
    record Whole(long least, long most) implements KeyType {}

    /// Permission bits, up to 0o7777.
    record Mode() implements KeyType {}

    /// `true` or `false`.
    record Flag() implements KeyType {}

    /// One of a few words.
    record Choice(List<String> words) implements KeyType {
        public Choice {
            words = List.copyOf(words);
        }
    }

    /// A list.
    record Items(KeyType item) implements KeyType {}

    /// A mapping with names of the definition's own to texts.
    record Table(TextRule key, TextRule value) implements KeyType {}

    /// A mapping with known keys.
    ///
    /// @param title what it is, for messages: `contents`, `user`
    record Section(String title, List<Key> keys) implements KeyType {
        public Section {
            keys = List.copyOf(keys);
        }
    }

    /// Something of apko's that is read only to say why it cannot be had.
    record Refused(String problem, String hint) implements KeyType {}
}
