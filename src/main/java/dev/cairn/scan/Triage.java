package dev.cairn.scan;

import dev.cairn.sbom.Sbom;
import java.time.Instant;
import java.util.List;

/// What people have decided about findings: VEX statements and ignore rules.
public interface Triage {
    /// Nobody has decided anything.
    Triage NONE = (finding, sbom, now) -> finding;

    /// The finding with its status.
    Finding judge(Finding finding, Sbom sbom, Instant now);

    /// What a reader of the report has to know about the decisions.
    default List<String> notes(Instant now) {
        return List.of();
    }
}
