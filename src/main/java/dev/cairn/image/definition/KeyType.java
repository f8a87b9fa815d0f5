package dev.cairn.image.definition;

import java.util.List;

/// What stands behind a key.
sealed interface KeyType {

    /// Has `checker` check that `node`, behind the key `name`, is of this type.
    void check(Checker checker, String name, YamlNode node);

    /// A text; numbers and flags without quotes are taken as they are written.
    record Text(TextRule rule) implements KeyType {
        @Override
        public void check(Checker checker, String name, YamlNode node) {
            checker.text(name, node, rule);
        }
    }

    /// A whole number, in decimal, octal (`0o17`, `017`), hexadecimal or binary.
    record Whole(long least, long most) implements KeyType {
        @Override
        public void check(Checker checker, String name, YamlNode node) {
            checker.whole(name, node, this);
        }
    }

    /// Permission bits, up to 0o7777.
    record Mode() implements KeyType {
        @Override
        public void check(Checker checker, String name, YamlNode node) {
            checker.mode(name, node);
        }
    }

    /// `true` or `false`.
    record Flag() implements KeyType {
        @Override
        public void check(Checker checker, String name, YamlNode node) {
            checker.flag(name, node);
        }
    }

    /// One of a few words.
    record Choice(List<String> words) implements KeyType {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public void check(Checker checker, String name, YamlNode node) {
            checker.choice(name, node, words);
        }
    }

    /// A list.
    record Items(KeyType item) implements KeyType {
        @Override
        public void check(Checker checker, String name, YamlNode node) {
            checker.items(name, node, item);
        }
    }

    /// A mapping with names of the definition's own to texts.
    record Table(TextRule key, TextRule value) implements KeyType {
        @Override
        public void check(Checker checker, String name, YamlNode node) {
            checker.table(name, node, this);
        }
    }

    /// A mapping with known keys.
    ///
    /// @param title what it is, for messages: `contents`, `user`
    record Section(String title, List<Key> keys) implements KeyType {
        public Section {
            keys = List.copyOf(keys);
        }

        @Override
        public void check(Checker checker, String name, YamlNode node) {
            checker.section(name, node, this);
        }
    }

    /// Something of apko's that is read only to say why it cannot be had.
    record Refused(String problem, String hint) implements KeyType {
        @Override
        public void check(Checker checker, String name, YamlNode node) {
            throw checker.refusal(node, this);
        }
    }
}
