package dev.cairn.packages.deb;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.Downloader;
import dev.cairn.fetch.FetchException;
import dev.cairn.fetch.RecordStore;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fetches package files of Debian's and other suites by what is known of them already, a resolution's or a lock's
/// rows: no index is read.
public final class DebPackages {
    private static final String CHECKED = "deb-checked";

    private final Map<String, URI> bases;
    private final Downloader downloader;

    private DebPackages(Map<String, URI> bases, Downloader downloader) {
        this.bases = Map.copyOf(bases);
        this.downloader = downloader;
    }

    /// The packages of these sources for one architecture.
    public static DebPackages of(
            List<DebRepositories.KeyedSource> sources,
            String architecture,
            DebRepositories.Access access,
            Downloader downloader) {
        Map<String, URI> bases = new HashMap<>();
        for (DebRepositories.KeyedSource keyed : sources) {
            for (AptSource source : keyed.source().withSecurity()) {
                if (source.architectures().isEmpty() || source.architectures().contains(architecture)) {
                    source.components().forEach(each -> bases.put(source.repository(each), access.base(source)));
                }
            }
        }
        return new DebPackages(bases, downloader);
    }

    /// The same packages from a service that keeps archives as they were: Debian's suites from its archives, other
    /// sources from below its address.
    public DebPackages at(AptMirror snapshot) {
        Map<String, URI> moved = new HashMap<>();
        bases.forEach((repository, base) -> {
            String[] words = repository.split(" ", -1);
            boolean debian = words.length > 1 && words[0].equals("debian");
            moved.put(repository, debian ? snapshot.of(words[1]) : snapshot.archive());
        });
        return new DebPackages(moved, downloader);
    }

    /// The package's file, downloaded when the cache has it not, and checked against `wanted`.
    public PackageFile file(ResolvedPackage wanted) throws IOException {
        URI base = bases.get(wanted.repository());
        if (base == null) {
            throw new DebException(
                    DebException.Code.NOT_FOUND,
                    wanted + " is from " + wanted.repository() + ", which is not among the sources");
        }
        Digest digest = Digest.parse(wanted.checksum());
        Path path = download(wanted, base, digest);
        check(wanted, digest, path);
        return new PackageFile(path, digest, wanted.size());
    }

    /// A package is what its index row says: one that was signed must not stand in for another.
    private void check(ResolvedPackage wanted, Digest digest, Path path) throws IOException {
        RecordStore records = downloader.cache().records();
        String expected = wanted.name() + " " + wanted.version() + " " + wanted.architecture();
        Optional<byte[]> known = records.read(CHECKED, digest);
        String found = known.isPresent()
                ? new String(known.get(), StandardCharsets.UTF_8)
                : DebFile.open(path).identity();
        if (!found.equals(expected)) {
            throw new DebException(
                    DebException.Code.MISMATCH,
                    wanted.path() + " from " + wanted.repository() + " is not what the index says: expected " + expected
                            + ", found " + found);
        }
        if (known.isEmpty()) {
            records.write(CHECKED, digest, found.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path download(ResolvedPackage wanted, URI base, Digest digest) throws IOException {
        try {
            return downloader.download(address(base, wanted.path()), digest, wanted.size());
        } catch (FetchException e) {
            if (e.code() != FetchException.Code.DIGEST_MISMATCH && e.code() != FetchException.Code.TOO_LARGE) {
                throw e;
            }
            throw new DebException(
                    DebException.Code.MISMATCH,
                    wanted.path() + " from " + wanted.repository() + " is not what the index says: " + e.getMessage(),
                    e);
        }
    }

    /// Versions may hold characters that addresses do not.
    private static URI address(URI base, String path) {
        if (path.startsWith("/") || path.contains("../")) {
            throw DebException.malformed("an index names the file '" + path + "', which is not below its archive");
        }
        String escaped =
                path.replace("%", "%25").replace(" ", "%20").replace("[", "%5B").replace("]", "%5D");
        return URI.create(base + escaped);
    }
}
