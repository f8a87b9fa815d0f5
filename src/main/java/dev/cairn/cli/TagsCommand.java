package dev.cairn.cli;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn tags`: what the tags of a repository name, and what one of them has named.
final class TagsCommand implements Command {
    static final String NAME = "tags";
    private static final int PAGE = 1000;

    private final PositionalParamSpec reference = Spec.parameter(
            0, "REF", "REGISTRY/REPOSITORY for all its tags, REGISTRY/REPOSITORY:TAG for one's history.", true);
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        NAME,
                        "What tags name in a Cairn registry, and the history of a tag.",
                        "cairn tags registry.my.co/my.co/python",
                        "cairn tags registry.my.co/my.co/python:3.13")
                .addPositional(reference)
                .addOption(output.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        String text = reference.getValue();
        boolean tagged = text.lastIndexOf(':') > text.lastIndexOf('/');
        Reference parsed = Reference.parse(text);
        RegistryApi api = RegistryApi.open(session, parsed.registry());
        String query = "repository=" + RegistryApi.encoded(parsed.repository());
        String tag = parsed.tag();
        if (tagged && tag != null) {
            history(session, api.get("history?" + query + "&tag=" + RegistryApi.encoded(tag)));
        } else {
            tags(session, api, query);
        }
        return ExitCode.DONE;
    }

    private void tags(Session session, RegistryApi api, String query) throws IOException {
        String last = null;
        List<JsonObject> page;
        do {
            page = api.get("tags?" + query + "&n=" + PAGE + (last == null ? "" : "&last=" + RegistryApi.encoded(last)))
                    .objects("tags");
            for (JsonObject tag : page) {
                print(session, tag.string("tag"), tag.string("digest"), tag.string("since"), null);
                last = tag.string("tag");
            }
        } while (page.size() == PAGE);
    }

    private void history(Session session, JsonObject answer) {
        for (JsonObject move : answer.objects("moves")) {
            String digest = move.optionalString("digest");
            print(
                    session,
                    move.string("tag"),
                    digest == null ? "deleted" : digest,
                    move.string("at"),
                    move.string("by"));
        }
    }

    private void print(Session session, String tag, String digest, String time, @Nullable String by) {
        if (output.isJson()) {
            // one object a line: a repository may have many tags
            JsonWriter json = new JsonWriter();
            json.string("tag", tag);
            json.string("digest", digest);
            json.string("time", time);
            json.optionalString("by", by);
            session.console().out().println(new String(json.finish(), StandardCharsets.UTF_8));
        } else {
            session.console().out().println(Text.row(tag, 28, digest, 71, time + (by == null ? "" : "  " + by)));
        }
    }
}
