package dev.cairn.cli;

import dev.cairn.advisory.Feed;
import dev.cairn.advisory.FeedKind;
import dev.cairn.advisory.Target;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn advisory import`: adds one feed of a kind that has no address.
final class AdvisoryImportCommand implements Command {
    private final EvidenceFolder folder = new EvidenceFolder();
    private final OptionSpec suite = Spec.text("SUITE", "The release that the .deb files are of: bookworm.", "--suite");
    private final PositionalParamSpec kind =
            Spec.parameter(0, "KIND", "debian-changelogs: fixes that Debian's changelogs name.", true);
    private final PositionalParamSpec location = Spec.parameter(
            1,
            "LOCATION",
            "A folder with .deb files, such as a mirror's pool, with --suite; or JSON lines: a file or an address.",
            true);

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        "import",
                        "Add fixes that Debian's changelogs name: an offline source that knows no open flaws.",
                        "cairn advisory import debian-changelogs bookworm-changelog-cves.jsonl.xz",
                        "cairn advisory import debian-changelogs /srv/mirror/pool --suite bookworm")
                .addOption(suite)
                .addOption(folder.spec())
                .addPositional(kind)
                .addPositional(location);
    }

    @Override
    public int run(Session session) throws IOException {
        String name = kind.getValue();
        String place = location.getValue();
        String branch = suite.getValue();
        Target target = branch == null ? null : Target.parse("debian:" + branch);
        Feed feed = new Feed(FeedKind.parse(name), target, place);
        return AdvisoryUpdateCommand.run(session, folder, List.of(feed));
    }
}
