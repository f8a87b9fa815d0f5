package dev.cairn.cli;

import dev.cairn.mapping.Distribution.Family;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Corpora;
import dev.cairn.migrate.dockerfile.CorpusMeasure;
import dev.cairn.oci.layout.DeleteTree;
import dev.cairn.packages.PackageSource;
import dev.cairn.packages.Resolution;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `cairn corpus`: converts a folder of Dockerfiles, writes nothing, and tells which of the properties of a good
/// conversion hold. For those who work on the converter or on a table of names.
final class CorpusCommand implements Command {
    static final String NAME = "corpus";
    private static final int MOST_SHOWN = 200;

    private final PositionalParamSpec folder =
            Spec.parameter(0, "FOLDER", "The folder; every file in it counts as a Dockerfile.", true);
    private final TargetOptions target = new TargetOptions();
    private final OptionSpec run =
            Spec.flag("Run each changed RUN before and after, with commands that only log (needs bwrap).", "--run");
    private final OptionSpec worst = Spec.textBuilder("N", "How many of the worst to show (default: 10).", "--worst")
            .initialValue("10")
            .build();

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Spec.command(
                this,
                NAME,
                "Convert a folder of Dockerfiles without writing, and measure how well.",
                "cairn corpus dockerfiles/",
                "cairn corpus dockerfiles/ --run --worst 30",
                "cairn corpus dockerfiles/ --to debian --repository 'deb trixie main'");
        return target.addTo(spec.addPositional(folder)).addOption(run).addOption(worst);
    }

    @Override
    public int run(Session session) throws IOException {
        CorpusMeasure measure = new CorpusMeasure(target.target(session));
        Path root = Path.of(folder.<String>getValue());
        for (Path file : files(root)) {
            measure.add(root.relativize(file).toString(), Files.readAllBytes(file), System::nanoTime);
        }
        boolean runs = run.getValue();
        List<String> differences = runs ? differences(measure) : List.of();
        List<String> unsolved = target.hasRepositories() ? unsolved(session, measure) : List.of();
        int shown = shown();
        print(session.console().out(), measure.counts(), shown);
        more(session.console().out(), measure, runs, differences, unsolved, shown);
        boolean clean = measure.counts().violations().isEmpty() && differences.isEmpty() && unsolved.isEmpty();
        return clean ? ExitCode.DONE : ExitCode.NO;
    }

    private int shown() {
        try {
            return Math.clamp(Integer.parseInt(worst.getValue()), 0, MOST_SHOWN);
        } catch (NumberFormatException e) {
            throw new CliException(CliException.Code.USAGE, "--worst takes a number\ntry: --worst 10");
        }
    }

    private static List<Path> files(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && attributes.size() < 16 << 20) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /// P8 by running: what both logs say once the package managers are left out.
    private static List<String> differences(CorpusMeasure measure) throws IOException {
        Path scratch = Files.createTempDirectory("cairn-corpus");
        try {
            List<List<String>> before = LoggedRuns.run(measure.bodiesBefore(), scratch.resolve("before"));
            List<List<String>> after = LoggedRuns.run(measure.bodiesAfter(), scratch.resolve("after"));
            List<String> differences = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                // the parts of a pipe run at once, in any order
                List<String> was = Corpora.others(before.get(i), Family.DEB, false).stream()
                        .sorted()
                        .toList();
                List<String> is = Corpora.others(after.get(i), Family.DEB, false).stream()
                        .sorted()
                        .toList();
                if (!was.equals(is)) {
                    differences.add(measure.bodyNames().get(i) + "\n      before " + was + "\n      after  " + is);
                }
            }
            return differences;
        } finally {
            DeleteTree.ifExists(scratch);
        }
    }

    /// P15: stages whose packages cannot be installed together.
    private List<String> unsolved(Session session, CorpusMeasure measure) throws IOException {
        List<String> unsolved = new ArrayList<>();
        PackageSource source = target.source(session);
        for (List<String> names : measure.packageSets()) {
            // an image with commands has a shell and a package manager already
            List<String> world = new ArrayList<>(source.distroful());
            world.addAll(names);
            if (source.resolve(world) instanceof Resolution.Unsolvable unsolvable) {
                unsolved.add(
                        String.join(" ", names) + ": " + unsolvable.reasons().getFirst());
            }
        }
        return unsolved;
    }

    private static void print(PrintStream out, CorpusMeasure.Counts counts, int shown) {
        out.println(
                counts.files() + " files, " + counts.unreadable() + " unreadable, " + counts.changed() + " changed");
        out.println(counts.installing() + " install packages with another manager; of these "
                + share(counts.settled(), counts.installing())
                + " are converted with every package settled and no note; "
                + share(counts.elsewhere(), counts.installing())
                + " build only on images that have no hardened counterpart");
        int mentions =
                counts.outcomes().values().stream().mapToInt(Integer::intValue).sum();
        out.println(mentions + " package names: " + counts.outcomes() + "; unknown "
                + share(counts.outcomes().getOrDefault("unknown", 0), mentions));
        out.println("the slowest conversion took " + Text.duration(counts.slowest()));
        out.println();
        for (int i = 1; i <= 14; i++) {
            List<String> broken = counts.violations().getOrDefault("P" + i, List.of());
            out.println("P" + i + (broken.isEmpty() ? " holds" : " is broken " + broken.size() + " times"));
            broken.stream().limit(shown).forEach(each -> out.println("    " + SourceText.display(each)));
        }
        ranked(out, "notes and refusals, in files", counts.refusals(), Integer.MAX_VALUE);
        ranked(
                out,
                "the same, in files that install packages with another manager",
                counts.unsettled(),
                Integer.MAX_VALUE);
        ranked(out, "and where nothing else is in the way", counts.alone(), Integer.MAX_VALUE);
        ranked(out, "unknown names, in mentions", counts.unknown(), shown);
    }

    private static void more(
            PrintStream out,
            CorpusMeasure measure,
            boolean ran,
            List<String> differences,
            List<String> unsolved,
            int shown) {
        out.println();
        out.println(
                ran
                        ? "P8 by running: " + measure.bodyNames().size() + " changed RUNs, " + differences.size()
                                + " differ"
                        : "P8 by running: not asked for (--run)");
        differences.stream().limit(shown).forEach(each -> out.println("    " + SourceText.display(each)));
        out.println("P15: " + measure.packageSets().size() + " sets of packages, " + unsolved.size() + " unsolvable"
                + " (measured with --repository)");
        unsolved.stream().limit(shown).forEach(each -> out.println("    " + each));
    }

    private static void ranked(PrintStream out, String title, Map<String, Integer> counts, int shown) {
        out.println();
        out.println(title + ":");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(shown)
                .forEach(each -> out.println("  " + each.getValue() + "  " + each.getKey()));
    }

    private static String share(int part, int whole) {
        long tenths = whole == 0 ? 0 : Math.round(1000.0 * part / whole);
        return part + " (" + tenths / 10 + "." + tenths % 10 + " %)";
    }
}
