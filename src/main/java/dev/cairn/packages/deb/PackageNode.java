package dev.cairn.packages.deb;

import dev.cairn.packages.deb.IndexRow.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A name in the universe: a package with versions, a virtual package that others provide, or both; and, while one
/// world is solved, what the solver has decided about it.
final class PackageNode {
    private final Universe universe;
    private final String name;
    private final long order;
    private @Nullable List<VersionNode> versions;
    private @Nullable List<Provider> providers;
    private boolean essential;
    private boolean important;

    /// The version that would be installed, as policy or the user chose; the solver takes it away from what it found
    /// uninstallable.
    @Nullable
    VersionNode candidate;

    /// The candidate that dependencies on this package were last told of. apt does not tell them when it discards a
    /// candidate, and its choices depend on that.
    @Nullable
    VersionNode announced;

    /// The version that is marked for installation.
    @Nullable
    VersionNode install;

    /// Whether the mark stands; a package can lose it and still count as installed for a while, as in apt.
    boolean selected;

    boolean automatic;
    boolean isProtected;
    boolean held;

    /// A version that provides a name, and the version that it provides it as.
    record Provider(VersionNode owner, @Nullable DebVersion version) {}

    PackageNode(Universe universe, String name, long order) {
        this.universe = universe;
        this.name = name;
        this.order = order;
    }

    String name() {
        return name;
    }

    /// apt's number of this name: earlier names have lower ones.
    long order() {
        return order;
    }

    boolean isEssential() {
        versions();
        return essential;
    }

    boolean isImportant() {
        versions();
        return important;
    }

    boolean isMarked() {
        return selected;
    }

    /// Its versions, highest first.
    List<VersionNode> versions() {
        List<VersionNode> known = versions;
        if (known == null) {
            known = new ArrayList<>(2);
            versions = known;
            for (SuiteIndex source : universe.sources()) {
                int number = source.index().find(name);
                if (number >= 0) {
                    for (int position : source.index().defining(number)) {
                        insert(known, source, source.index().row(position));
                    }
                }
            }
            // apt treats itself as essential, whatever its index says.
            boolean isApt = name.equals("apt");
            essential |= isApt;
            important |= isApt;
            candidate = policyCandidate(known);
            announced = candidate;
        }
        return known;
    }

    private void insert(List<VersionNode> into, SuiteIndex source, IndexRow row) {
        essential |= row.isYes(Field.ESSENTIAL);
        important |= row.isYes(Field.IMPORTANT) || row.isYes(Field.PROTECTED);
        VersionNode fresh = new VersionNode(universe, this, row);
        int at = 0;
        while (at < into.size()) {
            VersionNode other = into.get(at);
            int order = fresh.version().compareTo(other.version());
            if (order == 0 && other.isSameFile(row)) {
                other.sources().add(source);
                return;
            }
            if (order > 0) {
                break;
            }
            at++;
        }
        fresh.sources().add(source);
        into.add(at, fresh);
    }

    /// The version of the highest priority, and of those the highest.
    private static @Nullable VersionNode policyCandidate(List<VersionNode> versions) {
        VersionNode best = null;
        for (VersionNode version : versions) {
            if (best == null || version.pinPriority() > best.pinPriority()) {
                best = version.pinPriority() > 0 ? version : best;
            }
        }
        return best;
    }

    /// Who provides this name, in apt's order: the latest entry of the indexes first.
    List<Provider> providers() {
        List<Provider> known = providers;
        if (known == null) {
            known = new ArrayList<>(0);
            for (SuiteIndex source : universe.sources()) {
                int number = source.index().find(name);
                if (number >= 0) {
                    for (int position : source.index().providing(number)) {
                        addProvider(known, source, source.index().row(position));
                    }
                }
            }
            addArchitectureProviders(known);
            Collections.reverse(known);
            providers = known;
        }
        return known;
    }

    private void addProvider(List<Provider> into, SuiteIndex source, IndexRow row) {
        PackageNode owner = universe.node(row.require(Field.PACKAGE));
        DebVersion wanted = DebVersion.parse(row.require(Field.VERSION));
        for (VersionNode version : owner.versions()) {
            if (version.version().equals(wanted)
                    && version.sources().getFirst().equals(source)
                    && version.isSameFile(row)) {
                addEntries(into, version);
                return;
            }
        }
    }

    private void addEntries(List<Provider> into, VersionNode owner) {
        boolean allowed = owner.isMultiArch("allowed");
        for (Relation relation : owner.provides()) {
            String target = PackagesIndexWriter.targetName(relation, universe.architecture());
            if (target.equals(name) || (allowed && relation.qualifier().isEmpty() && name.equals(target + ":any"))) {
                into.add(new Provider(owner, relation.version()));
            }
        }
        if (allowed && name.equals(owner.node().name() + ":any")) {
            into.add(new Provider(owner, owner.version()));
        }
    }

    /// `libc6:amd64` is provided by `libc6` where amd64 is what is installed, and by what provides that.
    private void addArchitectureProviders(List<Provider> into) {
        String suffix = ":" + universe.architecture();
        if (name.endsWith(suffix)) {
            PackageNode plain = universe.node(name.substring(0, name.length() - suffix.length()));
            for (Provider provider : plain.providers()) {
                into.add(new Provider(provider.owner(), provider.owner().version()));
            }
            for (VersionNode version : plain.versions()) {
                into.add(new Provider(version, version.version()));
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
