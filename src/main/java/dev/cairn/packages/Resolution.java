package dev.cairn.packages;

import java.util.List;

/// What a solver says of a world (the list of wanted packages): the packages to install, or why there are none.
public sealed interface Resolution {

    /// A solution.
    ///
    /// @param packages every package, in install order: a package comes after what it depends on, cycles aside
    /// @param edges who asked for what and which package answers it, for `why`
    record Solved(List<ResolvedPackage> packages, List<Edge> edges) implements Resolution {
        public Solved {
            packages = List.copyOf(packages);
            edges = List.copyOf(edges);
        }
    }

    /// There is no solution.
    ///
    /// @param reasons at least one; each a sentence that a person understands, most telling first
    record Unsolvable(List<String> reasons) implements Resolution {
        public Unsolvable {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("an unsolvable world has a reason");
            }
        }
    }

    /// One answered requirement.
    ///
    /// @param from the name of the package that requires, or [#WORLD] for the definition itself
    /// @param requirement the requirement as written: `so:libssl.so.3`, `libc6 (>= 2.38)`
    /// @param to the name of the installed package that answers it
    record Edge(String from, String requirement, String to) {
        /// The `from` of what the definition itself asks for.
        public static final String WORLD = "";
    }
}
