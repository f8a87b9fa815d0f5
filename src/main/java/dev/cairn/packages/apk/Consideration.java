package dev.cairn.packages.apk;

import org.jspecify.annotations.Nullable;

/// Looks at a name's candidates again: rules out those that cannot be had any more, sees which are triggered, and lets
/// what all that are left have in common take effect.
final class Consideration {
    private final PackageGraph graph;
    private final Solver solver;

    Consideration(PackageGraph graph, Solver solver) {
        this.graph = graph;
        this.solver = solver;
    }

    void of(Name name) {
        boolean recheckDependencies = name.recheckDependencies;
        boolean recheckTriggers = name.recheckTriggers;
        name.recheckDependencies = false;
        name.recheckTriggers = false;
        boolean triggered = false;
        boolean neverTriggered = true;
        Candidate first = null;
        int options = 0;
        int forbidden = 0;
        for (Provision provision : name.providers()) {
            Candidate candidate = provision.candidate();
            candidate.merged = false;
            if (recheckDependencies && candidate.selectable) {
                checkDependencies(candidate);
            }
            if (!candidate.selectable) {
                continue;
            }
            if (recheckTriggers) {
                checkTriggers(candidate);
            }
            triggered |= candidate.triggered;
            neverTriggered &= candidate.triggerFailed;
            if (name.requirers > 0) {
                candidate.merged = true;
                first = first == null ? candidate : first;
                countCommon(provision, options);
                forbidden += candidate.allowed ? 0 : 1;
                options++;
            }
        }
        name.hasOptions = options > 1 || forbidden > 0;
        name.triggered = triggered;
        name.neverTriggered = neverTriggered;
        solver.queueOpen(name);
        if (first != null) {
            spread(name, first, options);
        }
        name.dependersDecided = areDependersDecided(name);
    }

    private void checkDependencies(Candidate candidate) {
        for (Requirement requirement : candidate.depends) {
            if (!Solver.isSatisfiable(requirement)) {
                solver.ruleOut(candidate);
                return;
            }
        }
    }

    private void checkTriggers(Candidate candidate) {
        if (!candidate.triggered && !candidate.triggerFailed) {
            candidate.triggered = true;
            for (Requirement requirement : candidate.installIf) {
                Name name = requirement.name();
                if (!name.locked || !requirement.accepts(name.chosen)) {
                    candidate.triggered = false;
                    candidate.triggerFailed = name.locked;
                    break;
                }
            }
        }
        if (candidate.triggered) {
            for (Requirement requirement : candidate.installIf) {
                inherit(candidate, requirement.name().chosenPackage());
            }
        }
    }

    private void inherit(Candidate candidate, @Nullable Candidate from) {
        solver.inheritTags(candidate, from);
    }

    /// Counts on each name how many candidates in a row, from the first on, depend on it or provide it.
    private static void countCommon(Provision provision, int before) {
        Candidate candidate = provision.candidate();
        for (Requirement requirement : candidate.depends) {
            Name name = requirement.name();
            if (!requirement.conflict() && name.commonDepends == before) {
                name.commonDepends = before + 1;
            }
        }
        countProvided(candidate.name, before, provision.isVirtual());
        for (Requirement provided : candidate.provides) {
            countProvided(provided.name(), before, provided.version() == null);
        }
    }

    private static void countProvided(Name name, int before, boolean virtual) {
        if (name.commonProvides == before) {
            name.commonProvides = before + 1;
            name.commonIsVirtual |= virtual;
        }
    }

    private void spread(Name name, Candidate first, int options) {
        for (Provision provision : name.providers()) {
            provision.candidate().mergedLast = provision.candidate().merged;
        }
        for (Requirement requirement : first.depends) {
            Name wanted = requirement.name();
            boolean common = wanted.commonDepends == options;
            wanted.commonDepends = 0;
            if (common && options == 1) {
                solver.apply(first, requirement);
            } else if (common && wanted.requirers == 0) {
                requireByName(wanted, first);
            }
        }
        narrow(name, first.name, options);
        for (Requirement provided : first.provides) {
            narrow(name, provided.name(), options);
        }
        first.name.commonIsVirtual = false;
        for (Requirement provided : first.provides) {
            provided.name().commonIsVirtual = false;
        }
    }

    private void requireByName(Name wanted, Candidate by) {
        wanted.requirers++;
        solver.requirersChanged(wanted);
        for (Provision provision : wanted.providers()) {
            solver.inheritTags(provision.candidate(), by);
        }
    }

    /// If all candidates of `name` also provide `common`, whoever is picked for `common` has to provide `name`.
    private void narrow(Name name, Name common, int options) {
        boolean always = common.commonProvides == options;
        common.commonProvides = 0;
        if (!always || name == common) {
            return;
        }
        boolean spareVirtual = common.commonIsVirtual;
        for (Provision provision : common.providers()) {
            Candidate candidate = provision.candidate();
            boolean spared = candidate.name == name || !candidate.selectable || (spareVirtual && provision.isVirtual());
            if (!spared && !provides(candidate, name, spareVirtual)) {
                solver.ruleOut(candidate);
            }
        }
    }

    private static boolean provides(Candidate candidate, Name name, boolean orAnythingVirtual) {
        for (Requirement provided : candidate.provides) {
            if (provided.name() == name || (orAnythingVirtual && provided.version() == null)) {
                return true;
            }
        }
        return false;
    }

    private boolean areDependersDecided(Name name) {
        for (Name depender : graph.dependers(name)) {
            if (depender != null && depender.seen && !depender.locked) {
                return false;
            }
        }
        return true;
    }
}
