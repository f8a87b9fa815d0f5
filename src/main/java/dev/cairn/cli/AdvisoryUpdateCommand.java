package dev.cairn.cli;

import dev.cairn.advisory.AdvisoryStore;
import dev.cairn.advisory.AdvisoryUpdate;
import dev.cairn.advisory.Branches;
import dev.cairn.advisory.Feed;
import dev.cairn.advisory.FeedList;
import dev.cairn.fetch.ProgressListener;
import dev.cairn.scan.History;
import dev.cairn.scan.Matcher;
import dev.cairn.scan.Rematch;
import dev.cairn.scan.Scanner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `cairn advisory update`: builds the database from feeds.
final class AdvisoryUpdateCommand implements Command {
    private static final int MOST_TOLD = 20;

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
                        "Build the database from feeds, and match the scan history again. What a feed that fails would replace stays"
                                + " as it was.",
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
        return run(session, folder, list());
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
    static int run(Session session, EvidenceFolder folder, List<Feed> list) throws IOException {
        AdvisoryStore store = folder.advisories(session);
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
        rematch(session, folder.history(session), store);
        return result.isComplete() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /// Holds the images of the scan history against the new database, and tells which ones have other findings now.
    private static void rematch(Session session, History history, AdvisoryStore store) throws IOException {
        if (store.read() == null || history.isEmpty()) {
            return;
        }
        Scanner scanner = new Scanner(new Matcher(store.open()), Branches.load(), Clock.systemUTC());
        List<Rematch.Outcome> outcomes = new Rematch(history, scanner).run();
        List<Rematch.Outcome> changed =
                outcomes.stream().filter(Rematch.Outcome::isChanged).toList();
        PrintStream out = session.console().out();
        if (!outcomes.isEmpty()) {
            out.println(Text.count(outcomes.size(), "image") + " of the scan history matched again, " + changed.size()
                    + " with other findings");
        }
        for (Rematch.Outcome each : changed.subList(0, Math.min(MOST_TOLD, changed.size()))) {
            out.println("  " + each.image() + ": " + each.now() + " fixable, before " + each.before());
        }
        if (changed.size() > MOST_TOLD) {
            out.println("  and " + (changed.size() - MOST_TOLD) + " more; cairn trend");
        }
        outcomes.stream()
                .filter(each -> !each.problem().isEmpty())
                .forEach(each -> session.warn(each.image() + " could not be matched again: " + each.problem()));
    }
}
