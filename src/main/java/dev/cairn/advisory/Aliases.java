package dev.cairn.advisory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which CVE an id of another kind (GHSA, GO, PYSEC, RUSTSEC, CGA, …) stands for, learned from the records of all
/// feeds.
///
/// Two CVEs are never taken for one flaw, whatever a record groups: an id that stands with several keeps its own name
/// unless other records pair it with exactly one.
final class Aliases {
    private static final String SEVERAL = "";

    private final Map<String, String> cves = new HashMap<>();

    static boolean isCve(String id) {
        return id.startsWith("CVE-");
    }

    /// Learns that these ids, of which the first is the record's own, are of one flaw.
    void add(List<String> ids) {
        Set<String> named = new LinkedHashSet<>();
        ids.stream().filter(Aliases::isCve).forEach(named::add);
        if (named.size() == 1) {
            String cve = named.iterator().next();
            for (String id : ids) {
                if (!isCve(id)) {
                    cves.merge(id, cve, (old, other) -> old.equals(other) ? old : SEVERAL);
                }
            }
        } else if (named.size() > 1 && !isCve(ids.getFirst())) {
            cves.put(ids.getFirst(), SEVERAL);
        }
    }

    /// The CVE of an id, or null.
    @Nullable
    String cveOf(String id) {
        String cve = cves.get(id);
        return cve == null || cve.equals(SEVERAL) ? null : cve;
    }

    /// The fact under its CVE, where it has one, with every other id as an alias.
    Fact settled(Fact fact) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(fact.id());
        ids.addAll(fact.aliases());
        String main = fact.id();
        if (!isCve(main)) {
            String own = cveOf(main);
            main = own != null
                    ? own
                    : ids.stream().filter(Aliases::isCve).sorted().findFirst().orElse(main);
        }
        ids.remove(main);
        boolean same = main.equals(fact.id()) && ids.size() == fact.aliases().size();
        return same ? fact : fact.withIds(main, new ArrayList<>(ids));
    }
}
