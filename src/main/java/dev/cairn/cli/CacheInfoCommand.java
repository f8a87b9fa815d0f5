package dev.cairn.cli;

import dev.cairn.fetch.CacheDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `cairn cache info`: where the cache is and how much room it takes.
final class CacheInfoCommand implements Command {
    private final OutputOption output = new OutputOption();

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        "info",
                        "Show where the cache is and how much room its parts take.",
                        "cairn cache info",
                        "cairn cache info --output json")
                .addOption(output.spec());
    }

    @Override
    public int run(Session session) throws IOException {
        boolean json = output.isJson();
        CacheDirectory cache = session.cacheDirectory();
        List<CacheUse> uses = new ArrayList<>();
        for (String part : CacheUse.parts()) {
            uses.add(CacheUse.measure(cache, part));
        }
        PrintStream out = session.console().out();
        if (json) {
            printJson(out, cache, uses);
        } else {
            printText(out, cache, uses);
        }
        return ExitCode.DONE;
    }

    private static void printText(PrintStream out, CacheDirectory cache, List<CacheUse> uses) {
        out.println(cache.root());
        long total = 0;
        for (CacheUse use : uses) {
            out.println(Text.row(use.name(), 12, Text.bytes(use.bytes()), 8, Text.count(use.files(), "file")));
            total += use.bytes();
        }
        out.println(Text.row("total", 12, Text.bytes(total), 8, ""));
    }

    private static void printJson(PrintStream out, CacheDirectory cache, List<CacheUse> uses) {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeStringProperty("folder", cache.root().toString());
            json.writeArrayPropertyStart("parts");
            for (CacheUse use : uses) {
                json.writeStartObject();
                json.writeStringProperty("name", use.name());
                json.writeNumberProperty("files", use.files());
                json.writeNumberProperty("bytes", use.bytes());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
