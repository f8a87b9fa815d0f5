package dev.cairn.cli;

import dev.cairn.sbom.Component;
import dev.cairn.sbom.SbomFormat;
import dev.cairn.scan.inventory.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn sbom`: what an image holds.
final class SbomCommand implements Command {
    static final String NAME = "sbom";

    private final ScanInput input = new ScanInput();
    private final OptionSpec output = Spec.textBuilder(
                    "FORMAT", "table (the default), spdx or cyclonedx.", "-o", "--output")
            .initialValue("table")
            .build();
    private final OptionSpec to = Spec.text("FILE", "Write to FILE instead of printing.", "--to");
    private final PositionalParamSpec image = Spec.parameter(
            0, "IMAGE", "Image reference, OCI layout, docker archive, root file system (folder, tar), or SBOM.", true);

    @Override
    public CommandSpec spec() {
        return Spec.command(
                        this,
                        NAME,
                        "List the packages of an image: distribution, jars, npm, Python, gems, Go and Rust programs.",
                        "cairn sbom redis.oci",
                        "cairn sbom docker.io/library/alpine:3.20 -o spdx --to alpine.spdx.json")
                .addOption(output)
                .addOption(to)
                .addOption(input.spec())
                .addPositional(image);
    }

    @Override
    public int run(Session session) throws IOException {
        String name = image.getValue();
        String form = output.getValue();
        byte[] document = null;
        Inventory.Found found;
        SbomFormat format = null;
        for (SbomFormat each : SbomFormat.values()) {
            format = each.id().equals(form) ? each : format;
        }
        if (format == null && !form.equals("table")) {
            throw new CliException(
                    CliException.Code.USAGE, "no format '" + form + "'\ntry: --output table, spdx or cyclonedx");
        }
        try (Progress progress = session.progress("reading " + name)) {
            java.util.Objects.requireNonNull(progress);
            found = input.read(session, name);
        }
        found.problems().forEach(problem -> session.warn("could not be read: " + problem));
        String unread = found.sbom().subject().properties().getOrDefault("cairn:unread", "");
        if (!unread.isEmpty()) {
            session.warn("seen but not read: " + unread);
        }
        String file = to.getValue();
        if (format != null) {
            document = format.write(found.sbom(), Version.text().replace("cairn ", ""));
        }
        if (file != null) {
            byte[] bytes = document == null ? table(found).getBytes(java.nio.charset.StandardCharsets.UTF_8) : document;
            Files.write(Path.of(file), bytes);
            session.say("cairn: " + Text.count(found.sbom().components().size(), "package") + ": " + file);
        } else if (document == null) {
            session.console().out().print(table(found));
        } else {
            session.console().out().write(document, 0, document.length);
            session.console().out().print('\n');
        }
        return found.problems().isEmpty() && unread.isEmpty() ? ExitCode.DONE : ExitCode.INCOMPLETE;
    }

    private static String table(Inventory.Found found) {
        StringBuilder text = new StringBuilder();
        Map<String, Integer> kinds = new TreeMap<>();
        for (Component component : found.sbom().components()) {
            String kind = component.ecosystem().isEmpty() ? "other" : component.ecosystem();
            kinds.merge(kind, 1, Integer::sum);
            String owner = component.properties().getOrDefault("cairn:owner", "");
            String place = component.locations().isEmpty()
                    ? ""
                    : component.locations().getFirst().path();
            boolean language = !kind.equals("apk") && !kind.equals("deb");
            text.append(kind).append(" ".repeat(Math.max(1, 8 - kind.length())));
            text.append(component.fullName()).append(' ').append(component.version());
            text.append(language && !place.isEmpty() ? "  " + place : "");
            text.append(owner.isEmpty() ? "" : "  (of " + owner + ")").append('\n');
        }
        StringBuilder sums = new StringBuilder();
        kinds.forEach((kind, count) -> sums.append(sums.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(kind));
        return text + (sums.isEmpty() ? "no packages found\n" : sums + "\n");
    }
}
