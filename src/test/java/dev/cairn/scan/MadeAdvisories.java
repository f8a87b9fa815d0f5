package dev.cairn.scan;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.AdvisoryStore;
import dev.cairn.advisory.AdvisoryUpdate;
import dev.cairn.advisory.Feed;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A small database of made-up facts.
public final class MadeAdvisories {
    /// Feeds by `KIND[:TARGET]`.
    private static final Map<String, String> FEEDS = new TreeMap<>(Map.of(
            "secdb:alpine:v3.17",
            """
            {"packages":[{"pkg":{"name":"openssl","secfixes":{"3.0.8-r0":["CVE-2023-0001","CVE-2023-0002"],"0":["CVE-2023-0003"]}}},
                         {"pkg":{"name":"openssl1.1-compat","secfixes":{"1.1.1t-r0":["CVE-2023-0001"]}}}]}""",
            "secdb:alpine:edge",
            """
            {"packages":[{"pkg":{"name":"openssl","secfixes":{"3.1.9-r0":["CVE-2024-0009"],"4.0.0-r0":["CVE-2024-0010"]}}}]}""",
            "debian-tracker",
            """
            {"openssl":{"CVE-2024-0001":{"releases":{"bookworm":{"status":"resolved","fixed_version":"3.0.14-1"}}},
                        "CVE-2024-0002":{"releases":{"bookworm":{"status":"open"}}},
                        "CVE-2024-0003":{"releases":{"bookworm":{"status":"undetermined"}}}},
             "linux":{"CVE-2024-0004":{"releases":{"bookworm":{"status":"resolved","fixed_version":"6.1.99-1"}}}},
             "gcc-12":{"CVE-2024-0005":{"releases":{"bookworm":{"status":"resolved","fixed_version":"12.2.0-14+deb12u1"}}}}}""",
            "osv",
            """
            {"id":"GHSA-aaaa","aliases":["CVE-2024-0006"],"published":"2024-05-01T00:00:00Z","database_specific":{"severity":"HIGH"},
             "affected":[{"package":{"ecosystem":"PyPI","name":"My_Package"},
              "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0"}]}]}]}
            {"id":"PYSEC-1","aliases":["CVE-2024-0006","GHSA-aaaa"],"affected":[{"package":{"ecosystem":"PyPI","name":"my-package"},
              "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}""",
            "kev",
            """
            {"vulnerabilities":[{"cveID":"CVE-2024-0001","dateAdded":"2024-06-01","dueDate":"2024-06-22"}]}""",
            "scores",
            """
            {"CVE-2024-0001":{"sev":"High","score":7.5},"CVE-2023-0001":{"sev":"Critical","score":9.8,"epss":0.7}}"""));

    private MadeAdvisories() {}

    /// The database, below this folder.
    public static AdvisoryDatabase in(Path folder) throws IOException {
        List<Feed> feeds = new ArrayList<>();
        for (Map.Entry<String, String> feed : FEEDS.entrySet()) {
            Path file = folder.resolve(feed.getKey().replace(':', '-') + ".json");
            Files.writeString(file, feed.getValue());
            feeds.add(Feed.parse(feed.getKey() + "=" + file));
        }
        AdvisoryStore store = new AdvisoryStore(folder.resolve("data/advisories"));
        Downloader downloader = new Downloader(new CacheDirectory(folder.resolve("cache")), Downloader.Options.DEFAULT);
        AdvisoryUpdate.Result result = new AdvisoryUpdate(store, downloader, RealAdvisories.CLOCK).run(feeds, f -> {});
        if (!result.isComplete()) {
            throw new AssertionError(result.outcomes());
        }
        return store.open();
    }
}
