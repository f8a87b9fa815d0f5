package dev.cairn.sbom;

import dev.cairn.sbom.Sbom.Relationship;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Relationships while a document is read: kept until it is known which of their ends are there.
final class Links {
    private static final int MOST = 2_000_000;

    private final String what;
    private final Set<Relationship> all = new LinkedHashSet<>();

    Links(String what) {
        this.what = what;
    }

    void add(String from, Relationship.Type type, String to) {
        all.add(new Relationship(from, type, to));
        if (all.size() > MOST) {
            throw new SbomException(SbomException.Code.TOO_LARGE, what + ": more than " + MOST + " relationships");
        }
    }

    Set<Relationship> all() {
        return all;
    }

    /// Those between the subject and components.
    List<Relationship> between(String subject, List<Component> components) {
        Set<String> known = new HashSet<>();
        known.add(subject);
        components.forEach(each -> known.add(each.id()));
        List<Relationship> kept = new ArrayList<>();
        for (Relationship each : all) {
            if (known.contains(each.from()) && known.contains(each.to())) {
                kept.add(each);
            }
        }
        return kept;
    }
}
