package dev.cairn.packages.apk;

import dev.cairn.packages.NearNames;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says in words why a world has no solution.
final class Explanation {
    private static final int MAX_NAMED = 6;

    private final PackageGraph graph;
    private final RepositoryTags tags;
    private final Solver.Outcome outcome;

    Explanation(PackageGraph graph, RepositoryTags tags, Solver.Outcome outcome) {
        this.graph = graph;
        this.tags = tags;
        this.outcome = outcome;
    }

    /// At least one sentence, causes before what follows from them.
    List<String> reasons() {
        Set<String> causes = new LinkedHashSet<>();
        Set<String> effects = new LinkedHashSet<>();
        for (Problem problem : outcome.problems()) {
            switch (problem) {
                case Problem.UnknownTag unknown -> causes.add(unknownTag(unknown.wanted()));
                case Problem.Missing missing -> causes.add(missing(missing.name()));
                case Problem.SameName same -> causes.add(sameName(same));
                case Problem.Broken broken -> addBroken(causes, effects, broken);
                case Problem.Unfulfilled unfulfilled -> effects.add(unfulfilled(unfulfilled));
            }
        }
        List<String> all = new ArrayList<>(causes);
        all.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        if (causes.isEmpty()) {
            all.addAll(effects);
        }
        return all.isEmpty() ? List.of("no choice of packages fits the whole world") : all;
    }

    /// What the world itself says comes first: that is what a person can change.
    private static int rank(String reason) {
        return reason.startsWith("the world") || reason.startsWith("no repository is tagged") ? 0 : 1;
    }

    private static String unknownTag(ApkDependency wanted) {
        return "no repository is tagged @" + wanted.tag() + ", which the world asks for in '" + wanted
                + "': write the repository as '@" + wanted.tag() + " URL'";
    }

    private String missing(Name name) {
        String needed = neededBy(name);
        if (name.providers().length == 0) {
            return "no repository has '" + name + "'" + needed + similar(name);
        }
        Set<String> packages = new LinkedHashSet<>();
        for (Provision provision : name.providers()) {
            packages.add(provision.candidate().name.text);
        }
        String choice = packages.size() == 1
                ? packages.iterator().next() + " provides it"
                : "one of " + list(packages) + " provides it";
        return "'" + name + "'" + needed + " is not a package by itself, and nothing is picked for it: " + choice
                + ", so name " + (packages.size() == 1 ? "that" : "the one you want");
    }

    private String neededBy(Name name) {
        Set<String> needers = new LinkedHashSet<>();
        for (Requirement requirement : outcome.world()) {
            if (requirement.name() == name && !requirement.conflict()) {
                needers.add("the world");
            }
        }
        for (Candidate candidate : outcome.order()) {
            for (Requirement requirement : candidate.depends) {
                if (requirement.name() == name && !requirement.conflict()) {
                    needers.add(candidate.toString());
                }
            }
        }
        return needers.isEmpty() ? "" : " (needed by " + list(needers) + ")";
    }

    /// A name that is as the one that nobody has, but for its prefix or a few letters.
    private String similar(Name name) {
        for (String prefix : List.of("cmd:", "so:", "pc:", "py3-")) {
            int id = graph.table().names.find(prefix + name.text);
            if (id >= 0) {
                return "; did you mean '" + prefix + name + "'?";
            }
        }
        NearNames near = new NearNames(name.text.toLowerCase(Locale.ROOT));
        for (int number : graph.table().packageNames) {
            near.offer(graph.table().names.text(number));
        }
        return near.advice();
    }

    private static String sameName(Problem.SameName same) {
        if (same.one() == same.other()) {
            return same.one() + " cannot be installed: it provides '" + same.name() + "' twice";
        }
        return same.one() + " and " + same.other() + " cannot be installed together: both provide '" + same.name()
                + "'";
    }

