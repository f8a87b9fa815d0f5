package dev.cairn.image.definition;

import java.util.List;

/// A YAML value with its place; aliases and merge keys are resolved.
sealed interface YamlNode {

    /// Where it starts.
    Position position();

    /// How many nodes it is once its aliases are expanded, itself included.
    int weight();

    /// How many levels of collections are below and including it.
    int height();

    /// What it is, in words.
    String kind();

    /// A scalar.
    ///
    /// @param text its text as written, quotes and folding resolved
    /// @param plain whether it stands without quotes, so that it may mean a number, a flag or null
    record Scalar(Position position, String text, boolean plain) implements YamlNode {
        @Override
        public int weight() {
            return 1;
        }

        @Override
        public int height() {
            return 0;
        }

        @Override
        public String kind() {
            return isNull() ? "nothing" : "a text";
        }

        /// Whether it is YAML's null.
        boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }
    }

    /// A list.
    record Sequence(Position position, List<YamlNode> items, int weight, int height) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// A mapping from scalars; no key stands twice in it.
    record Mapping(Position position, List<Pair> pairs, int weight, int height) implements YamlNode {
        public Mapping {
            pairs = List.copyOf(pairs);
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /// One line of a mapping.
    record Pair(Scalar key, YamlNode value) {}
}
