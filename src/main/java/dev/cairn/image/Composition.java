package dev.cairn.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which packages get a layer of their own, which share one, and in which order the layers lie.
///
/// Runtimes limit the number of layers (Docker takes 125), so an image has a budget: the largest packages get layers of
/// their own, the tail shares one. Packages that meet another at a path are never grouped, since a path may stand only
/// once in a layer. Order is install order, except that the package whose file wins lies above the one that loses.
///
/// @param own packages with a layer of their own, bottom first
/// @param grouped packages of the shared layer, in install order; empty when the budget suffices
/// @param copied paths whose winner can't lie above every loser: they are copied to the top layer
record Composition(List<InstalledPackage> own, List<InstalledPackage> grouped, List<MergedView.Owned> copied) {

    /// Composes packages, given in install order, into at most `budget` layers, the top layer included.
    static Composition of(List<InstalledPackage> packages, MergedView view, int budget) {
        Set<InstalledPackage> meeting = new HashSet<>();
        List<Above> order = new ArrayList<>();
        for (MergedView.Meeting each : view.meetings()) {
            meeting.add(each.first().owner());
            meeting.add(each.second().owner());
            if (!each.harmless()) {
                order.add(Above.of(each));
            }
        }
        Set<InstalledPackage> grouped = tail(packages, meeting, budget);
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
            MergedView.Owned first = meeting.first();
            MergedView.Owned second = meeting.second();
            if (second.owner().mayReplace(first.owner())) {
                return new Above(second, first.owner());
            }
            if (first.owner().mayReplace(second.owner())) {
                return new Above(first, second.owner());
            }
            throw new ImageException(
                    ImageException.Code.FILE_CONFLICT,
                    "/" + meeting.path() + " is in " + first.owner() + " and, different, in " + second.owner()
                            + ", and neither declares to replace the other\n"
                            + "try: drop one of them from contents.packages, or name it in contents.exclude");
        }
    }

    private static Set<InstalledPackage> tail(
            List<InstalledPackage> packages, Set<InstalledPackage> meeting, int budget) {
        int withoutTop = Math.max(1, budget - 1);
        if (packages.size() <= withoutTop) {
            return Set.of();
        }
        List<InstalledPackage> smallestFirst = packages.stream()
                .filter(each -> !meeting.contains(each))
                .sorted(Comparator.comparingLong(
                                (InstalledPackage each) -> each.facts().layer().size())
                        .thenComparing(InstalledPackage::name))
                .toList();
        int tooMany = packages.size() - (withoutTop - 1);
        return new LinkedHashSet<>(smallestFirst.subList(0, Math.min(tooMany, smallestFirst.size())));
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
