package dev.cairn.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/// Alpine's secdb format, as Alpine, Wolfi and Chainguard publish it: `packages[].pkg.{name, secfixes}`, where name is
/// the **origin**, and the version `"0"` means that the package never had the flaw.
///
/// One entry can hold several ids of one flaw, separated by blanks: the first is taken as its main id.
final class SecdbReader {
    private SecdbReader() {}

    static void read(InputStream in, String what, Target target, FactSink sink) throws IOException {
        int[] packages = new int[1];
        try (FeedJson json = new FeedJson(in, what)) {
            json.elements(
                    "packages",
                    element -> {
                        packages[0]++;
                        readPackage(element.get("pkg"), target, sink);
                    },
                    (name, value) -> {});
        }
        if (packages[0] == 0) {
            throw AdvisoryException.malformed(what, "no package in it: is this a secdb file?");
        }
    }

    private static void readPackage(FeedJson.Value pkg, Target target, FactSink sink) {
        String name = pkg.get("name").text();
        if (name.isEmpty()) {
            return;
        }
        for (Map.Entry<String, FeedJson.Value> fixes :
                pkg.get("secfixes").members().entrySet()) {
            for (String entry : fixes.getValue().texts()) {
                List<String> ids = List.of(entry.strip().split("\\s+", -1));
                if (ids.getFirst().isEmpty()) {
                    continue;
                }
                List<String> aliases = ids.subList(1, ids.size());
                boolean never = fixes.getKey().equals("0");
                sink.aliases(ids);
                sink.fact(
                        target,
                        never
                                ? Fact.notAffected(name, ids.getFirst(), aliases, "secfixes 0")
                                : Fact.fixed(name, ids.getFirst(), aliases, fixes.getKey(), Fact.NO_DAY));
            }
        }
    }
}
