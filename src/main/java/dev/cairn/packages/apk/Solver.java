package dev.cairn.packages.apk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Picks packages for a world as apk-tools 2.14 does on an empty root.
///
/// The method is greedy: it never takes a decision back. Names that are required wait in a queue. What all candidates
/// of a name have in common is required at once, and a candidate that breaks a requirement is ruled out, with what
/// follows from that. When nothing follows any more, the next name is decided: one that leaves no choice if there is
/// one, else what the world names, real packages before virtual ones, long dependency chains before short ones. An
/// instance solves one world.
final class Solver {
    private final PackageGraph graph;
    private final RepositoryTags tags;
    private final NameQueue dirty = new NameQueue();
    private final NameQueue open = new NameQueue();
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final Discovery discovery;
    /// The tag, as a bit, of the item of the world that is being applied.
    private int worldTag;

    Solver(PackageGraph graph, RepositoryTags tags) {
        this.graph = graph;
        this.tags = tags;
        this.discovery = new Discovery(graph, tags.repositories(1));
    }

    /// What a run came to.
    ///
    /// @param order the packages in install order; with problems, those that would have been installed
    record Outcome(List<Candidate> order, Set<Problem> problems, List<Requirement> world) {}

    Outcome solve(List<ApkDependency> wanted) {
        List<Requirement> world = world(wanted);
        for (Requirement requirement : world) {
            discovery.visit(requirement.name());
        }
        for (Requirement requirement : world) {
            worldTag = 1 << requirement.tag();
            apply(null, requirement);
        }
        worldTag = 0;
        for (Name name = nextToDecide(); name != null; name = nextToDecide()) {
            decide(name);
        }
        List<Candidate> order = new InstallOrder(graph, this).of(world);
        return new Outcome(order, problems, world);
    }

    private List<Requirement> world(List<ApkDependency> wanted) {
        List<ApkDependency> sorted = new ArrayList<>(new LinkedHashSet<>(wanted));
        sorted.sort((a, b) -> {
            int folded = foldCase(a.name()).compareTo(foldCase(b.name()));
            return folded != 0 ? folded : a.name().compareTo(b.name());
        });
        List<Requirement> world = new ArrayList<>();
        for (ApkDependency one : sorted) {
            int tag = tags.number(one.tag());
            if (tag < 0) {
                problems.add(new Problem.UnknownTag(one));
            }
            Name name = graph.name(one.name());
            name.wanted = true;
            String version = one.version().isEmpty() ? null : one.version();
            world.add(new Requirement(name, one.conflict(), one.operator(), version, Math.max(tag, 0)));
        }
        return world;
    }

