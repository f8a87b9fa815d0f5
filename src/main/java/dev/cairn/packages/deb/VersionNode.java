package dev.cairn.packages.deb;

import dev.cairn.packages.deb.IndexRow.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A version of a package in the universe. Its relations are parsed when they are first asked for.
final class VersionNode {
    private final Universe universe;
    private final PackageNode node;
    private final IndexRow row;
    private final DebVersion version;
    private final List<SuiteIndex> sources = new ArrayList<>(1);
    private @Nullable List<Dependency> dependencies;

    VersionNode(Universe universe, PackageNode node, IndexRow row) {
        this.universe = universe;
        this.node = node;
        this.row = row;
        this.version = DebVersion.parse(row.require(Field.VERSION));
    }

    PackageNode node() {
        return node;
    }

    IndexRow row() {
        return row;
    }

    DebVersion version() {
        return version;
    }

    /// The suites that have it, in source order.
    List<SuiteIndex> sources() {
        return sources;
    }

    /// Whether another index's row is the same package file.
    boolean isSameFile(IndexRow other) {
        String mine = row.get(Field.SHA256);
        return mine != null && mine.equals(other.get(Field.SHA256));
    }

    int pinPriority() {
        int best = 0;
        for (SuiteIndex source : sources) {
            best = Math.max(best, source.priority());
        }
        return best;
    }

    /// The Priority field as a rank: 1 required, 2 important, 3 standard, 4 optional, 5 anything else; 0 when absent.
    int rank() {
        return switch (row.get(Field.PRIORITY, "")) {
            case "required" -> 1;
            case "important" -> 2;
            case "standard" -> 3;
            case "optional" -> 4;
            case "" -> 0;
            default -> 5;
        };
    }

    List<Dependency> dependencies() {
        List<Dependency> known = dependencies;
        if (known == null) {
            known = new ArrayList<>();
            read(known, Dependency.Kind.PRE_DEPENDS, Field.PRE_DEPENDS);
            read(known, Dependency.Kind.DEPENDS, Field.DEPENDS);
            read(known, Dependency.Kind.CONFLICTS, Field.CONFLICTS);
            read(known, Dependency.Kind.BREAKS, Field.BREAKS);
            read(known, Dependency.Kind.RECOMMENDS, Field.RECOMMENDS);
            read(known, Dependency.Kind.SUGGESTS, Field.SUGGESTS);
            dependencies = known;
        }
        return known;
    }

    private void read(List<Dependency> into, Dependency.Kind kind, Field field) {
        String text = row.get(field);
        if (text == null) {
            return;
        }
        for (List<Relation> group : Relation.parseField(text)) {
            List<Dependency.Target> targets = new ArrayList<>(group.size());
            for (Relation relation : group) {
                targets.add(new Dependency.Target(relation, universe.target(relation)));
            }
            if (kind.isNegative()) {
                for (Dependency.Target target : targets) {
                    into.add(new Dependency(this, kind, List.of(target)));
                }
            } else {
                into.add(new Dependency(this, kind, targets));
            }
        }
    }

    /// What it provides: `field` as parsed, without its own name.
    List<Relation> provides() {
        String text = row.get(Field.PROVIDES);
        List<Relation> provides = new ArrayList<>();
        if (text != null) {
            for (List<Relation> group : Relation.parseField(text)) {
                provides.addAll(group);
            }
        }
        return provides;
    }

    boolean isMultiArch(String value) {
        return row.get(Field.MULTI_ARCH, "no").equals(value);
    }

    @Override
    public String toString() {
        return node.name() + " " + version;
    }
}
