package dev.cairn.image.layer;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.SignedApkRepository;
import dev.cairn.testing.SignedDebRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Packages that a test makes, kept in a cache of its own as if they had been downloaded.
public final class MadePackages {
    private final Path folder;
    private final CacheDirectory cache;
    private SignedDebRepository debs;
    private SignedApkRepository apks;

    /// A package and what resolving would say of it.
    public record Made(ResolvedPackage resolved, PackageFile file) {
        /// The same, built from another source.
        public Made fromSource(String origin) {
            return new Made(change(resolved, origin, resolved.repository()), file);
        }

        /// The same, from another repository.
        public Made fromRepository(String repository) {
            return new Made(change(resolved, resolved.origin(), repository), file);
        }

        private static ResolvedPackage change(ResolvedPackage one, String origin, String repository) {
            return new ResolvedPackage(
                    one.ecosystem(),
                    one.name(),
                    one.version(),
                    one.architecture(),
                    origin,
                    one.originVersion(),
                    repository,
                    one.path(),
                    one.size(),
                    one.checksum(),
                    one.installedSize());
        }
    }

    /// Makes packages below `folder`.
    public MadePackages(Path folder) {
        this(folder, new CacheDirectory(folder.resolve("cache")));
    }

    /// Makes packages below `folder`, kept in this cache.
    public MadePackages(Path folder, CacheDirectory cache) {
        this.folder = folder;
        this.cache = cache;
    }

    public CacheDirectory cache() {
        return cache;
    }

    public LayerStore layers() {
        return new LayerStore(cache.content(), cache.records());
    }

    /// A .deb of version 1.0, its parts uncompressed unless the spec says otherwise.
    public Made deb(DebSpec spec) throws IOException {
        if (debs == null) {
            debs = SignedDebRepository.in(folder.resolve("debs"));
        }
        return keep(Ecosystem.DEB, debs.add("trixie", spec), "debian trixie main");
    }

    /// An .apk of version 1.0-r0.
    public Made apk(ApkSpec spec) throws IOException {
        if (apks == null) {
            apks = SignedApkRepository.in(folder.resolve("apks"));
        }
        return keep(Ecosystem.APK, apks.add(spec), "https://packages.example/os");
    }

    /// Takes a file over as a package; its name says the package's name.
    public Made keep(Ecosystem ecosystem, Path made, String repository) throws IOException {
        Digest digest = Digest.of(Files.readAllBytes(made));
        Path kept;
        try (InputStream in = Files.newInputStream(made)) {
            kept = cache.content().put(digest, in);
        }
        String file = String.valueOf(made.getFileName());
        boolean deb = ecosystem == Ecosystem.DEB;
        String name = deb ? file.substring(0, file.indexOf('_')) : file.substring(0, file.length() - 11);
        ResolvedPackage resolved = new ResolvedPackage(
                ecosystem,
                name,
                deb ? "1.0" : "1.0-r0",
                deb ? "amd64" : "x86_64",
                name,
                "1.0",
                repository,
                "pool/" + file,
                Files.size(kept),
                deb ? digest.toString() : "Q1uDa4HGxSsyHnYAyPGfDGGMXvyJs=",
                1);
        return new Made(resolved, new PackageFile(kept, digest, Files.size(kept)));
    }

    /// The facts of a package, as the store gives them.
    public PackageFacts facts(Made made, PathRewrite rewrite) throws IOException {
        return layers().facts(made.resolved(), made.file(), rewrite);
    }
}
