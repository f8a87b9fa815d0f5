package dev.cairn.cli;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.DatabaseManifest;
import dev.cairn.advisory.FeedList;
import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `cairn advisory info`: what the database knows, and from where.
final class AdvisoryInfoCommand implements Command {
    private final EvidenceFolder folder = new EvidenceFolder();
    private final OutputOption output = new OutputOption();
    private final OptionSpec feeds =
            Spec.flag("Print the list of public feeds, to start a list of one's own from.", "--feeds");

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        "info",
                        "Show what the database knows, how old it is, and which feeds it was built from.",
                        "cairn advisory info",
                        "cairn advisory info --feeds > mirrors.list")
                .addOption(feeds)
                .addOption(output.spec())
                .addOption(folder.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        PrintStream out = session.console().out();
        if (Boolean.TRUE.equals(feeds.getValue())) {
            out.print(FeedList.standardText());
            return ExitCode.DONE;
        }
        AdvisoryDatabase database = folder.advisories(session).open();
        DatabaseManifest manifest = database.manifest();
        // reading each file finds damage now and not in the middle of a scan
        manifest.parts().forEach(part -> database.parts(part.target()));
        if (json) {
            printJson(out, database, manifest);
        } else {
            printText(out, database, manifest);
        }
        return ExitCode.DONE;
    }

    private static void printText(PrintStream out, AdvisoryDatabase database, DatabaseManifest manifest) {
        out.println("database  " + manifest.digest());
        out.println("updated   " + manifest.built());
        out.println();
        for (DatabaseManifest.PartEntry part : manifest.parts()) {
            String open = part.kind().listsOpen() ? "" : "fixed flaws only";
            out.println(Text.row(
                    part.target().toString(),
                    20,
                    Integer.toString(part.facts()),
                    8,
                    part.kind().id() + (open.isEmpty() ? "" : ", " + open)));
        }
        out.println(Text.row("ratings", 20, Integer.toString(database.scoreCount()), 8, "CVEs"));
        out.println();
        for (DatabaseManifest.Source source : manifest.sources()) {
            out.println(source.kind().id() + "  " + source.read() + "  " + source.location());
        }
    }

    private static void printJson(PrintStream out, AdvisoryDatabase database, DatabaseManifest manifest) {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeStringProperty("digest", manifest.digest().toString());
            json.writeStringProperty("updated", manifest.built().toString());
            json.writeNumberProperty("ratings", database.scoreCount());
            json.writeArrayPropertyStart("parts");
            for (DatabaseManifest.PartEntry part : manifest.parts()) {
                json.writeStartObject();
                json.writeStringProperty("target", part.target().toString());
                json.writeStringProperty("kind", part.kind().id());
                json.writeNumberProperty("facts", part.facts());
                json.writeStringProperty("digest", part.digest().toString());
                json.writeBooleanProperty("listsOpenFlaws", part.kind().listsOpen());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("sources");
            for (DatabaseManifest.Source source : manifest.sources()) {
                json.writeStartObject();
                json.writeStringProperty("kind", source.kind().id());
                json.writeStringProperty("location", source.location());
                json.writeStringProperty("read", source.read().toString());
                json.writeStringProperty("digest", source.digest().toString());
                json.writeNumberProperty("records", source.records());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
