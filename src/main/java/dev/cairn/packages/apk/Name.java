package dev.cairn.packages.apk;

import org.jspecify.annotations.Nullable;

/// A name in a solver's run: a package's own, or one that is only provided. It is decided on once: then it is `locked`,
/// and `chosen` tells which package answers it (none: nobody does).
final class Name {
    /// How many kinds of providers a name has: only packages of that name; also others; only others.
    static final int OWN = 0;

    static final int MIXED = 1;
    static final int VIRTUAL = 2;

    final int id;
    final String text;
    private final PackageGraph graph;
    private Provision @Nullable [] providers;
    private int kind;

    /// Found on the way from the world; names that are not are no part of the run.
    boolean seen;
    /// The longest chain of dependencies below it.
    int depth;
    /// Named by the world itself.
    boolean wanted;
    /// How many requirements ask for it.
    int requirers;
    boolean locked;

    @Nullable
    Provision chosen;

    /// More than one candidate is left, or one from a tagged repository that nobody allowed.
    boolean hasOptions;
    /// Everything that depends on it has been decided.
    boolean dependersDecided;
    /// One of its packages has all that its `install_if` wants.
    boolean triggered;
    /// None of its packages can still be triggered.
    boolean neverTriggered;

    boolean recheckDependencies;
    boolean recheckTriggers;

    /// Scratch of one look at a name's candidates: how many of them in a row depend on, or provide, this name.
    int commonDepends;
    int commonProvides;
    boolean commonIsVirtual;

    boolean inOrder;

    /// Links of the two queues.
    final NameQueue.Link dirty = new NameQueue.Link(this);
    final NameQueue.Link open = new NameQueue.Link(this);

    Name(PackageGraph graph, int id, String text) {
        this.graph = graph;
        this.id = id;
        this.text = text;
    }

    /// Who provides it, in the order of the indexes; looked up when it is first asked for.
    Provision[] providers() {
        Provision[] loaded = providers;
        if (loaded == null) {
            loaded = graph.providersOf(this);
            providers = loaded;
            kind = kindOf(loaded);
        }
        return loaded;
    }

    private int kindOf(Provision[] all) {
        int others = 0;
        for (Provision provision : all) {
            others += provision.candidate().name == this ? 0 : 1;
        }
        return others == 0 ? OWN : others == all.length ? VIRTUAL : MIXED;
    }

    int kind() {
        providers();
        return kind;
    }

    @Nullable
    Candidate chosenPackage() {
        return chosen == null ? null : chosen.candidate();
    }

    @Override
    public String toString() {
        return text;
    }
}
