package dev.cairn.cli;

import dev.cairn.builder.ImageBuilder;
import dev.cairn.catalog.Catalog;
import dev.cairn.path.ImageSupply;
import dev.cairn.path.PathListener;
import dev.cairn.path.WorkFolder;
import dev.cairn.path.Workbench;
import dev.cairn.server.PackageLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What builds, runs and scans the steps; where this machine has no builder, why not.
///
/// @param workbench null where nothing is built
/// @param supply null where nothing is built
/// @param facts which vulnerability facts are used
/// @param builder the builder's name; empty where there is none
/// @param missing what is left out
record PathTrial(
        @Nullable Workbench workbench,
        @Nullable ImageSupply supply,
        List<String> facts,
        String builder,
        List<String> missing)
        implements AutoCloseable {
    /// Builds nothing.
    static final PathTrial NONE = new PathTrial(null, null, List.of(), "", List.of());

    private static final String STAND_INS = "stand-ins";
    private static final String SMOKE = "smoke.sh";

    /// The options about it.
    static final class Options {
        private final EvidenceFolder folder = new EvidenceFolder();
        private final OptionSpec smoke = Spec.text(
                "FILE",
                "A shell script that asks the running services, which are on 127.0.0.1 (default: smoke.sh, if there is one).",
                "--smoke");
        private final OptionSpec standIns = Spec.text(
                "FOLDER",
                "Definitions that stand in for public images (default: stand-ins, if there is such a folder).",
                "--stand-ins");
        private final OptionSpec certificates = Spec.text(
                "FILE",
                "Certificates in PEM that the commands of the builds trust beside nothing else.",
                "--certificates");

        CommandSpec addTo(CommandSpec spec) {
            return spec.addOption(smoke)
                    .addOption(standIns)
                    .addOption(certificates)
                    .addOption(folder.spec());
        }

        private @Nullable Path smoke(Path source) {
            String given = smoke.getValue();
            Path file = given == null ? source.resolve(SMOKE) : Path.of(given).toAbsolutePath();
            if (given != null && !Files.isRegularFile(file)) {
                throw new CliException(CliException.Code.USAGE, "there is no smoke test " + given);
            }
            return Files.isRegularFile(file) ? file : null;
        }

        private @Nullable Catalog standIns(Path source) throws IOException {
            String given = standIns.getValue();
            Path folder = given == null ? source.resolve(STAND_INS) : Path.of(given);
            return given == null && !Files.isDirectory(folder) ? null : Catalog.read(folder);
        }

        private @Nullable Path certificates() {
            String given = certificates.getValue();
            return given == null ? null : Path.of(given);
        }
    }

    static PathTrial open(
            Session session,
            Options options,
            Path source,
            WorkFolder work,
            String prefix,
            Catalog catalog,
            PathListener listener)
            throws IOException, InterruptedException {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        ImageBuilder builder = ImageBuilder.find(work.root().resolve("builder"));
        PathWorkshop workshop = new PathWorkshop(session, options.folder);
        if (builder == null) {
            return new PathTrial(
                    null, null, List.of(), "", List.of("images, smoke test and scan: " + ImageBuilder.advice()));
        }
        PathWorkshop.Facts facts = workshop.facts();
        List<String> missing = new ArrayList<>();
        if (facts.series() == null) {
            missing.add("scan: there are no vulnerability facts on this machine; try: cairn advisory update");
        }
        ImageSupply supply = new ImageSupply(
                new ImageSupply.Places(work, prefix, catalog, options.standIns(source)),
                workshop::make,
                new PackageLayers(session.cacheDirectory()),
                InstantSource.system());
        Workbench workbench = new Workbench(
                work,
                supply,
                builder,
                facts.series(),
                options.smoke(source),
                new Workbench.Settings(options.certificates(), Version.number()),
                listener);
        return new PathTrial(workbench, supply, facts.words(), builder.engine().program(), missing);
    }

    List<String> leftOut() {
        List<String> all = new ArrayList<>(missing);
        if (workbench != null) {
            all.addAll(workbench.leftOut());
        }
        return all;
    }

    List<String> standIns() {
        return supply == null ? List.of() : supply.standIns();
    }

    @Override
    public void close() throws IOException {
        if (supply != null) {
            supply.close();
        }
    }
}
