package dev.cairn.advisory;

import dev.cairn.archive.ArchiveException;
import dev.cairn.digest.Digest;
import dev.cairn.fetch.Downloader;
import dev.cairn.fetch.FetchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Builds the database from feeds.
///
/// Only what the feeds speak of is replaced. Where a feed fails, everything that it would have replaced stays as it
/// was, and the result says so; a database is never half of one feed.
public final class AdvisoryUpdate {
    private final AdvisoryStore store;
    private final Downloader downloader;
    private final Clock clock;
    private final FactCollector collector = new FactCollector();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final Map<FactCollector.Key, Boolean> complete = new HashMap<>();

    /// How it went with one feed.
    ///
    /// @param records how much it said; 0 when it failed
    /// @param problem why it failed, or null
    public record Outcome(
            Feed feed,
            int records,
            @Nullable String problem,
            @Nullable Digest digest,
            Instant read) {}

    /// How it went: the feeds one by one, and the database as it is now.
    public record Result(List<Outcome> outcomes, DatabaseManifest manifest) {
        public Result {
            outcomes = List.copyOf(outcomes);
        }

        /// Whether every feed was read.
        public boolean isComplete() {
            return outcomes.stream().allMatch(each -> each.problem() == null);
        }
    }

    /// An update of the database in `store`.
    public AdvisoryUpdate(AdvisoryStore store, Downloader downloader, Clock clock) {
        this.store = store;
        this.downloader = downloader;
        this.clock = clock;
    }

    /// Reads all feeds and replaces the database; `progress` hears of each feed before it is read.
    public Result run(List<Feed> feeds, Consumer<Feed> progress) throws IOException {
        DatabaseManifest found = readable();
        DatabaseManifest before = found == null ? DatabaseManifest.NONE : found;
        ScoreCollector scores = new ScoreCollector(scores(before));
        for (Feed feed : feeds) {
            progress.accept(feed);
            outcomes.add(read(feed, scores));
        }
        if (outcomes.stream().allMatch(each -> each.problem() != null)) {
            return new Result(outcomes, before);
        }
        DatabaseManifest next = new DatabaseManifest(
                clock.instant(),
                parts(before),
                store.content()
                        .add(out -> ScoreTable.write(scores.scores(), out))
                        .digest(),
                sources(before));
        store.replace(next, found);
        return new Result(outcomes, next);
    }

    /// A damaged database is no reason not to make a new one.
    private @Nullable DatabaseManifest readable() throws IOException {
        try {
            return store.read();
        } catch (AdvisoryException e) {
            return null;
        }
    }

    private ScoreTable scores(DatabaseManifest before) throws IOException {
        try {
            return before.scores() == null
                    ? ScoreTable.EMPTY
                    : ScoreTable.open(store.require(before.scores(), "the table of scores"));
        } catch (AdvisoryException e) {
            return ScoreTable.EMPTY;
        }
    }

    private Outcome read(Feed feed, ScoreCollector scores) throws IOException {
        Instant now = clock.instant();
        int[] records = new int[1];
        FactCollector.Feeding feeding = collector.feed(feed.kind());
        try {
            Digest digest = isPool(feed)
                    ? mine(feed, feeding)
                    : new FeedInput(downloader).read(feed, (in, what) -> {
                        if (feed.kind().hasFacts()) {
                            facts(feed, in, what, feeding);
                        } else {
                            records[0] += scores.read(feed.kind(), in, what);
                        }
                    });
            if (feed.kind().hasFacts() && feeding.count() == 0) {
                throw AdvisoryException.malformed(feed.location(), "no fact in it");
            }
            feeding.accept();
            feeding.targets().forEach(t -> complete.merge(key(t, feed), true, Boolean::logicalAnd));
            return new Outcome(feed, records[0] + feeding.count(), null, digest, now);
        } catch (AdvisoryException | FetchException | ArchiveException | IOException e) {
            failed(feed, feeding);
            String message = e.getMessage();
            return new Outcome(feed, 0, message == null ? e.toString() : message, null, now);
        }
    }

