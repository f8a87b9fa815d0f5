package dev.cairn.cli;

import dev.cairn.advisory.Branches;
import dev.cairn.advisory.VexReader;
import dev.cairn.advisory.VexStatement;
import dev.cairn.keys.KeyFile;
import dev.cairn.keys.PublicKey;
import dev.cairn.sbom.Sbom;
import dev.cairn.scan.Decisions;
import dev.cairn.scan.IgnoreRule;
import dev.cairn.scan.Matcher;
import dev.cairn.scan.Policy;
import dev.cairn.scan.ScanResult;
import dev.cairn.scan.Scanner;
import dev.cairn.scan.Triage;
import dev.cairn.scan.inventory.Inventory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options by which images are read and held against the database, shared by the commands that do so.
final class ScanOptions {
    private static final Path USUAL_RULES = Path.of(".cairn-ignore");

    final EvidenceFolder folder = new EvidenceFolder();
    private final ScanInput input = new ScanInput();
    private final OptionSpec branch = Spec.text(
            "BRANCH",
            "Hold the distribution's packages against this branch instead of the image's own: edge, debian:sid.",
            "--branch");
    private final OptionSpec vex =
            Spec.texts("FILE", "Apply this VEX document (OpenVEX or CycloneDX); may be given several times.", "--vex");
    private final OptionSpec vexKeys = Spec.texts(
            "FILE",
            "Count VEX that is attached to an image when the owner of this public key signed it; several times. Keys in"
                    + " DIR/vex-keys count always.",
            "--vex-key");
    private final OptionSpec ignore = Spec.text(
            "FILE", "Rules that accept findings for a while (default: .cairn-ignore, if there is one).", "--ignore");
    private final OptionSpec policy =
            Spec.text("POLICY", "Set due dates: fedramp-rev5, pci-dss-4, sla-7-14, or a file of your own.", "--policy");
    private @Nullable Matcher matcher;

    CommandSpec addTo(CommandSpec spec) {
        return addInputsTo(spec)
                .addOption(vex)
                .addOption(vexKeys)
                .addOption(ignore)
                .addOption(policy);
    }

    /// Only what finds images and facts.
    CommandSpec addInputsTo(CommandSpec spec) {
        return spec.addOption(branch).addOption(input.spec()).addOption(folder.spec());
    }

    @Nullable
    String branch() {
        return branch.getValue();
    }

    @Nullable
    Policy policy() throws IOException {
        String name = policy.getValue();
        return name == null ? null : Policy.load(name);
    }

    Matcher matcher(Session session) throws IOException {
        Matcher opened = matcher;
        if (opened == null) {
            opened = new Matcher(folder.advisories(session).open());
            matcher = opened;
        }
        return opened;
    }

    /// What is inside; what could not be read is told.
    Inventory.Found read(Session session, String name) throws IOException {
        try (Progress progress = session.progress("reading " + name)) {
            java.util.Objects.requireNonNull(progress);
            return input.read(session, name);
        }
    }

    private ScanInput.Read readWithVex(Session session, String name) throws IOException {
        List<PublicKey> keys = trusted(session);
        try (Progress progress = session.progress("reading " + name)) {
            java.util.Objects.requireNonNull(progress);
            return input.read(session, name, keys);
        }
    }

    /// The keys whose owners may say what an image's flaws are.
    private List<PublicKey> trusted(Session session) throws IOException {
        List<Path> files = new ArrayList<>(folder.vexKeys(session));
        String[] given = vexKeys.getValue();
        for (String file : given) {
            files.add(Path.of(file));
        }
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : files) {
            keys.add(KeyFile.readPublic(file, () -> Passphrase.ask(session, "Passphrase of " + file + ": ")));
        }
        return keys;
    }

    /// A scan, and whether everything in the image could be read.
    record Scanned(ScanResult result, List<String> problems) {
        Scanned {
            problems = List.copyOf(problems);
        }

        boolean isComplete() {
            return problems.isEmpty() && !result.incomplete();
        }
    }

    Scanned scan(Session session, String name) throws IOException {
        // the database first: without one there is no need to read gigabytes
        Matcher open = matcher(session);
        ScanInput.Read read = readWithVex(session, name);
        Inventory.Found found = read.found();
        found.problems().forEach(problem -> session.warn("could not be read: " + problem));
        return new Scanned(scanner(open).scan(found.sbom(), branch.getValue(), triage(read.vex())), found.problems());
    }

    ScanResult scan(Sbom sbom, Matcher open) throws IOException {
        return scanner(open).scan(sbom, branch.getValue(), triage(AttachedVex.NONE));
    }

    private static Scanner scanner(Matcher open) {
        return new Scanner(open, Branches.load(), Clock.systemUTC());
    }

    private Triage triage(AttachedVex attached) throws IOException {
        List<VexStatement> statements = new ArrayList<>(attached.statements());
        String[] files = vex.getValue();
        for (String file : files) {
            statements.addAll(VexReader.read(Path.of(file)));
        }
        String rules = ignore.getValue();
        Path file = rules == null ? USUAL_RULES : Path.of(rules);
        boolean read = rules != null || Files.isRegularFile(file);
        List<IgnoreRule> ignored = read ? IgnoreRule.read(file) : List.of();
        return statements.isEmpty() && ignored.isEmpty() && attached.notes().isEmpty()
                ? Triage.NONE
                : new Decisions(statements, ignored, attached.notes());
    }
}
