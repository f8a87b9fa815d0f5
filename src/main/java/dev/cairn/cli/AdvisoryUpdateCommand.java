package dev.cairn.cli;

import dev.cairn.advisory.AdvisoryStore;
import dev.cairn.advisory.AdvisoryUpdate;
import dev.cairn.advisory.Feed;
import dev.cairn.advisory.FeedList;
import dev.cairn.fetch.ProgressListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `cairn advisory update`: builds the database from feeds.
final class AdvisoryUpdateCommand implements Command {
    private final EvidenceFolder folder = new EvidenceFolder();
    private final OptionSpec feeds =
            Spec.text("FILE", "Read the feeds that FILE lists, instead of the public ones.", "--feeds");
    private final OptionSpec feed = Spec.texts(
            "KIND[:TARGET]=LOCATION",
            "Read just this feed (an address, a file or a folder); may be given several times.",
            "--feed");

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        "update",
                        "Build the database from feeds. What a feed that fails would replace stays as it was.",
                        "cairn advisory update",
                        "cairn advisory update --feeds mirrors.list",
                        "cairn advisory update --feed secdb:alpine:v3.20=https://secdb.alpinelinux.org/v3.20/main.json"
                                + " --feed kev=kev.json")
                .addOption(feeds)
                .addOption(feed)
                .addOption(folder.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        return run(session, folder.advisories(session), list());
    }

    private List<Feed> list() throws IOException {
        String[] given = feed.getValue();
        String file = feeds.getValue();
        List<Feed> list = new ArrayList<>();
        for (String each : given) {
            list.add(Feed.parse(each));
        }
        if (file != null) {
            list.addAll(FeedList.read(Path.of(file)));
        }
        return list.isEmpty() ? FeedList.standard() : list;
    }

    /// Reads the feeds and tells how it went with each.
    static int run(Session session, AdvisoryStore store, List<Feed> list) throws IOException {
        AdvisoryUpdate.Result result = new AdvisoryUpdate(
                        store, session.downloader(ProgressListener.NONE), Clock.systemUTC())
                .run(list, feed -> session.say("cairn: " + feed.kind().id() + " " + feed.location()));
        for (AdvisoryUpdate.Outcome outcome : result.outcomes()) {
            String problem = outcome.problem();
            if (problem != null) {
                session.warn(outcome.feed().kind().id() + " " + outcome.feed().location()
                        + " could not be read, what it says stays as it was: " + problem.replace("\n", " · "));
            }
        }
        int facts = result.manifest().parts().stream()
                .mapToInt(part -> part.facts())
                .sum();
        session.console()
                .out()
                .println(Text.count(facts, "fact") + " about "
                        + Text.count(
                                result.manifest().parts().stream()
                                        .map(p -> p.target())
                                        .distinct()
                                        .count(),
                                "target")
                        + ", database " + result.manifest().digest());
        return result.isComplete() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