    /// Lower case of ASCII letters only, as in the C locale.
    static String foldCase(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= 'A' && chars[i] <= 'Z') {
                chars[i] = (char) (chars[i] + 'a' - 'A');
            }
        }
        return new String(chars);
    }

    private @Nullable Name nextToDecide() {
        Consideration consideration = new Consideration(graph, this);
        for (Name name = dirty.poll(); name != null; name = dirty.poll()) {
            consideration.of(name);
        }
        Name best = null;
        for (NameQueue.Link link = open.head.next; link.name != null; link = link.next) {
            Name name = link.name;
            if (name.dependersDecided && name.requirers > 0 && !name.hasOptions) {
                return name;
            }
            if (best == null || isBefore(name, best)) {
                best = name;
            }
        }
        return best;
    }

    private static boolean isBefore(Name a, Name b) {
        if (a.wanted != b.wanted) {
            return a.wanted;
        }
        if (a.kind() != b.kind()) {
            return a.kind() < b.kind();
        }
        if (a.depth != b.depth) {
            return a.depth > b.depth;
        }
        return a.requirers > 0 && b.requirers == 0;
    }

    private void decide(Name name) {
        Provision best = null;
        for (Provision provision : name.providers()) {
            if (isEligible(name, provision) && (best == null || ProviderOrder.compare(provision, best) > 0)) {
                best = provision;
            }
        }
        if (best == null) {
            assign(name, null);
            if (name.requirers > 0) {
                problems.add(new Problem.Missing(name));
            }
            return;
        }
        Candidate candidate = best.candidate();
        if (!candidate.selectable || !candidate.allowed) {
            markBroken(candidate, new Problem.Broken(candidate, name));
        }
        assign(candidate.name, new Provision(candidate, candidate.version));
        for (Requirement provided : candidate.provides) {
            assign(provided.name(), new Provision(candidate, provided.version()));
        }
        for (Requirement requirement : candidate.depends) {
            apply(candidate, requirement);
        }
    }

    private static boolean isEligible(Name name, Provision provision) {
        Candidate candidate = provision.candidate();
        if (name.requirers == 0 && !(candidate.triggered && candidate.allowed)) {
            return false;
        }
        // A virtual name does not bring in a package that nobody asks for, unless the package says that it may.
        return !(provision.isVirtual() && candidate.name.requirers == 0 && candidate.priority == 0);
    }

    private void assign(Name name, @Nullable Provision provision) {
        if (name.locked) {
            assignAgain(name, provision);
            return;
        }
        name.locked = true;
        name.chosen = provision;
        name.open.remove();
        name.dirty.remove();
        for (Provision other : name.providers()) {
            boolean same = provision != null && other.candidate() == provision.candidate();
            boolean bothVirtual = (provision == null || provision.isVirtual()) && other.isVirtual();
            if (!same && !bothVirtual) {
                ruleOut(other.candidate());
            }
        }
        recheckDependers(name);
        if (provision == null) {
            recheckTriggeredBy(name);
        } else {
            recheckTriggeredBy(provision.candidate());
        }
    }

    private void assignAgain(Name name, @Nullable Provision provision) {
        Provision chosen = name.chosen;
        boolean firstVirtual = chosen == null || chosen.isVirtual();
        if (provision == null || (firstVirtual && provision.isVirtual())) {
            return;
        }
        Candidate other = chosen == null ? provision.candidate() : chosen.candidate();
        Problem problem = new Problem.SameName(other, provision.candidate(), name);
        markBroken(provision.candidate(), problem);
        markBroken(other, problem);
    }

    /// Notes that a chosen package is not all right; each package counts once.
    void markBroken(@Nullable Candidate candidate, Problem problem) {
        if (candidate != null && !candidate.broken) {
            candidate.broken = true;
            problems.add(problem);
        }
    }

    /// Lets a requirement of `by` (null: of the world) take effect.
    void apply(@Nullable Candidate by, Requirement requirement) {
        Name name = requirement.name();
        if (!requirement.conflict()) {
            name.requirers++;
            if (name.requirers == 1) {
                requirersChanged(name);
            }
        }
        for (Provision provision : name.providers()) {
            Candidate candidate = provision.candidate();
            boolean accepted = requirement.accepts(provision);
            candidate.conflicts += accepted ? 0 : 1;
            if (candidate.selectable && candidate.conflicts > 0) {
                ruleOut(candidate);
            }
            if (accepted) {
                inheritTags(candidate, by);
            }
        }
    }

    void requirersChanged(Name name) {
        queueOpen(name);
        recheckTriggeredBy(name);
        queueDirty(name);
    }

    /// Allows a package the tags that whoever asks for it is allowed.
    void inheritTags(Candidate candidate, @Nullable Candidate by) {
        if (by != null) {
            candidate.allowedTags |= by.allowedTags;
        } else {
            candidate.allowedTags |= worldTag;
            candidate.preferred = (candidate.repositories & tags.repositories(worldTag)) != 0;
        }
        candidate.allowed |= (candidate.repositories & tags.repositories(candidate.allowedTags)) != 0;
    }

    void queueOpen(Name name) {
        if (name.locked) {
            return;
        }
        boolean wanted = name.requirers > 0 || name.triggered;
        if (wanted && !name.open.isQueued()) {
            open.addFirst(name.open);
        } else if (!wanted) {
            name.open.remove();
        }
    }

    private void queueDirty(Name name) {
        boolean due = name.requirers > 0 || name.recheckTriggers;
        if (due && !name.locked && !name.dirty.isQueued()) {
            dirty.addLast(name.dirty);
        }
    }

    /// The package cannot be picked any more; who may depend on it has to be looked at again.
    void ruleOut(Candidate candidate) {
        candidate.selectable = false;
        recheckDependers(candidate.name);
        for (Requirement provided : candidate.provides) {
            recheckDependers(provided.name());
        }
        recheckTriggeredBy(candidate);
    }

    private void recheckDependers(Name name) {
        for (Name depender : graph.dependers(name)) {
            if (depender != null && depender.seen) {
                depender.recheckDependencies = true;
                queueDirty(depender);
            }
        }
    }

    private void recheckTriggeredBy(Candidate candidate) {
        recheckTriggeredBy(candidate.name);
        for (Requirement provided : candidate.provides) {
            recheckTriggeredBy(provided.name());
        }
    }

    private void recheckTriggeredBy(Name name) {
        for (Name triggered : graph.triggeredBy(name)) {
            if (triggered.seen && !triggered.neverTriggered) {
                triggered.recheckTriggers = true;
                queueDirty(triggered);
            }
        }
    }

    /// Whether the requirement can still be met.
    static boolean isSatisfiable(Requirement requirement) {
        Name name = requirement.name();
        if (name.locked) {
            return requirement.accepts(name.chosen);
        }
        if (name.requirers == 0 && requirement.conflict()) {
            return true;
        }
        for (Provision provision : name.providers()) {
            if (provision.candidate().selectable && requirement.accepts(provision)) {
                return true;
            }
        }
        return false;
    }
}
