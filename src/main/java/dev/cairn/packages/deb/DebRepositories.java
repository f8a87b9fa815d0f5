package dev.cairn.packages.deb;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.Downloader;
import dev.cairn.fetch.FetchException;
import dev.cairn.fetch.RecordStore;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.PackageSource;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.packages.SearchHit;
import dev.cairn.packages.SearchQuery;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Suites of Debian and of others, opened and checked for one architecture.
public final class DebRepositories implements PackageSource {
    private static final String CHECKED = "deb-checked";
    /// Besides what is essential: the package manager, a shell, and what https needs.
    private static final List<String> DISTROFUL = List.of("apt", "bash", "ca-certificates");

    private final String architecture;
    private final Downloader downloader;
    private final List<SuiteIndex> suites = new ArrayList<>();
    private final List<ListedFile> contents = new ArrayList<>();
    private final Map<String, URI> bases = new HashMap<>();
    private final StringBuilder identity = new StringBuilder();

    private DebRepositories(String architecture, Downloader downloader) {
        this.architecture = architecture;
        this.downloader = downloader;
    }

    /// What sources are opened with.
    ///
    /// @param mirror where Debian's own archives are
    /// @param keys further keys that may sign sources without `signed-by`
    /// @param allowUntrusted whether what nobody known has signed is accepted
    /// @param clock what time it is, for expiry
    public record Access(AptMirror mirror, List<byte[]> keys, boolean allowUntrusted, Clock clock) {
        public Access {
            keys = List.copyOf(keys);
        }
    }

    /// A source line with the content of the key files that its `signed-by` names.
    public record KeyedSource(AptSource source, List<byte[]> keys) {
        public KeyedSource {
            keys = List.copyOf(keys);
        }
    }

    /// Opens sources, in order; a release of Debian comes with its security suite.
    ///
    /// @throws DebException where a suite is not trusted, expired, rolled back or damaged
    public static DebRepositories open(
            List<KeyedSource> sources, String architecture, Access access, Downloader downloader) throws IOException {
        SuiteLoader loader = new SuiteLoader(downloader, access.clock(), access.allowUntrusted());
        SigningKeys shared = SigningKeys.debianAnd(access.keys());
        Map<AptSource, SigningKeys> wanted = new LinkedHashMap<>();
        for (KeyedSource keyed : sources) {
            SigningKeys keys = keyed.keys().isEmpty() ? shared : SigningKeys.of(keyed.keys());
            for (AptSource source : keyed.source().withSecurity()) {
                if (source.architectures().isEmpty() || source.architectures().contains(architecture)) {
                    wanted.putIfAbsent(source, keys);
                }
            }
        }
        DebRepositories opened = new DebRepositories(architecture, downloader);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<AptSource, Future<List<SuiteLoader.Opened>>> opening = new LinkedHashMap<>();
            wanted.forEach((source, keys) -> opening.put(source, threads.submit(() -> {
                boolean checks = !source.isDebian() || access.mirror().checksValidUntil();
                return loader.open(source, base(source, access), keys, checks, architecture);
            })));
            for (Map.Entry<AptSource, Future<List<SuiteLoader.Opened>>> each : opening.entrySet()) {
                opened.add(base(each.getKey(), access), result(each.getValue()));
            }
        }
        return opened;
    }

    private static URI base(AptSource source, Access access) {
        return source.address().orElseGet(() -> access.mirror().of(source.suite()));
    }

    private void add(URI base, List<SuiteLoader.Opened> components) {
        for (SuiteLoader.Opened each : components) {
            suites.add(each.index());
            contents.addAll(each.contents());
            bases.put(each.index().repository(), base);
            identity.append(each.index().repository())
                    .append(' ')
                    .append(each.index().priority())
                    .append(' ')
                    .append(each.packages())
                    .append('\n');
        }
    }

    private static <T> T result(Future<T> future) throws IOException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while indexes were being fetched");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public Ecosystem ecosystem() {
        return Ecosystem.DEB;
    }

    @Override
    public String architecture() {
        return architecture;
    }

    @Override
    public Digest fingerprint() {
        return Digest.of((architecture + "\n" + identity).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Resolution resolve(List<String> world) {
        return Solver.solve(suites, architecture, world);
    }

    @Override
    public List<SearchHit> search(SearchQuery query, Consumer<String> warnings) throws IOException {
        return query instanceof SearchQuery.Name(String text)
                ? NameSearch.search(suites, text)
                : new ContentsSearch(contents, suites, downloader, warnings).search(query);
    }

    @Override
    public PackageFile file(ResolvedPackage wanted) throws IOException {
        URI base = bases.get(wanted.repository());
        if (base == null) {
            throw new DebException(
                    DebException.Code.NOT_FOUND,
                    wanted + " is from " + wanted.repository() + ", which is not among the opened sources");
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

    /// apt, bash, certificates and every essential package.
    @Override
    public List<String> distroful() {
        TreeSet<String> names = new TreeSet<>(DISTROFUL);
        for (SuiteIndex source : suites) {
            int number = source.index().find(PackagesIndexWriter.ESSENTIAL);
            for (int position : number < 0 ? new int[0] : source.index().providing(number)) {
                names.add(source.index().row(position).require(IndexRow.Field.PACKAGE));
            }
        }
        return List.copyOf(names);
    }
}
