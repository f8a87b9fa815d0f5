package dev.cairn.advisory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// The facts and ratings that scans are matched against. Read-only, never reaches for the network, and safe for many
/// threads; files are opened when a target is first asked for.
public final class AdvisoryDatabase {
    private final DatabaseManifest manifest;
    private final Opener opener;
    private final Map<Target, List<Part>> parts = new HashMap<>();
    private final ScoreTable scores;

    /// Where the files of facts come from.
    private interface Opener {
        Part open(DatabaseManifest.PartEntry entry) throws IOException;
    }

    private AdvisoryDatabase(DatabaseManifest manifest, ScoreTable scores, Opener opener) {
        this.manifest = manifest;
        this.scores = scores;
        this.opener = opener;
    }

    static AdvisoryDatabase of(DatabaseManifest manifest, AdvisoryStore store) throws IOException {
        ScoreTable scores = manifest.scores() == null
                ? ScoreTable.EMPTY
                : ScoreTable.open(store.require(manifest.scores(), "the table of scores"));
        return new AdvisoryDatabase(
                manifest,
                scores,
                entry -> Part.open(
                        store.require(
                                entry.digest(),
                                entry.target() + " (" + entry.kind().id() + ")"),
                        entry.target(),
                        entry.kind()));
    }

    /// What it is made of.
    public DatabaseManifest manifest() {
        return manifest;
    }

    /// The files of facts about a target; none when it knows nothing about it.
    public synchronized List<Part> parts(Target target) {
        return parts.computeIfAbsent(target, t -> {
            List<Part> opened = new ArrayList<>();
            for (DatabaseManifest.PartEntry entry : manifest.parts()) {
                if (entry.target().equals(t)) {
                    try {
                        opened.add(opener.open(entry));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
            return List.copyOf(opened);
        });
    }

    /// The branches of an ecosystem that it has facts about.
    public SortedSet<Target> targets(Ecosystem ecosystem) {
        SortedSet<Target> targets = new TreeSet<>();
        for (DatabaseManifest.PartEntry entry : manifest.parts()) {
            if (entry.target().ecosystem() == ecosystem) {
                targets.add(entry.target());
            }
        }
        return targets;
    }

    /// How a CVE is rated; [Score#NONE] where nothing is known.
    public Score score(String id) {
        return scores.find(id);
    }

    /// How many CVEs are rated.
    public int scoreCount() {
        return scores.size();
    }

    /// How long ago it was last updated.
    public Duration age(Instant now) {
        return Duration.between(manifest.built(), now);
    }
}
