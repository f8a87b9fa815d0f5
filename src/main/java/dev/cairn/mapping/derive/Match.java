package dev.cairn.mapping.derive;

import dev.cairn.mapping.Evidence;
import java.util.List;

/// Names in another distribution, how sure they are, and why.
///
/// @param names what to install there
/// @param confidence 1 to 100
/// @param evidence strongest first
record Match(List<String> names, int confidence, List<Evidence> evidence) {
    Match {
        names = List.copyOf(names);
        evidence = List.copyOf(evidence);
    }
}
