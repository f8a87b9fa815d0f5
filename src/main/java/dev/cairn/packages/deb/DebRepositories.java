package dev.cairn.packages.deb;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.Downloader;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Suites of Debian and of others, opened and checked for one architecture.
public final class DebRepositories implements PackageSource {
    /// Besides what is essential: the package manager, a shell, and what https needs.
    private static final List<String> DISTROFUL = List.of("apt", "bash", "ca-certificates");

    private final String architecture;
    private final Downloader downloader;
    private final List<SuiteIndex> suites = new ArrayList<>();
    private final List<ListedFile> contents = new ArrayList<>();
    private final DebPackages files;
    private final StringBuilder identity = new StringBuilder();

    private DebRepositories(String architecture, Downloader downloader, DebPackages files) {
        this.architecture = architecture;
        this.downloader = downloader;
        this.files = files;
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

        /// The same at another mirror.
        public Access at(AptMirror other) {
            return new Access(other, keys, allowUntrusted, clock);
        }

        /// Where a source is.
        URI base(AptSource source) {
            return source.address().orElseGet(() -> mirror.of(source.suite()));
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
        DebRepositories opened = new DebRepositories(
                architecture, downloader, DebPackages.of(sources, architecture, access, downloader));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<AptSource, Future<List<SuiteLoader.Opened>>> opening = new LinkedHashMap<>();
            wanted.forEach((source, keys) -> opening.put(source, threads.submit(() -> {
                boolean checks = !source.isDebian() || access.mirror().checksValidUntil();
                return loader.open(source, access.base(source), keys, checks, architecture);
            })));
            for (Map.Entry<AptSource, Future<List<SuiteLoader.Opened>>> each : opening.entrySet()) {
                opened.add(result(each.getValue()));
            }
        }
        return opened;
    }

    private void add(List<SuiteLoader.Opened> components) {
        for (SuiteLoader.Opened each : components) {
            suites.add(each.index());
            contents.addAll(each.contents());
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
    public boolean offers(String name) {
        for (SuiteIndex suite : suites) {
            int number = suite.index().find(name);
            if (number >= 0
                    && (suite.index().defining(number).length > 0
                            || suite.index().providing(number).length > 0)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<SearchHit> search(SearchQuery query, Consumer<String> warnings) throws IOException {
        return query instanceof SearchQuery.Name(String text)
                ? NameSearch.search(suites, text)
                : new ContentsSearch(contents, suites, downloader, warnings).search(query);
    }

    @Override
    public PackageFile file(ResolvedPackage wanted) throws IOException {
        return files.file(wanted);
    }

    @Override
    public boolean lists(ResolvedPackage wanted) {
        for (SuiteIndex suite : suites) {
            int number = suite.repository().equals(wanted.repository())
                    ? suite.index().find(wanted.name())
                    : -1;
            for (int position : number < 0 ? new int[0] : suite.index().defining(number)) {
                IndexRow row = suite.index().row(position);
                if (row.get(IndexRow.Field.VERSION, "").equals(wanted.version())
                        && row.get(IndexRow.Field.ARCHITECTURE, "").equals(wanted.architecture())
                        && ("sha256:" + row.get(IndexRow.Field.SHA256, "")).equals(wanted.checksum())) {
                    return true;
                }
            }
        }
        return false;
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
