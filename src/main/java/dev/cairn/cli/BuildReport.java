package dev.cairn.cli;

import dev.cairn.image.AssembledImage;
import dev.cairn.image.InstalledPackage;
import dev.cairn.image.Omission;
import dev.cairn.image.definition.Definition;
import dev.cairn.inspect.ImageTraits;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.Reference;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says what was built.
///
/// @param definition what it was built from
/// @param images one for each architecture
/// @param target where it was written
/// @param names what it is called
/// @param nanos how long it took
record BuildReport(Definition definition, List<AssembledImage> images, Path target, List<Reference> names, long nanos) {
    private static final int NAMED = 8;

    void text(Session session) {
        Console console = session.console();
        for (AssembledImage each : images) {
            one(console, each);
        }
        console.out().println("time       " + Text.duration(nanos));
        console.out().flush();
        session.say("wrote " + target + "; start it with: cairn run " + target);
    }

    private void one(Console console, AssembledImage built) {
        PrintStream out = console.out();
        String name = names.isEmpty() ? target.toString() : names.getFirst().familiar();
        out.println(console.styled(Console.Style.BOLD, name) + "  linux/"
                + built.selection().architecture());
        List<InstalledPackage> packages = built.selection().packages();
        out.println("packages   " + packages.size() + ": " + names(packages));
        omissions(console, built.selection().omissions());
        out.println("size       " + Text.bytes(built.image().compressedSize()) + " compressed, "
                + Text.bytes(built.installedSize()) + " unpacked");
        out.println("layers     " + built.layers().size()
                + (built.groupedPackages() > 0
                        ? ", one of them for " + built.groupedPackages() + " small packages"
                        : ""));
        String user = built.image().config().execution().user();
        out.println("user       " + (user.isEmpty() || user.equals("0") ? "root" : user));
        out.println("contains   " + traits(built.traits()));
        out.println("digest     " + built.image().digest());
    }

    /// One line for each reason, in the order in which the reasons first occur: a person reads reasons, then names.
    private static void omissions(Console console, List<Omission> omissions) {
        if (omissions.isEmpty()) {
            return;
        }
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        for (Omission each : omissions) {
            byReason.computeIfAbsent(each.reason(), reason -> new ArrayList<>())
                    .add(each.resolved().name());
        }
        console.out().println("left out   " + omissions.size() + " that resolving brought in:");
        byReason.forEach((reason, names) -> console.out()
                .println(
                        console.styled(Console.Style.DIM, "             " + reason + ": " + String.join(", ", names))));
    }

    private static String names(List<InstalledPackage> packages) {
        List<String> shown = packages.stream()
                .sorted((a, b) ->
                        Long.compare(b.facts().layer().size(), a.facts().layer().size()))
                .limit(NAMED)
                .map(InstalledPackage::toString)
                .toList();
        return String.join(", ", shown) + (packages.size() > NAMED ? ", …" : "");
    }

    private static String traits(ImageTraits traits) {
        String shells = traits.shells().isEmpty() ? "no shell" : "a shell (" + String.join(", ", traits.shells()) + ")";
        String managers = traits.packageManagers().isEmpty()
                ? "no package manager"
                : "a package manager (" + String.join(", ", traits.packageManagers()) + ")";
        return shells + ", " + managers;
    }

    void json(PrintStream out) {
        JsonWriter json = new JsonWriter();
        json.string("path", target.toString());
        json.strings("names", names.stream().map(Reference::toString).toList());
        json.array("images");
        for (AssembledImage each : images) {
            json.object();
            json.string("platform", "linux/" + each.selection().architecture());
            json.string("digest", each.image().digest().toString());
            json.number("size", each.image().compressedSize());
            json.number("layers", each.layers().size());
            json.strings(
                    "packages",
                    each.selection().packages().stream()
                            .map(InstalledPackage::toString)
                            .toList());
            json.array("omissions");
            for (Omission one : each.selection().omissions()) {
                json.object();
                json.string("package", one.resolved().pin());
                json.string("reason", one.reason());
                json.end();
            }
            json.endArray();
            json.strings("shells", each.traits().shells());
            json.strings("packageManagers", each.traits().packageManagers());
            json.end();
        }
        json.endArray();
        out.println(new String(json.finish(), StandardCharsets.UTF_8));
    }
}
