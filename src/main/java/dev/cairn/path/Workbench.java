package dev.cairn.path;

import dev.cairn.builder.BuildRequest;
import dev.cairn.builder.BuilderException;
import dev.cairn.builder.ImageBuilder;
import dev.cairn.inspect.Inspector;
import dev.cairn.oci.Image;
import dev.cairn.oci.layout.DeleteTree;
import dev.cairn.oci.source.ImageSource;
import dev.cairn.path.ComposeFile.Service;
import dev.cairn.sbom.Sbom;
import dev.cairn.sbom.SbomFormat;
import dev.cairn.sbom.SbomReader;
import dev.cairn.scan.EvidenceSeries;
import dev.cairn.scan.ScanException;
import dev.cairn.scan.StepEvidence;
import dev.cairn.scan.Triage;
import dev.cairn.scan.inventory.Inventory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Builds what the Dockerfiles of a state make, looks into it, scans it, and runs the smoke test. What it finds out is
/// kept under a hash of all that goes in (the context, the Dockerfile, the base images' digests), and asked for again
/// only when that changes.
public final class Workbench implements Journey.Trial {
    private static final String FACTS = "facts.json";
    private static final String SBOM = "sbom.cdx.json";
    private static final String IMAGE = "image";

    private final WorkFolder work;
    private final ImageSupply supply;
    private final ImageBuilder builder;
    private final @Nullable EvidenceSeries series;
    private final @Nullable Path script;
    private final Settings settings;
    private final PathListener listener;
    private final Map<PathStep, Map<String, String>> keys = new HashMap<>();
    private final Set<String> leftOut = new TreeSet<>();

    /// What the builds may use, and who makes the bills of materials.
    ///
    /// @param certificates certificates for the commands of the builds, or null
    /// @param tool what made the bills of materials: `cairn 1.0`
    public record Settings(@Nullable Path certificates, String tool) {}

    /// A workbench.
    ///
    /// @param series holds images against a database; null where there is none
    /// @param script the smoke test; null where there is none
    public Workbench(
            WorkFolder work,
            ImageSupply supply,
            ImageBuilder builder,
            @Nullable EvidenceSeries series,
            @Nullable Path script,
            Settings settings,
            PathListener listener) {
        this.work = work;
        this.supply = supply;
        this.builder = builder;
        this.series = series;
        this.script = script;
        this.settings = settings;
        this.listener = listener;
    }

    /// What could not be done, and how it can be.
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    @Override
    public List<ImageReport> build(PathStep step, Path state, List<String> dockerfiles)
            throws IOException, InterruptedException {
        ComposeFile compose = ComposeFile.find(state);
        List<ImageReport> reports = new ArrayList<>();
        for (String each : dockerfiles) {
            listener.working(each + ": base images");
            ImageReport report = one(step, state, compose, each);
            reports.add(report);
            listener.built(report);
        }
        return reports;
    }

