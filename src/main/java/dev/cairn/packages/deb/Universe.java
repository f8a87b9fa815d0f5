package dev.cairn.packages.deb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Every package of the opened suites, as one world is solved against them. Names come to life when they are first
/// reached. One universe serves one solve: it holds the solver's marks.
final class Universe {
    private final List<SuiteIndex> sources;
    private final String architecture;
    private final Map<String, PackageNode> nodes = new HashMap<>();

    Universe(List<SuiteIndex> sources, String architecture) {
        this.sources = List.copyOf(sources);
        this.architecture = architecture;
    }

    List<SuiteIndex> sources() {
        return sources;
    }

    String architecture() {
        return architecture;
    }

    /// The name's node; a name that no index mentions has a node without versions and providers.
    PackageNode node(String name) {
        PackageNode node = nodes.get(name);
        if (node == null) {
            node = new PackageNode(this, name, order(name));
            nodes.put(name, node);
        }
        return node;
    }

    PackageNode target(Relation relation) {
        return node(PackagesIndexWriter.targetName(relation, architecture));
    }

    /// apt numbers names as it reads the indexes one after the other.
    private long order(String name) {
        for (int i = 0; i < sources.size(); i++) {
            int number = sources.get(i).index().find(name);
            if (number >= 0) {
                return ((long) i << 32) | number;
            }
        }
        return Long.MAX_VALUE;
    }
}
