package dev.cairn.packages.apk;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The part of a [PackageTable] that one solver's run has looked at, as objects with the run's state: names and
/// packages
/// come into being when they are first asked for.
final class PackageGraph {
    private static final Requirement[] NONE = {};

    private final PackageTable table;
    private final ApkDependency.Operator[] operators = operatorsByCode();
    private final @Nullable Name[] names;
    private final @Nullable Candidate[] candidates;
    private final Map<String, Name> unknown = new HashMap<>();

    PackageGraph(PackageTable table) {
        this.table = table;
        this.names = new Name[table.names.count()];
        this.candidates = new Candidate[table.packageCount()];
    }

    private static ApkDependency.Operator[] operatorsByCode() {
        ApkDependency.Operator[] all = ApkDependency.Operator.values();
        ApkDependency.Operator[] byCode = new ApkDependency.Operator[all.length];
        for (ApkDependency.Operator operator : all) {
            byCode[operator.code()] = operator;
        }
        return byCode;
    }

    PackageTable table() {
        return table;
    }

    /// The name with this text, which need not be in any index.
    Name name(String text) {
        int id = table.names.find(text);
        return id >= 0 ? name(id) : unknown.computeIfAbsent(text, t -> new Name(this, -1, t));
    }

    private Name name(int id) {
        Name name = names[id];
        if (name == null) {
            name = new Name(this, id, table.names.text(id));
            names[id] = name;
        }
        return name;
    }

    /// Who provides the name, in the order of the indexes.
    Provision[] providersOf(Name name) {
        if (name.id < 0) {
            return new Provision[0];
        }
        int from = table.providers.from(name.id);
        Provision[] provisions = new Provision[(table.providers.to(name.id) - from) / 2];
        for (int i = 0; i < provisions.length; i++) {
            Candidate candidate = candidate(table.providers.values[from + 2 * i]);
            int version = table.providers.values[from + 2 * i + 1];
            provisions[i] = new Provision(candidate, version < 0 ? null : table.atoms.text(version));
        }
        return provisions;
    }

    private Candidate candidate(int id) {
        Candidate candidate = candidates[id];
        if (candidate == null) {
            candidate = new Candidate(
                    id,
                    name(table.packageNames[id]),
                    table.version(id),
                    table.checksum(id),
                    table.packageRepositories[id],
                    table.packagePriorities[id],
                    table.installedSizes[id] == 0);
            candidates[id] = candidate;
            candidate.depends = list(id, PackageTable.DEPENDS);
            candidate.provides = list(id, PackageTable.PROVIDES);
            candidate.installIf = list(id, PackageTable.INSTALL_IF);
        }
        return candidate;
    }

    private Requirement[] list(int pkg, int which) {
        int from = table.dependencyStarts[3 * pkg + which];
        int to = table.dependencyStarts[3 * pkg + which + 1];
        Requirement[] list = from == to ? NONE : new Requirement[to - from];
        for (int d = from; d < to; d++) {
            int kind = table.dependencyKinds[d];
            int version = table.dependencyVersions[d];
            list[d - from] = new Requirement(
                    name(table.dependencyNames[d]),
                    (kind & PackageTable.CONFLICT) != 0,
                    operators[kind & ~PackageTable.CONFLICT],
                    version < 0 ? null : table.atoms.text(version),
                    0);
        }
        return list;
    }

    /// The names of packages that depend on `name`; null at the place of those that no part of the run has touched.
    @Nullable
    Name[] dependers(Name name) {
        return touched(table.dependers, name);
    }

    private @Nullable Name[] touched(Links links, Name name) {
        if (name.id < 0) {
            return new Name[0];
        }
        int from = links.from(name.id);
        @Nullable Name[] found = new Name[links.to(name.id) - from];
        for (int i = 0; i < found.length; i++) {
            found[i] = names[links.values[from + i]];
        }
        return found;
    }

    /// The names of packages whose `install_if` has `name`.
    Name[] triggeredBy(Name name) {
        if (name.id < 0) {
            return new Name[0];
        }
        Links links = table.triggered;
        int from = links.from(name.id);
        Name[] found = new Name[links.to(name.id) - from];
        for (int i = 0; i < found.length; i++) {
            found[i] = name(links.values[from + i]);
        }
        return found;
    }
}
