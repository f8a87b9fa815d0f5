package dev.cairn.scan;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.AdvisoryStore;
import dev.cairn.advisory.AdvisoryUpdate;
import dev.cairn.advisory.Feed;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A database of all the real feeds of the shared data, built once for all tests.
final class RealAdvisories {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-27T08:00:00Z"), ZoneOffset.UTC);
    private static @Nullable AdvisoryDatabase built;

    private RealAdvisories() {}

    static synchronized AdvisoryDatabase require() throws IOException {
        Path data = SharedData.require("vulnerabilities");
        AdvisoryDatabase database = built;
        if (database == null) {
            Path folder = Files.createTempDirectory("advisories");
            AdvisoryStore store = new AdvisoryStore(folder.resolve("database"));
            Downloader downloader =
                    new Downloader(new CacheDirectory(folder.resolve("cache")), Downloader.Options.DEFAULT);
            AdvisoryUpdate.Result result = new AdvisoryUpdate(store, downloader, CLOCK).run(feeds(data), feed -> {});
            if (!result.isComplete()) {
                throw new AssertionError(result.outcomes());
            }
            database = store.open();
            built = database;
        }
        return database;
    }

    static List<Feed> feeds(Path data) {
        List<String> feeds = new ArrayList<>();
        for (String branch : List.of("edge", "v3.13", "v3.14", "v3.15", "v3.16", "v3.17")) {
            for (String repository : List.of("main", "community")) {
                feeds.add(
                        "secdb:alpine:" + branch + "=" + data + "/alpine-secdb/" + branch + "-" + repository + ".json");
            }
        }
        feeds.add("secdb:wolfi=" + data + "/wolfi-security.json");
        feeds.add("osv=" + data + "/wolfi-osv.jsonl.xz");
        for (String suite : List.of("bullseye", "bookworm", "trixie")) {
            feeds.add("debian-changelogs=" + data + "/debian-" + suite + "-changelog-cves.jsonl.xz");
        }
        for (String osv : List.of("go-vulndb", "pypa", "rubysec", "rustsec", "ghsa-and-others-from-osv-cassettes")) {
            feeds.add("osv=" + data + "/osv/" + osv + ".jsonl.xz");
        }
        feeds.add("kev=" + data + "/kev.json.xz");
        feeds.add("epss=" + data + "/patchthis.csv.xz");
        feeds.add("scores=" + data + "/cve-severity.json.xz");
        return feeds.stream().map(Feed::parse).toList();
    }
}
