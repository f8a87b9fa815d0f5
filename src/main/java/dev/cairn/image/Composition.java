package dev.cairn.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which packages get a layer of their own, which share one, and in which order the layers lie.
///
/// Runtimes limit the number of layers (Docker takes 125), so an image has a budget: the largest packages get layers of
/// their own, the tail shares one. Packages that meet at a path never share a layer, since a path may stand only
/// once in it; those that meet no other are grouped first. Order is install order, except that the package whose file
/// wins lies above the one that loses.
///
/// @param own packages with a layer of their own, bottom first
/// @param grouped packages of the shared layer, in install order; empty when the budget suffices
/// @param copied paths whose winner can't lie above every loser: they are copied to the top layer
record Composition(List<InstalledPackage> own, List<InstalledPackage> grouped, List<MergedView.Owned> copied) {

    /// Composes packages, given in install order, into at most `budget` layers, the top layer included.
    static Composition of(List<InstalledPackage> packages, MergedView view, int budget) {
        List<Above> order = new ArrayList<>();
        for (MergedView.Meeting each : view.meetings()) {
            if (!each.harmless()) {
                order.add(Above.of(each));
            }
        }
        Set<InstalledPackage> grouped = tail(packages, new Meetings(view.meetings(), order), budget);
        List<InstalledPackage> own = new ArrayList<>(packages);
        own.removeAll(grouped);
        List<MergedView.Owned> copied = new ArrayList<>();
        List<InstalledPackage> sorted = sort(own, order, copied);
        List<InstalledPackage> shared =
                packages.stream().filter(grouped::contains).toList();
        return new Composition(sorted, shared, List.copyOf(copied));
    }

    /// The winner of a path and the package that it must lie above.
    private record Above(MergedView.Owned winner, InstalledPackage loser) {
        static Above of(MergedView.Meeting meeting) {
            InstalledPackage first = meeting.first().owner();
            InstalledPackage second = meeting.second().owner();
            return meeting.winner()
                    .map(winner -> new Above(winner, winner.owner().equals(first) ? second : first))
                    .orElseThrow(() -> conflict(meeting.path(), first, second));
        }

        private static ImageException conflict(String path, InstalledPackage first, InstalledPackage second) {
            return new ImageException(
                    ImageException.Code.FILE_CONFLICT,
                    "/" + path + " is in " + first + " and, different, in " + second
                            + ", and neither declares to replace the other\n"
                            + "try: drop one of them from contents.packages, or name it in contents.exclude");
        }
    }

    /// Who meets whom, and who must lie below another.
    private static final class Meetings {
        private final Map<InstalledPackage, Set<InstalledPackage>> partners = new HashMap<>();
        private final Set<InstalledPackage> losers = new HashSet<>();

        Meetings(List<MergedView.Meeting> meetings, List<Above> order) {
            for (MergedView.Meeting each : meetings) {
                note(each.first().owner(), each.second().owner());
                note(each.second().owner(), each.first().owner());
            }
            order.forEach(each -> losers.add(each.loser()));
        }

        private void note(InstalledPackage one, InstalledPackage other) {
            partners.computeIfAbsent(one, each -> new HashSet<>()).add(other);
        }

        boolean none(InstalledPackage each) {
            return !partners.containsKey(each);
        }

        /// Whether a package may be in the shared layer, which lies above all others, together with these.
        boolean mayJoin(InstalledPackage each, Set<InstalledPackage> group) {
            return !losers.contains(each) && Collections.disjoint(partners.getOrDefault(each, Set.of()), group);
        }
    }

    private static Set<InstalledPackage> tail(List<InstalledPackage> packages, Meetings meetings, int budget) {
        int withoutTop = Math.max(1, budget - 1);
        if (packages.size() <= withoutTop) {
            return Set.of();
        }
        int tooMany = packages.size() - (withoutTop - 1);
        List<InstalledPackage> candidates = packages.stream()
                .sorted(Comparator.comparing((InstalledPackage each) -> !meetings.none(each))
                        .thenComparingLong(each -> each.facts().layer().size())
                        .thenComparing(InstalledPackage::name))
                .toList();
        Set<InstalledPackage> group = new LinkedHashSet<>();
        for (InstalledPackage each : candidates) {
            if (group.size() < tooMany && meetings.mayJoin(each, group)) {
                group.add(each);
            }
        }
        return group;
    }

    /// Install order, bent so that winners lie above losers; what a cycle leaves over goes to `copied`.
    private static List<InstalledPackage> sort(
            List<InstalledPackage> packages, List<Above> order, List<MergedView.Owned> copied) {
        List<InstalledPackage> waiting = new ArrayList<>(packages);
        List<Above> open = new ArrayList<>(order);
        List<InstalledPackage> sorted = new ArrayList<>();
        while (!waiting.isEmpty()) {
            InstalledPackage next = waiting.stream()
                    .filter(each -> open.stream()
                            .noneMatch(above -> above.winner().owner().equals(each) && waiting.contains(above.loser())))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                next = waiting.getFirst();
                breakCycle(next, waiting, open, copied);
            }
            waiting.remove(next);
            sorted.add(next);
        }
        return sorted;
    }

    private static void breakCycle(
            InstalledPackage next, List<InstalledPackage> waiting, List<Above> open, List<MergedView.Owned> copied) {
        for (Above above : List.copyOf(open)) {
            if (above.winner().owner().equals(next) && waiting.contains(above.loser())) {
                copied.add(above.winner());
                open.remove(above);
            }
        }
    }
}
