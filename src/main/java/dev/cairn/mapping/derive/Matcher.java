package dev.cairn.mapping.derive;

import dev.cairn.mapping.Evidence;
import dev.cairn.mapping.Evidence.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds a package's counterpart by what both install: pkg-config modules for development packages, libraries for
/// libraries, commands for programs; an empty package is what it asks for. A name alone counts little.
final class Matcher {
    private static final int PROVEN = 96;
    private static final int MOSTLY = 84;
    private static final int BY_NAME = 72;
    private static final int DOUBTFUL = 40;
    private static final int LARGEST_META = 3;
    private static final Function<Facts, Collection<String>> COMMANDS = Facts::commands;
    private static final Function<Facts, Collection<String>> LIBRARIES = Facts::libraries;
    private static final Function<Facts, Collection<String>> PKG_CONFIG = Facts::pkgConfig;
    private static final Function<Facts, Collection<String>> MODULES = Facts::modules;

    private final Index source;
    private final Index target;
    private final boolean sonames;
    private final Map<String, @Nullable Match> known = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    /// @param sonames whether the target's libraries carry their soname's version in their names, as Debian's do, so
    ///     that a number in them says nothing
    Matcher(Index source, Index target, boolean sonames) {
        this.source = source;
        this.target = target;
        this.sonames = sonames;
    }

    /// The counterpart of the package of this name, or null.
    @Nullable
    Match match(String name) {
        if (known.containsKey(name) || !underWay.add(name)) {
            return known.get(name);
        }
        Facts facts = source.find(name);
        Match match = facts == null || Versions.isBinding(name) ? null : settled(facts, find(facts));
        underWay.remove(name);
        known.put(name, match);
        return match;
    }

    private @Nullable Match find(Facts facts) {
        if (facts.isMeta()) {
            return meta(facts);
        }
        Match match = null;
        if (facts.isDevelopment()) {
            match = better(byThings(facts, PKG_CONFIG, Kind.PKG_CONFIG, true), development(facts));
        } else if (facts.commands().isEmpty() && !facts.libraries().isEmpty()) {
            match = byThings(facts, LIBRARIES, Kind.LIBRARY, false);
        } else if (!facts.commands().isEmpty()) {
            match = byThings(facts, COMMANDS, Kind.COMMAND, false);
        } else if (!facts.modules().isEmpty()) {
            match = byThings(facts, MODULES, Kind.MODULE, false);
        }
        return better(match, byName(facts));
    }

    /// A target whose name carries a version is right only for a source of that version: else it is the one without a
    /// version, if there is one, or none.
    private @Nullable Match settled(Facts facts, @Nullable Match match) {
        String name =
                match == null || match.names().size() != 1 ? "" : match.names().getFirst();
        if (match == null || (sonames && name.startsWith("lib")) || Versions.agree(facts.name(), name)) {
            return match;
        }
        String plain = Versions.without(name);
        return target.has(plain) && Likeness.alike(facts.name(), plain)
                ? new Match(List.of(plain), Math.min(match.confidence(), MOSTLY), match.evidence())
                : new Match(match.names(), DOUBTFUL, match.evidence());
    }

    private static @Nullable Match better(@Nullable Match first, @Nullable Match second) {
        return first == null || (second != null && second.confidence() > first.confidence()) ? second : first;
    }

    /// The package that shares most of the things, with the same name first.
    private @Nullable Match byThings(
            Facts facts, Function<Facts, Collection<String>> kind, Kind evidence, boolean development) {
        Collection<String> things = kind.apply(facts);
        TreeMap<String, Set<String>> shared = new TreeMap<>();
        for (String thing : things) {
            for (String provider : target.providers(kind, thing)) {
                Facts its = target.find(provider);
                if (its != null && its.isDevelopment() == development && !provider.endsWith("-doc")) {
                    shared.computeIfAbsent(provider, key -> new TreeSet<>()).add(thing);
                }
            }
        }
        Comparator<String> order = Comparator.<String>comparingInt(each -> score(facts, each, shared.get(each)))
                .thenComparingInt(each -> -Likeness.distance(facts.name(), each))
                .thenComparing(Comparator.reverseOrder());
        String best = shared.keySet().stream().max(order).orElse(null);
        if (best == null) {
            return null;
        }
        return judge(facts, best, things.size(), shared.get(best), evidence);
    }

    private static int score(Facts facts, String candidate, @Nullable Set<String> shared) {
        int same = candidate.equals(facts.name()) ? 1000 : 0;
        int main = shared != null && shared.contains(Likeness.bare(facts.name())) ? 2 : 0;
        return same + main + (shared == null ? 0 : shared.size());
    }

    private static Match judge(Facts facts, String best, int all, @Nullable Set<String> shared, Kind kind) {
        Set<String> both = shared == null ? Set.of() : shared;
        boolean sameName = best.equals(facts.name());
        boolean alike = sameName || Likeness.alike(facts.name(), best);
        int share = 100 * both.size() / all;
        boolean main = both.contains(Likeness.bare(facts.name()));
        int confidence = DOUBTFUL;
        if (sameName || (share == 100 && alike)) {
            confidence = PROVEN;
        } else if (share >= 50 && (alike || main || kind != Kind.COMMAND)) {
            confidence = MOSTLY;
        } else if ((alike && main) || (share == 100 && all > 1)) {
            confidence = MOSTLY - 6;
        } else if ((share == 100 && kind != Kind.COMMAND) || (alike && share >= 20)) {
            confidence = BY_NAME;
        }
        List<Evidence> evidence = new ArrayList<>();
        both.stream().limit(3).forEach(thing -> evidence.add(new Evidence(kind, thing)));
        return new Match(List.of(best), confidence, evidence);
    }

    /// A development package without pkg-config: the one that is built with the library's counterpart.
    private @Nullable Match development(Facts facts) {
        for (String library : facts.libraries()) {
            for (String provider : target.providers(LIBRARIES, library)) {
                Facts runtime = target.find(provider);
                if (runtime == null || runtime.isDevelopment()) {
                    continue;
                }
                for (String stem : List.of(runtime.origin(), provider, library)) {
                    Facts counterpart = target.find(stem + "-dev");
                    if (counterpart != null && counterpart.origin().equals(runtime.origin())) {
                        return new Match(
                                List.of(stem + "-dev"),
                                Likeness.alike(facts.name(), stem + "-dev") ? PROVEN - 6 : MOSTLY - 8,
                                List.of(new Evidence(Kind.LIBRARY, library)));
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Match meta(Facts facts) {
        TreeSet<String> names = new TreeSet<>();
        int least = PROVEN;
        if (facts.depends().size() > LARGEST_META) {
            return byName(facts);
        }
        for (String each : facts.depends()) {
            Match match = match(each);
            if (match == null) {
                return byName(facts);
            }
            names.addAll(match.names());
            least = Math.min(least, match.confidence());
        }
        return new Match(
                List.copyOf(names),
                Math.max(1, least - 4),
                List.of(new Evidence(Kind.META, String.join(" ", facts.depends()))));
    }

    private @Nullable Match byName(Facts facts) {
        for (String candidate : Likeness.candidates(facts.name())) {
            Facts its = target.find(candidate);
            if (its != null) {
                boolean same = candidate.equals(facts.name());
                boolean contradicts =
                        !facts.commands().isEmpty() && !its.commands().isEmpty();
                int confidence = contradicts ? DOUBTFUL : same ? BY_NAME + 4 : BY_NAME - 4;
                return new Match(List.of(candidate), confidence, List.of(new Evidence(Kind.NAME, candidate)));
            }
        }
        return null;
    }
}
