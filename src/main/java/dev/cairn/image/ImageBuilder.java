package dev.cairn.image;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.ContentStore;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Variant;
import dev.cairn.image.layer.LayerStore;
import dev.cairn.image.layer.PathRewrite;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.PackageSource;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// From a definition to an image: resolve or take the lock, choose, load, assemble.
public final class ImageBuilder {
    private final Repositories repositories;
    private final ContentStore blobs;
    private final LayerStore layers;
    private final boolean afresh;

    /// A builder over these repositories that keeps packages and layers in this cache.
    public ImageBuilder(Repositories repositories, CacheDirectory cache) {
        this(repositories, cache, false);
    }

    private ImageBuilder(Repositories repositories, CacheDirectory cache, boolean afresh) {
        this.repositories = repositories;
        this.blobs = cache.content();
        this.layers = new LayerStore(cache.content(), cache.records());
        this.afresh = afresh;
    }

    /// A builder that makes everything anew in an empty folder, out of package files that are hashed again: for
    /// whoever trusts nothing that was derived before.
    public static ImageBuilder afresh(Repositories repositories, Path scratch) {
        return new ImageBuilder(repositories, new CacheDirectory(scratch), true);
    }

    private PackageFiles copied(PackageFiles files) {
        if (!afresh) {
            return files;
        }
        return wanted -> {
            PackageFile file = files.file(wanted);
            try (InputStream in = Files.newInputStream(file.path())) {
                return new PackageFile(blobs.put(file.digest(), in), file.digest(), file.size());
            }
        };
    }

    /// The world of a definition: its packages, and for a dev variant what makes the image distroful.
    public static List<String> world(Definition definition, PackageSource source) {
        List<String> world = new ArrayList<>();
        definition.contents().packages().forEach(each -> world.add(each.text()));
        if (definition.variant() == Variant.DEV) {
            source.distroful().stream().filter(each -> !world.contains(each)).forEach(world::add);
        }
        return world;
    }

    /// Why the definition's image may be without a package that was resolved: the reviewed list's reason, or the
    /// definition's `exclude`. The package is in all the same where the program of one that stays needs it.
    /// Empty for a package that stays, and for a dev variant.
    public static Optional<String> reasonToOmit(Definition definition, Resolution.Solved solved, String name) {
        return definition.variant() == Variant.DEV
                ? Optional.empty()
                : RuntimeSelection.reasonToOmit(definition, solved, name);
    }

    /// Resolves a definition for an architecture and chooses what goes in.
    ///
    /// @throws ImageException with the solver's reasons when there is no solution
    public Selection select(Definition definition, Architecture architecture) throws IOException {
        PackageSource source = repositories.open(definition, architecture);
        List<String> world = world(definition, source);
        return switch (source.resolve(world)) {
            case Resolution.Solved solved -> choose(definition, architecture, world, solved, source::file);
            case Resolution.Unsolvable unsolvable ->
                throw new ImageException(
                        ImageException.Code.UNSOLVABLE,
                        definition.file() + ": the packages can't be had together on " + architecture + "\n  "
                                + String.join("\n  ", unsolvable.reasons()));
        };
    }

    private Selection choose(
            Definition definition,
            Architecture architecture,
            List<String> world,
            Resolution.Solved solved,
            PackageFiles files)
            throws IOException {
        PackageLoader loader = new PackageLoader(copied(files), layers);
        PathRewrite rewrite = rewrite(solved.packages());
        List<Omission> omissions = new ArrayList<>();
        boolean all = definition.variant() == Variant.DEV;
        List<InstalledPackage> packages = all
                ? loader.load(solved.packages(), rewrite)
                : new RuntimeSelection(definition, solved, loader, rewrite).choose(omissions);
        return new Selection(
                architecture,
                definition.variant(),
                world,
                MovedPaths.apply(packages, loader, rewrite),
                omissions,
                Doubts.of(definition, solved, packages));
    }

    private static PathRewrite rewrite(List<ResolvedPackage> packages) {
        boolean deb = !packages.isEmpty() && packages.getFirst().ecosystem() == Ecosystem.DEB;
        return deb ? PathRewrite.MERGED_USR : PathRewrite.NONE;
    }

    /// The selection that a lock names. Files come from the cache by their digest; the repositories are opened only
    /// for what is not there.
    public Selection select(Definition definition, Architecture architecture, Lock lock) throws IOException {
        Lock.Target target = lock.find(architecture, definition.variant())
                .orElseThrow(() -> new ImageException(
                        ImageException.Code.LOCK_DRIFT,
                        "the lock has no " + definition.variant().id() + " image for " + architecture
                                + "\ntry: cairn lock " + definition.file()));
        Map<String, Digest> digests = new HashMap<>();
        List<ResolvedPackage> wanted = new ArrayList<>();
        for (Lock.Locked each : target.packages()) {
            wanted.add(each.resolved());
            digests.put(each.resolved().path(), each.sha256());
        }
        LockedFiles files = new LockedFiles(digests, blobs, () -> repositories.files(definition, architecture));
        PackageLoader loader = new PackageLoader(copied(files), layers);
        PathRewrite rewrite = rewrite(wanted);
        List<InstalledPackage> packages = MovedPaths.apply(loader.load(wanted, rewrite), loader, rewrite);
        List<Omission> omissions = target.omissions().stream()
                .map(each -> new Omission(each.resolved(), each.reason()))
                .toList();
        return new Selection(architecture, definition.variant(), target.world(), packages, omissions, List.of());
    }

    /// The image of a selection.
    public AssembledImage assemble(Definition definition, Selection selection) throws IOException {
        return new ImageAssembler(layers, blobs, repositories).assemble(definition, selection);
    }

    /// The annotations of a definition's images and of their index.
    public static SortedMap<String, String> annotations(Definition definition) {
        return ImageDocuments.annotations(definition);
    }

    /// Files by the digests of a lock.
    private static final class LockedFiles implements PackageFiles {
        private final Map<String, Digest> digests;
        private final ContentStore blobs;
        private final Opening opening;
        private Optional<PackageFiles> source = Optional.empty();

        /// Opens the repositories.
        interface Opening {
            PackageFiles open() throws IOException;
        }

        LockedFiles(Map<String, Digest> digests, ContentStore blobs, Opening opening) {
            this.digests = digests;
            this.blobs = blobs;
            this.opening = opening;
        }

        @Override
        public PackageFile file(ResolvedPackage wanted) throws IOException {
            Digest digest = digests.get(wanted.path());
            if (digest == null) {
                throw new IllegalArgumentException(wanted + " is not in the lock");
            }
            Optional<Path> cached = blobs.find(digest);
            if (cached.isPresent()) {
                return new PackageFile(cached.get(), digest, wanted.size());
            }
            PackageFile fetched = source().file(wanted);
            if (!fetched.digest().equals(digest)) {
                throw new ImageException(
                        ImageException.Code.LOCK_DRIFT,
                        wanted + " from " + wanted.repository() + " is not the file that was locked: expected " + digest
                                + ", found " + fetched.digest());
            }
            return fetched;
        }

        private synchronized PackageFiles source() throws IOException {
            if (source.isEmpty()) {
                source = Optional.of(opening.open());
            }
            return source.get();
        }
    }
}
