package dev.cairn.verify;

import dev.cairn.image.AssembledImage;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.InstalledPackage;
import dev.cairn.image.Lock;
import dev.cairn.image.Repositories;
import dev.cairn.image.Selection;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.layer.StoredLayer;
import dev.cairn.oci.Image;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.PackageSource;
import dev.cairn.verify.Verification.Kind;
import dev.cairn.verify.Verification.LayerVerdict;
import dev.cairn.verify.Verification.PackageVerdict;
import dev.cairn.verify.Verification.Vouched;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Derives an image again and compares: packages by the digests of the lock (or of today's resolution), each held
/// against a signed index; layers made from them in an empty folder; the top layer, configuration and manifest
/// generated from the definition. Nothing that an earlier build derived is used: only package files come from the
/// cache, and they are hashed again.
public final class ImageVerifier {
    private final Repositories repositories;
    private final boolean untrusted;
    private final ImageBuilder builder;

    /// A verifier.
    ///
    /// @param repositories where packages and signed indexes come from, without facts of earlier builds
    /// @param untrusted whether packages that nobody signed are accepted
    /// @param scratch an empty folder to work in
    public ImageVerifier(Repositories repositories, boolean untrusted, Path scratch) {
        this.repositories = repositories;
        this.untrusted = untrusted;
        this.builder = ImageBuilder.afresh(repositories, scratch);
    }

    /// An image as it was derived here.
    ///
    /// @param image the image that has to come out
    /// @param packages its packages, with what vouches for each
    /// @param problems where the lock says something else than its packages
    public record Derived(AssembledImage image, List<PackageVerdict> packages, List<String> problems) {
        public Derived {
            packages = List.copyOf(packages);
            problems = List.copyOf(problems);
        }
    }

    /// Derives the image of a definition for an architecture, of the packages of the lock if there is one.
    public Derived derive(Definition definition, Architecture architecture, @Nullable Lock lock) throws IOException {
        Selection selection = lock == null
                ? builder.select(definition, architecture)
                : builder.select(definition, architecture, lock);
        AssembledImage image = builder.assemble(definition, selection);
        PackageSource source = repositories.open(definition, architecture);
        List<PackageVerdict> packages = new ArrayList<>();
        for (InstalledPackage each : selection.packages()) {
            packages.add(new PackageVerdict(each.resolved().pin(), each.file().digest(), vouched(source, each)));
        }
        return new Derived(image, packages, lock == null ? List.of() : lockProblems(lock, selection));
    }

    /// What the lock says of a package has to be what its file gives.
    private static List<String> lockProblems(Lock lock, Selection selection) {
        List<String> problems = new ArrayList<>();
        List<Lock.Locked> locked = lock.find(selection.architecture(), selection.variant())
                .map(Lock.Target::packages)
                .orElse(List.of());
        List<Lock.Locked> found = Lock.of(lock.definition(), List.of(selection))
                .images()
                .getFirst()
                .packages();
        for (int i = 0; i < locked.size(); i++) {
            if (!locked.get(i).equals(found.get(i))) {
                problems.add("the lock says something else of " + locked.get(i).resolved() + " than its file: "
                        + locked.get(i) + ", found " + found.get(i));
            }
        }
        return problems;
    }

    private Vouched vouched(PackageSource source, InstalledPackage each) {
        if (untrusted) {
            return Vouched.NOBODY;
        }
        if (source.lists(each.resolved())) {
            return Vouched.INDEX;
        }
        // An apk carries a signature of its own, which has been checked when its file was taken.
        return each.resolved().ecosystem() == Ecosystem.APK ? Vouched.PACKAGE : Vouched.NOBODY;
    }

    /// Compares an image with what was derived.
    public Verification compare(Image image, Derived derived) throws IOException {
        List<String> problems = new ArrayList<>(derived.problems());
        if (!untrusted) {
            for (PackageVerdict each : derived.packages()) {
                if (each.vouched() == Vouched.NOBODY) {
                    problems.add("package " + each.pin() + ": no signed index at hand lists it with the digest "
                            + each.file() + "\n  try: --bundle DIR, which keeps the index that did");
                }
            }
        }
        List<LayerVerdict> layers = layers(derived.image());
        new ImageComparison(image, derived.image().image(), layers, problems).compare();
        return new Verification(
                image.config().platform(),
                image.digest(),
                layers,
                derived.packages(),
                derived.image().topFiles(),
                problems);
    }

    private static List<LayerVerdict> layers(AssembledImage derived) {
        List<LayerVerdict> verdicts = new ArrayList<>();
        List<StoredLayer> layers = derived.layers();
        for (int i = 0; i < layers.size(); i++) {
            StoredLayer layer = layers.get(i);
            Kind kind = switch (layer.form()) {
                case VERBATIM -> Kind.EQUAL;
                case TRANSCODED -> Kind.TRANSCODED;
                case GROUPED -> Kind.RECOMPOSED;
                case TOP -> Kind.OURS;
            };
            verdicts.add(new LayerVerdict(i + 1, layer.digest(), layer.size(), kind, source(derived, layer, kind)));
        }
        return verdicts;
    }

    private static String source(AssembledImage derived, StoredLayer layer, Kind kind) {
        return switch (kind) {
            case OURS -> "generated from the definition";
            case RECOMPOSED -> derived.groupedPackages() + " small packages";
            case EQUAL, TRANSCODED ->
                derived.selection().packages().stream()
                        .filter(each -> each.facts().layer().digest().equals(layer.digest()))
                        .map(InstalledPackage::toString)
                        .findFirst()
                        .orElse("");
        };
    }
}
