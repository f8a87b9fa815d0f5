package dev.cairn.advisory;

import dev.cairn.advisory.version.VersionOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Gathers what the feeds of one update say, by target and kind of feed, and settles it: ids become CVEs where they
/// can, and what one kind of feed says twice of one flaw is put together.
final class FactCollector {
    /// One file of the database to be: the target and the kind of feed.
    record Key(Target target, FeedKind kind) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byTarget = target.compareTo(other.target);
            return byTarget != 0 ? byTarget : kind.compareTo(other.kind);
        }
    }

    private final Aliases aliases = new Aliases();
    private final SortedMap<Key, List<Fact>> facts = new TreeMap<>();

    /// A sink for the facts of one feed. They count only when [Feeding#accept] is called: a feed that breaks in the
    /// middle leaves nothing behind.
    Feeding feed(FeedKind kind) {
        return new Feeding(kind);
    }

    /// The facts of one feed.
    final class Feeding implements FactSink {
        private final FeedKind kind;
        private final Map<Target, List<Fact>> read = new LinkedHashMap<>();
        private final List<List<String>> groups = new ArrayList<>();
        private int count;

        Feeding(FeedKind kind) {
            this.kind = kind;
        }

        @Override
        public void fact(Target target, Fact fact) {
            read.computeIfAbsent(target, t -> new ArrayList<>()).add(fact);
            count++;
        }

        @Override
        public void aliases(List<String> ids) {
            if (ids.size() > 1) {
                groups.add(ids);
            }
        }

        int count() {
            return count;
        }

        Set<Target> targets() {
            return read.keySet();
        }

        void accept() {
            groups.forEach(aliases::add);
            read.forEach((target, list) -> facts.computeIfAbsent(new Key(target, kind), k -> new ArrayList<>())
                    .addAll(list));
        }
    }

    /// Everything that was accepted, settled: by package, then by id.
    SortedMap<Key, List<Fact>> settled() {
        SortedMap<Key, List<Fact>> settled = new TreeMap<>();
        facts.forEach((key, list) -> {
            List<Fact> each = new ArrayList<>(list.size());
            list.forEach(fact -> each.add(aliases.settled(fact)));
            each.sort(Comparator.comparing(Fact::packageName)
                    .thenComparing(Fact::id)
                    .thenComparing(fact -> String.join(" ", fact.aliases())));
            boolean single = key.kind() == FeedKind.SECDB || key.kind() == FeedKind.DEBIAN_CHANGELOGS;
            settled.put(key, single ? together(each, key.target().ecosystem().order()) : each);
        });
        return settled;
    }

    /// One fact for each package and flaw.
    private static List<Fact> together(List<Fact> sorted, VersionOrder order) {
        List<Fact> result = new ArrayList<>();
        for (Fact fact : sorted) {
            Fact last = result.isEmpty() ? null : result.getLast();
            if (last != null
                    && last.packageName().equals(fact.packageName())
                    && last.id().equals(fact.id())) {
                result.set(result.size() - 1, together(last, fact, order));
            } else {
                result.add(fact);
            }
        }
        return result;
    }

    /// "Never affected" wins over a fix, a later fix over an earlier one: it repairs what the earlier one left.
    private static Fact together(Fact a, Fact b, VersionOrder order) {
        Set<String> ids = new HashSet<>(a.aliases());
        ids.addAll(b.aliases());
        List<String> sortedIds = ids.stream().sorted().toList();
        boolean first = a.status() == Fact.Status.NOT_AFFECTED
                || (b.status() != Fact.Status.NOT_AFFECTED && order.compare(fix(a), fix(b)) >= 0);
        return (first ? a : b).withIds(a.id(), sortedIds);
    }

    private static String fix(Fact fact) {
        return fact.ranges().isEmpty() ? "" : fact.ranges().getFirst().to();
    }
}