    /// Changelogs of a branch that is named are mined from a folder of .debs.
    private static boolean isPool(Feed feed) {
        return feed.kind() == FeedKind.DEBIAN_CHANGELOGS
                && feed.target() != null
                && !feed.isRemote()
                && Files.isDirectory(Path.of(feed.location()));
    }

    private static Digest mine(Feed feed, FactSink sink) throws IOException {
        ChangelogMiner miner = new ChangelogMiner(Objects.requireNonNull(feed.target()), sink);
        int sources = miner.mine(Path.of(feed.location()));
        if (!miner.problems().isEmpty()) {
            throw AdvisoryException.malformed(
                    feed.location(),
                    "not every .deb could be read: " + miner.problems().getFirst());
        }
        if (sources == 0) {
            throw AdvisoryException.malformed(feed.location(), "no .deb with a changelog below this folder");
        }
        return Digest.of((feed.location() + " " + sources).getBytes(StandardCharsets.UTF_8));
    }

    private static FactCollector.Key key(Target target, Feed feed) {
        return new FactCollector.Key(target, feed.kind());
    }

    private void failed(Feed feed, FactCollector.Feeding feeding) {
        feeding.targets().forEach(t -> complete.put(key(t, feed), false));
        if (feed.target() != null) {
            complete.put(key(feed.target(), feed), false);
        }
    }

    private static void facts(Feed feed, InputStream in, String what, FactSink sink) throws IOException {
        switch (feed.kind()) {
            case SECDB -> {
                Target target = feed.target();
                if (target == null) {
                    throw AdvisoryException.malformed(
                            what, "a secdb does not say what it is about\ntry: secdb:alpine:v3.20=" + what);
                }
                SecdbReader.read(in, what, target, sink);
            }
            case DEBIAN_TRACKER -> DebianTrackerReader.read(in, what, sink);
            case OSV -> new OsvReader(sink).read(in, what);
            case DEBIAN_CHANGELOGS -> ChangelogReader.read(in, what, sink);
            case KEV, EPSS, NVD, SCORES -> throw new IllegalArgumentException(feed.kind() + " has no facts");
        }
    }

    private List<DatabaseManifest.PartEntry> parts(DatabaseManifest before) throws IOException {
        List<DatabaseManifest.PartEntry> parts = new ArrayList<>();
        Set<FactCollector.Key> written = new HashSet<>();
        for (Map.Entry<FactCollector.Key, List<Fact>> entry :
                collector.settled().entrySet()) {
            FactCollector.Key key = entry.getKey();
            if (complete.getOrDefault(key, false)) {
                Digest digest = store.content()
                        .add(out -> PartFile.write(entry.getValue(), out))
                        .digest();
                parts.add(new DatabaseManifest.PartEntry(
                        key.target(), key.kind(), digest, entry.getValue().size()));
                written.add(key);
            }
        }
        for (DatabaseManifest.PartEntry old : before.parts()) {
            if (!written.contains(new FactCollector.Key(old.target(), old.kind()))) {
                parts.add(old);
            }
        }
        return parts;
    }

    private List<DatabaseManifest.Source> sources(DatabaseManifest before) {
        List<DatabaseManifest.Source> sources = new ArrayList<>();
        Set<String> read = new HashSet<>();
        for (Outcome outcome : outcomes) {
            Feed feed = outcome.feed();
            Digest digest = outcome.digest();
            if (digest != null && read.add(feed.kind() + feed.location())) {
                sources.add(new DatabaseManifest.Source(
                        feed.kind(),
                        feed.target() == null ? "-" : feed.target().toString(),
                        outcome.read(),
                        digest,
                        outcome.records(),
                        feed.location()));
            }
        }
        for (DatabaseManifest.Source old : before.sources()) {
            if (read.add(old.kind() + old.location())) {
                sources.add(old);
            }
        }
        return sources;
    }
}
