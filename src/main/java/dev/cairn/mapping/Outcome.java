package dev.cairn.mapping;

import java.util.List;

/// What a package's name becomes in another distribution. Each name has exactly one outcome.
public sealed interface Outcome {

    /// The target has the software under these names.
    ///
    /// @param names what to install instead, at least one; sorted as they should be written
    /// @param confidence 1 to 100: how sure it is; below [PackageNames#THRESHOLD] the outcome is [Unknown]
    /// @param evidence why, strongest first
    record Mapped(List<String> names, int confidence, List<Evidence> evidence) implements Outcome {
        public Mapped {
            names = List.copyOf(names);
            evidence = List.copyOf(evidence);
            if (names.isEmpty() || confidence < 1 || confidence > 100) {
                throw new IllegalArgumentException("a mapped name has names and a confidence from 1 to 100");
            }
        }
    }

    /// The target uses the very same name for it.
    record Same() implements Outcome {}

    /// The target needs no such package.
    ///
    /// @param rule the rule's short name: `no-apt`, `in-the-base`
    /// @param why a sentence for people
    record Dropped(String rule, String why) implements Outcome {}

    /// It is not known what the target calls it, or whether it has it.
    ///
    /// @param nearest names of the target that are near, best first, at most five; nothing follows from them
    record Unknown(List<String> nearest) implements Outcome {
        public Unknown {
            nearest = List.copyOf(nearest);
        }
    }
}
