package dev.cairn.packages.apk;

/// Finds every name that may play a part: what is named, what its candidates depend on, and what may be installed
/// because they are. Measures on the way how long the chains of dependencies are.
final class Discovery {
    /// Far beyond any real chain, and within the stack of the thread that solves.
    private static final int MAX_NESTING = 100_000;

    private final PackageGraph graph;
    private final int untaggedRepositories;
    private int nesting;

    Discovery(PackageGraph graph, int untaggedRepositories) {
        this.graph = graph;
        this.untaggedRepositories = untaggedRepositories;
    }

    void visit(Name name) {
        if (name.seen) {
            return;
        }
        if (++nesting > MAX_NESTING) {
            throw new ApkException(ApkException.Code.LIMIT, "dependencies nested too deeply, at " + name);
        }
        name.seen = true;
        name.neverTriggered = true;
        for (Provision provision : name.providers()) {
            Candidate candidate = provision.candidate();
            visit(candidate);
            name.neverTriggered &= candidate.triggerFailed;
            name.depth = Math.max(name.depth, candidate.depth);
        }
        for (Provision provision : name.providers()) {
            visitTriggered(provision.candidate());
        }
        nesting--;
    }

    private void visit(Candidate candidate) {
        if (candidate.seen) {
            return;
        }
        candidate.seen = true;
        candidate.allowedTags = 1;
        candidate.selectable = true;
        candidate.triggerFailed = candidate.installIf.length == 0;
        candidate.preferred = candidate.empty || (candidate.repositories & untaggedRepositories) != 0;
        candidate.allowed = candidate.preferred;
        for (Requirement requirement : candidate.depends) {
            visit(requirement.name());
            candidate.depth = Math.max(candidate.depth, requirement.name().depth + 1);
        }
    }

    private void visitTriggered(Candidate candidate) {
        for (Name triggered : graph.triggeredBy(candidate.name)) {
            visit(triggered);
        }
        for (Requirement provided : candidate.provides) {
            if (!provided.name().seen) {
                for (Name triggered : graph.triggeredBy(provided.name())) {
                    visit(triggered);
                }
            }
        }
    }
}