    private ImageReport one(PathStep step, Path state, @Nullable ComposeFile compose, String dockerfile)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        Path file = state.resolve(dockerfile);
        String named = compose == null ? null : compose.context(dockerfile);
        Path context = named == null
                ? file.resolveSibling(".").normalize()
                : state.resolve(named).normalize();
        try {
            Set<String> bases = supply.require(file);
            String key = WorkFolder.hash(dockerfile + "\n" + WorkFolder.hash(context) + "\n" + String.join("\n", bases)
                    + "\n" + builder.engine());
            keys.computeIfAbsent(step, s -> new HashMap<>()).put(dockerfile, key);
            Path result = work.folder("results").resolve(key);
            boolean again = Files.isRegularFile(result.resolve(FACTS));
            if (!again) {
                listener.working(
                        dockerfile + ": building with " + builder.engine().program());
                build(file, context, result);
            }
            ImageFacts facts = ImageFacts.parse(Files.readAllBytes(result.resolve(FACTS)));
            listener.working(dockerfile + ": scanning");
            StepEvidence evidence = evidence(step, dockerfile, result);
            return new ImageReport(dockerfile, facts, evidence, "", (System.nanoTime() - start) / 1_000_000, again);
        } catch (BuilderException | PathException e) {
            String problem = e.getMessage() == null ? e.toString() : e.getMessage();
            return new ImageReport(dockerfile, null, null, problem, (System.nanoTime() - start) / 1_000_000, false);
        }
    }

    private void build(Path file, Path context, Path result) throws IOException, InterruptedException {
        Path beside = result.resolveSibling(result.getFileName() + ".part");
        DeleteTree.ifExists(beside);
        DeleteTree.ifExists(result);
        Files.createDirectories(beside);
        BuildRequest request = BuildRequest.of(file, context)
                .withRedirects(supply.redirects())
                .withNetwork(settings.certificates())
                .reusing();
        builder.build(request, beside.resolve(IMAGE));
        Image image = ImageSource.open(beside.resolve(IMAGE).toString(), Optional.empty())
                .image(null);
        Sbom sbom = Inventory.of(image, String.valueOf(file.getFileName())).sbom();
        Files.write(beside.resolve(SBOM), SbomFormat.CYCLONEDX.write(sbom, settings.tool()));
        ImageFacts facts = ImageFacts.of(Inspector.inspect(image, false, layer -> {}));
        Files.write(beside.resolve(FACTS), facts.json());
        Files.move(beside, result, StandardCopyOption.ATOMIC_MOVE);
    }

    private @Nullable StepEvidence evidence(PathStep step, String dockerfile, Path result) throws IOException {
        if (series == null) {
            return null;
        }
        try {
            return series.of(step.id() + " " + dockerfile, SbomReader.read(result.resolve(SBOM)), null, Triage.NONE);
        } catch (ScanException e) {
            leftOut.add("scan of " + dockerfile + " at " + step.id() + ": " + e.getMessage());
            return null;
        }
    }

    @Override
    public @Nullable SmokeReport smoke(PathStep step, Path state, List<ImageReport> images)
            throws IOException, InterruptedException {
        ComposeFile compose = ComposeFile.find(state);
        if (script == null || compose == null) {
            leftOut.add("smoke test: it needs a Compose file and a script, smoke.sh or --smoke FILE");
            return null;
        }
        if (!images.stream().allMatch(ImageReport::isBuilt)) {
            return null;
        }
        SmokeRun run = SmokeRun.find(builder.state());
        if (run == null) {
            leftOut.add(SmokeRun.advice());
            return null;
        }
        listener.working("smoke test: images");
        Map<String, String> named = images(step, state, compose);
        String key = WorkFolder.hash(named + "\n" + compose + "\n" + Files.readString(script, StandardCharsets.UTF_8));
        Path note = work.folder("smoke").resolve(key);
        SmokeReport report;
        if (Files.isRegularFile(note)) {
            report = new SmokeReport(true, Files.readString(note, StandardCharsets.UTF_8), 0, true);
        } else {
            listener.working("smoke test: starting " + compose.services().size() + " services");
            report = run(run, step, state, compose);
            if (report.passed()) {
                Files.writeString(note, report.words(), StandardCharsets.UTF_8);
            }
        }
        listener.smoked(report);
        return report;
    }

    /// What each service runs, by content: the key of what is built, the name with its digest of what is pulled.
    private Map<String, String> images(PathStep step, Path state, ComposeFile compose)
            throws IOException, InterruptedException {
        Map<String, String> named = new java.util.TreeMap<>();
        for (Service each : compose.services()) {
            named.put(
                    each.name(),
                    each.isBuilt()
                            ? String.valueOf(keys.getOrDefault(step, Map.of()).get(each.dockerfile()))
                            : supply.require(each.image(), state));
        }
        return named;
    }

    private SmokeReport run(SmokeRun run, PathStep step, Path state, ComposeFile compose)
            throws IOException, InterruptedException {
        Map<String, String> images = new HashMap<>();
        for (Service each : compose.services()) {
            if (!each.isBuilt()) {
                images.put(each.name(), supply.location(each.image()));
                continue;
            }
            String key = String.valueOf(keys.getOrDefault(step, Map.of()).get(each.dockerfile()));
            Path result = work.folder("results").resolve(key);
            if (!Files.exists(result.resolve(IMAGE))) {
                Path context = state.resolve(each.context()).normalize();
                build(state.resolve(each.dockerfile()), context, result);
            }
            images.put(each.name(), "oci:" + result.resolve(IMAGE));
        }
        return run.run(compose.services(), images, java.util.Objects.requireNonNull(script));
    }
}