    private void addBroken(Set<String> causes, Set<String> effects, Problem.Broken broken) {
        Candidate candidate = broken.candidate();
        int before = causes.size();
        if (!candidate.allowed) {
            causes.add(candidate + " is only in a repository tagged "
                    + list(new LinkedHashSet<>(tags.namesOf(candidate.repositories)))
                    + ": name the tag in the world to allow it, as in " + candidate.name
                    + String.join("", tags.namesOf(candidate.repositories)));
        }
        for (Requirement requirement : outcome.world()) {
            addConflict(causes, null, requirement, candidate);
        }
        for (Candidate other : outcome.order()) {
            for (Requirement requirement : other.depends) {
                addConflict(causes, other, requirement, candidate);
            }
        }
        addRivals(causes, candidate);
        for (Requirement requirement : candidate.depends) {
            addUnmet(causes, candidate, requirement);
        }
        if (causes.size() == before) {
            effects.add(candidate + " (for '" + broken.name() + "') does not go with the rest of the world");
        }
    }

    /// What `by` (null: the world) says against `candidate`, if it does.
    private static void addConflict(
            Set<String> causes, @Nullable Candidate by, Requirement requirement, Candidate candidate) {
        Provision provision = candidate.provisionOf(requirement.name());
        if (provision != null && !requirement.accepts(provision)) {
            causes.add(against(by, requirement, provision));
        }
    }

    private static String against(@Nullable Candidate by, Requirement requirement, Provision provision) {
        Candidate candidate = provision.candidate();
        String as = candidate.name == requirement.name()
                ? candidate.toString()
                : candidate + ", which provides '" + requirement.name()
                        + (provision.version() == null ? "'" : "=" + provision.version() + "'");
        if (requirement.conflict()) {
            String who = by == null ? "the world excludes '" : by + " does not go with '";
            return who + requirement.toString().substring(1) + "', but the rest needs " + as;
        }
        return (by == null ? "the world asks" : by + " asks") + " for '" + requirement
                + "', but what there is to pick is " + as;
    }

    /// Other packages that were chosen and provide the same names.
    private void addRivals(Set<String> causes, Candidate candidate) {
        for (Candidate other : outcome.order()) {
            if (other == candidate) {
                continue;
            }
            addRival(causes, candidate, other, candidate.name);
            for (Requirement provided : candidate.provides) {
                addRival(causes, candidate, other, provided.name());
            }
        }
    }

    private static void addRival(Set<String> causes, Candidate candidate, Candidate other, Name name) {
        Provision one = candidate.provisionOf(name);
        Provision two = other.provisionOf(name);
        if (one != null && two != null && !(one.isVirtual() && two.isVirtual())) {
            boolean ordered = candidate.toString().compareTo(other.toString()) < 0;
            causes.add(sameName(new Problem.SameName(ordered ? candidate : other, ordered ? other : candidate, name)));
        }
    }

    /// What `by` needs and cannot have.
    private static void addUnmet(Set<String> causes, Candidate by, Requirement requirement) {
        Name name = requirement.name();
        if (Solver.isSatisfiable(requirement)) {
            return;
        }
        Provision chosen = name.chosen;
        if (chosen != null) {
            causes.add(against(by, requirement, chosen));
        } else if (!requirement.conflict() && !name.locked) {
            String there = name.providers().length == 0 ? "no repository has it" : offered(name);
            causes.add(by + " asks for '" + requirement + "', but " + there);
        }
    }

    private static String offered(Name name) {
        Set<String> offers = new LinkedHashSet<>();
        for (Provision provision : name.providers()) {
            offers.add(provision.candidate().toString());
        }
        return "of what provides it (" + list(offers) + ") nothing goes with the rest of the world";
    }

    private static String unfulfilled(Problem.Unfulfilled problem) {
        @Nullable Candidate found = problem.found();
        return problem.candidate() + " asks for '" + problem.requirement() + "', but "
                + (found == null ? "nothing was picked for it" : "what is picked is " + found);
    }

    private static String list(Set<String> items) {
        StringBuilder text = new StringBuilder();
        int n = 0;
        for (String item : items) {
            if (n == MAX_NAMED) {
                return text + " and " + (items.size() - n) + " more";
            }
            text.append(n++ == 0 ? "" : ", ").append(item);
        }
        return text.toString();
    }
}
