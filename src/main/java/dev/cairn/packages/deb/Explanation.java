package dev.cairn.packages.deb;

import dev.cairn.packages.NearNames;
import dev.cairn.packages.deb.Dependency.Kind;
import dev.cairn.packages.deb.Dependency.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says why a world has no solution, in sentences: each follows one chain of requirements from what was asked for to
/// the requirement that cannot be met.
final class Explanation {
    private static final int MAX_REASONS = 8;

    private final Marks marks;
    private final Collection<PackageNode> requested;
    private final Set<VersionNode> visited = new HashSet<>();

    Explanation(Marks marks, Collection<PackageNode> requested) {
        this.marks = marks;
        this.requested = requested;
    }

    List<String> reasons() {
        Set<String> reasons = new LinkedHashSet<>();
        for (PackageNode node : requested) {
            VersionNode version = node.install;
            if (version != null) {
                String reason = follow(version, version.toString());
                if (reason != null) {
                    reasons.add(reason);
                }
            }
        }
        if (reasons.isEmpty()) {
            for (PackageNode node : marks.marked()) {
                if (marks.isBroken(node)) {
                    reasons.add(
                            "The requirements of " + node.name() + " cannot be met together with the other packages.");
                }
            }
        }
        if (reasons.isEmpty()) {
            reasons.add("The packages cannot be installed together.");
        }
        return List.copyOf(new ArrayList<>(reasons).subList(0, Math.min(MAX_REASONS, reasons.size())));
    }

    /// The sentence for the first requirement below `version` that fails, or null when all seem fine.
    private @Nullable String follow(VersionNode version, String chain) {
        if (!visited.add(version)) {
            return null;
        }
        for (Dependency dependency : version.dependencies()) {
            if (!dependency.kind().isCritical()) {
                continue;
            }
            if (dependency.kind().isNegative()) {
                String conflict = conflict(version, dependency, chain);
                if (conflict != null) {
                    return conflict;
                }
            } else {
                String reason = marks.holds(dependency) ? below(dependency, chain) : missing(dependency, chain);
                if (reason != null) {
                    return reason;
                }
            }
        }
        return null;
    }

    /// The reason below a requirement that is answered, but by a package that has a problem itself.
    private @Nullable String below(Dependency dependency, String chain) {
        for (Target target : dependency.alternatives()) {
            for (VersionNode answer : Marks.allTargets(dependency, target)) {
                if (answer.node().install == answer) {
                    String reason = follow(answer, chain + " needs " + dependency + "; " + answer);
                    if (reason != null) {
                        return reason;
                    }
                }
            }
        }
        return null;
    }

    private @Nullable String conflict(VersionNode version, Dependency dependency, String chain) {
        for (VersionNode other :
                Marks.allTargets(dependency, dependency.alternatives().getFirst())) {
            if (other.node().install == other && other != version) {
                String verb = dependency.kind() == Kind.BREAKS ? "breaks" : "conflicts with";
                return chain + " " + verb + " " + dependency + ", but " + wantedBy(other.node()) + ".";
            }
        }
        return null;
    }

    private String wantedBy(PackageNode node) {
        if (requested.contains(node)) {
            return node.install + " was asked for, too";
        }
        for (PackageNode parent : marks.marked()) {
            VersionNode version = parent.install;
            if (version == null) {
                continue;
            }
            for (Dependency dependency : version.dependencies()) {
                boolean need = dependency.kind() == Kind.DEPENDS || dependency.kind() == Kind.PRE_DEPENDS;
                if (need && dependency.alternatives().stream().anyMatch(t -> t.node() == node)) {
                    return parent.name() + " needs " + node.install;
                }
            }
        }
        return node.install + " is needed, too";
    }

    private @Nullable String missing(Dependency dependency, String chain) {
        String next = chain + " needs " + dependency;
        boolean any = false;
        String deeper = null;
        for (Target target : dependency.alternatives()) {
            for (VersionNode answer : Marks.allTargets(dependency, target)) {
                any = true;
                if (deeper == null) {
                    deeper = blocked(answer, next);
                }
            }
        }
        return any ? deeper : next + ", " + absence(dependency) + ".";
    }

    private @Nullable String blocked(VersionNode answer, String chain) {
        String link = chain + "; " + answer;
        PackageNode node = answer.node();
        if (node.held) {
            return link + " is to stay out.";
        }
        VersionNode installed = node.install;
        if (installed != null && installed != answer) {
            return chain + ", but " + installed + " was chosen.";
        }
        for (PackageNode other : marks.marked()) {
            VersionNode version = other.install;
            if (version == null || other == node) {
                continue;
            }
            for (Dependency dependency : version.dependencies()) {
                if (dependency.kind().isNegative()
                        && Marks.allTargets(
                                        dependency, dependency.alternatives().getFirst())
                                .contains(answer)) {
                    String verb = dependency.kind() == Kind.BREAKS ? "broken by " : "in conflict with ";
                    return link + " is " + verb + version + ".";
                }
            }
        }
        return follow(answer, link);
    }

    private static String absence(Dependency dependency) {
        for (Target target : dependency.alternatives()) {
            List<VersionNode> versions = target.node().versions();
            if (!versions.isEmpty()) {
                return "but the repositories have " + versions.getFirst();
            }
        }
        return "which no repository has";
    }

    static String noSuchVersion(WorldItem item, PackageNode node) {
        StringBuilder text = new StringBuilder("No version of ").append(item.name());
        text.append(
                item.kind() == WorldItem.Kind.SUITE ? " is in suite '" + item.operand() + "'" : " fits " + item.text());
        text.append("; there is ");
        List<String> have = new ArrayList<>();
        for (VersionNode version : node.versions()) {
            have.add(version.version() + " (" + version.sources().getFirst().repository() + ")");
        }
        return text.append(String.join(", ", have)).append('.').toString();
    }

    static String severalProviders(WorldItem item, Collection<VersionNode> owners) {
        List<String> names = new ArrayList<>();
        for (VersionNode owner : owners) {
            names.add(owner.node().name());
        }
        names.sort(null);
        return item.name() + " is a virtual package; name one that provides it: " + String.join(", ", names) + ".";
    }

    static String unknown(WorldItem item, Universe universe) {
        NearNames near = new NearNames(item.name().toLowerCase(Locale.ROOT));
        for (SuiteIndex source : universe.sources()) {
            PackagesIndex index = source.index();
            for (int number = 0; number < index.names(); number++) {
                if (index.defining(number).length > 0) {
                    near.offer(index.name(number));
                }
            }
        }
        String advice = near.advice();
        return "There is no package " + item.name() + " in "
                + String.join(
                        ", ",
                        universe.sources().stream()
                                .map(SuiteIndex::repository)
                                .distinct()
                                .toList())
                + (advice.isEmpty() ? "." : advice);
    }
}
