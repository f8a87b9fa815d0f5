package dev.cairn.packages.apk;

import org.jspecify.annotations.Nullable;

/// A package in a solver's run.
final class Candidate {
    final int id;
    final Name name;
    final String version;
    final String checksum;
    final int repositories;
    final int priority;
    final boolean empty;
    Requirement[] depends = new Requirement[0];
    Requirement[] provides = new Requirement[0];
    Requirement[] installIf = new Requirement[0];

    boolean seen;
    int depth;
    /// Nothing rules it out so far.
    boolean selectable;
    /// How many requirements it breaks.
    int conflicts;
    /// Repository tags (as bits) that whoever asks for it allows; bit 0: none.
    int allowedTags;
    /// Its repositories are among those that are allowed, and among those that are preferred.
    boolean allowed;
    boolean preferred;
    /// It took part when the dependencies common to all candidates of a name were last found.
    boolean merged;
    boolean mergedLast;
    boolean triggered;
    boolean triggerFailed;
    boolean inOrder;
    boolean broken;

    Candidate(int id, Name name, String version, String checksum, int repositories, int priority, boolean empty) {
        this.id = id;
        this.name = name;
        this.version = version;
        this.checksum = checksum;
        this.repositories = repositories;
        this.priority = priority;
        this.empty = empty;
    }

    /// What it provides `wanted` as; null when it does not.
    @Nullable
    Provision provisionOf(Name wanted) {
        if (wanted == name) {
            return new Provision(this, version);
        }
        for (Requirement provided : provides) {
            if (provided.name() == wanted) {
                return new Provision(this, provided.version());
            }
        }
        return null;
    }

    /// `name-version`, as apk names a package.
    @Override
    public String toString() {
        return name + "-" + version;
    }
}
