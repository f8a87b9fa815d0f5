package dev.cairn.fetch;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.FetchException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Fetches over http, https and from local files (`file:`) into a [CacheDirectory]. Safe for many threads.
///
/// Broken-off transfers go on where they stopped, also in a later process; connection trouble, time-outs, truncation,
/// HTTP 408, 429 and 5xx are tried again after growing delays; everything else is final. Nothing that was only partly
/// read, or is not what was expected, is ever kept under its name.
public final class Downloader {
    private final CacheDirectory cache;
    private final Options options;
    private final ContentStore content;
    private final DocumentStore documents;
    private final DownloadLocks locks;
    private final HttpSource http;
    private final Semaphore connections;
    private final @Nullable Bundle source;
    private final @Nullable Bundle copy;

    /// How to download. `attempts` counts the first one; `firstDelay` is the pause after it, each further one twice
    /// as long; `stallTimeout` is how long a server may send nothing (or next to nothing); `connections` is how
    /// many transfers run at once.
    public record Options(
            boolean offline,
            Proxies proxies,
            ProgressListener listener,
            int attempts,
            Duration firstDelay,
            Duration connectTimeout,
            Duration stallTimeout,
            int connections) {
        /// Online, direct, silent, 4 attempts.
        public static final Options DEFAULT = new Options(
                false,
                Proxies.NONE,
                ProgressListener.NONE,
                4,
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                8);

        public Options {
            Objects.requireNonNull(proxies, "proxies");
            Objects.requireNonNull(listener, "listener");
            if (attempts < 1 || connections < 1) {
                throw new IllegalArgumentException("at least one attempt and one connection are needed");
            }
        }

        /// The default with the proxies that this environment names.
        public static Options of(Map<String, String> environment) {
            return DEFAULT.withProxies(Proxies.of(environment));
        }

        /// These options, with downloads off or on.
        public Options withOffline(boolean value) {
            return new Options(
                    value, proxies, listener, attempts, firstDelay, connectTimeout, stallTimeout, connections);
        }

        /// These options with other proxies.
        public Options withProxies(Proxies value) {
            return new Options(
                    offline, value, listener, attempts, firstDelay, connectTimeout, stallTimeout, connections);
        }

        /// These options with another listener.
        public Options withListener(ProgressListener value) {
            return new Options(
                    offline, proxies, value, attempts, firstDelay, connectTimeout, stallTimeout, connections);
        }

        /// These options with other times.
        public Options withTimes(Duration delay, Duration connect, Duration stall) {
            return new Options(offline, proxies, listener, attempts, delay, connect, stall, connections);
        }
    }

    /// A downloader into `cache`.
    public Downloader(CacheDirectory cache, Options options) {
        this(cache, options, null, null);
    }

    /// A downloader that takes everything from a bundle, and nothing from the network.
    public static Downloader from(Bundle bundle, CacheDirectory cache, Options options) {
        return new Downloader(cache, options.withOffline(true), bundle, null);
    }

    /// A downloader that keeps in a bundle whatever it is asked for, whether it is in the cache already or not.
    public static Downloader into(Bundle bundle, CacheDirectory cache, Options options) {
        return new Downloader(cache, options, null, bundle);
    }

    private Downloader(CacheDirectory cache, Options options, @Nullable Bundle source, @Nullable Bundle copy) {
        this.source = source;
        this.copy = copy;
        this.cache = cache;
        this.options = options;
        this.content = cache.content();
        this.documents = new DocumentStore(cache.folder(CacheDirectory.Kind.DOCUMENTS), content);
        this.locks = new DownloadLocks(cache.folder(CacheDirectory.Kind.PARTIAL).resolve("locks"));
        this.http = new HttpSource(options.proxies(), options.connectTimeout(), options.stallTimeout());
        this.connections = new Semaphore(options.connections());
    }

    /// The cache that downloads go to.
    public CacheDirectory cache() {
        return cache;
    }

    /// Whether downloads are off. Local files are read all the same.
    public boolean isOffline() {
        return options.offline();
    }

    /// The bytes with this digest, from the cache or else from `uri`. `size` is their exact number, or -1 when it is
    /// not known.
    public Path download(URI uri, Digest expected, long size) throws IOException {
        Address.requireUsable(uri);
        Path path = fetchOnce(located(uri), expected, size);
        if (copy != null) {
            copy.keep(uri, path);
        }
        return path;
    }

    /// The address itself, or the file that stands for it.
    private URI located(URI uri) {
        return source == null ? uri : source.require(uri);
    }

    private Path fetchOnce(URI uri, Digest expected, long size) throws IOException {
        Optional<Path> present = content.find(expected);
        if (present.isPresent()) {
            return present.get();
        }
        if (Address.isFile(uri)) {
            return copyLocal(uri, expected, size);
        }
        requireOnline(uri);
        try (DownloadLocks.Held held = locks.acquire(expected)) {
            Objects.requireNonNull(held);
            Optional<Path> meanwhile = content.find(expected);
            return meanwhile.isPresent() ? meanwhile.get() : fetch(uri, expected, size);
        }
    }

    /// The bytes at `uri`, at most `maxSize`, when nothing is known of them beforehand. They are fetched anew each
    /// time.
    public Stored download(URI uri, long maxSize) throws IOException {
        Address.requireUsable(uri);
        Stored stored = fetchAnew(located(uri), maxSize);
        if (copy != null) {
            copy.keep(uri, stored.path());
        }
        return stored;
    }

    private Stored fetchAnew(URI uri, long maxSize) throws IOException {
        if (Address.isFile(uri)) {
            return addLocal(uri, maxSize);
        }
        requireOnline(uri);
        return Objects.requireNonNull(fetch(uri, maxSize, Validator.NONE).stored(), "an unconditional answer");
    }

    /// What `uri` holds now: asked for only if it has changed since the last time, kept for the next and for offline.
    public Document get(URI uri, long maxSize) throws IOException {
        Address.requireUsable(uri);
        Document document = getOnce(located(uri), maxSize);
        if (copy != null) {
            copy.keep(uri, document.path());
        }
        return document;
    }

    private Document getOnce(URI uri, long maxSize) throws IOException {
        if (Address.isFile(uri)) {
            return document(uri, addLocal(uri, maxSize), Document.Origin.FETCHED);
        }
        Optional<DocumentStore.Kept> kept = documents.find(uri);
        if (options.offline()) {
            Stored stored = kept.orElseThrow(() -> offline(uri)).stored();
            return document(uri, stored, Document.Origin.KEPT);
        }
        Fetched fetched =
                fetch(uri, maxSize, kept.map(DocumentStore.Kept::validator).orElse(Validator.NONE));
        Stored stored = fetched.stored();
        if (stored == null) {
            return document(uri, kept.orElseThrow().stored(), Document.Origin.NOT_MODIFIED);
        }
        documents.write(uri, stored, fetched.validator());
        return document(uri, stored, Document.Origin.FETCHED);
    }

    private static Document document(URI uri, Stored stored, Document.Origin origin) {
        return new Document(uri, stored.digest(), stored.size(), stored.path(), origin);
    }

    private Path fetch(URI uri, Digest expected, long size) throws IOException {
        Path partial = cache.folder(CacheDirectory.Kind.PARTIAL)
                .resolve(expected.algorithm().id() + "-" + expected.hex());
        Transfer.Wanted wanted = new Transfer.Wanted(size, Long.MAX_VALUE, Validator.NONE, true);
        Digest found = null;
        // A second round, from the start, when what was left by an earlier process turns out to be something else.
        for (int round = 0; round < 2; round++) {
            boolean resumed = false;
            try (PartialFile file = PartialFile.open(partial, expected.algorithm())) {
                resumed = file.length() > 0;
                transfer(uri, wanted, file);
                found = file.digest();
                if (found.equals(expected)) {
                    options.listener().finished(uri, file.length());
                    return content.adopt(partial, expected);
                }
            }
            Files.deleteIfExists(partial);
            if (!resumed) {
                break;
            }
        }
        throw mismatch(uri, expected, Objects.requireNonNull(found));
    }

    /// `stored` is null when the resource is what `known` says.
    private record Fetched(@Nullable Stored stored, Validator validator) {}

    private Fetched fetch(URI uri, long maxSize, Validator known) throws IOException {
        try (NewFile place = NewFile.in(cache.folder(CacheDirectory.Kind.PARTIAL));
                PartialFile file = PartialFile.open(place.path(), Digest.Algorithm.SHA256)) {
            Transfer.Outcome outcome = transfer(uri, new Transfer.Wanted(-1, maxSize, known, false), file);
            Validator validator = outcome.validator();
            if (validator == null) {
                return new Fetched(null, known);
            }
            Digest digest = file.digest();
            options.listener().finished(uri, file.length());
            Optional<Path> present = content.find(digest);
            Path path = present.isPresent() ? present.get() : content.adopt(place.path(), digest);
            return new Fetched(new Stored(digest, file.length(), path), validator);
        }
    }

    private Transfer.Outcome transfer(URI uri, Transfer.Wanted wanted, PartialFile file) throws IOException {
        connections.acquireUninterruptibly();
        try {
            return new Transfer(options, http, uri, wanted).into(file);
        } finally {
            connections.release();
        }
    }

    private Path copyLocal(URI uri, Digest expected, long size) throws IOException {
        Path file = localPath(uri);
        try (InputStream in = Files.newInputStream(file)) {
            long found = Files.size(file);
            if (size >= 0 && found != size) {
                throw new FetchException(
                        Code.DIGEST_MISMATCH, file + " has " + found + " bytes (expected " + size + ")");
            }
            return content.put(expected, in);
        } catch (NoSuchFileException e) {
            throw new FetchException(Code.NOT_FOUND, "no such file: " + file, e);
        }
    }

    private Stored addLocal(URI uri, long maxSize) throws IOException {
        Path file = localPath(uri);
        try (InputStream in = Files.newInputStream(file)) {
            long size = Files.size(file);
            if (size > maxSize) {
                throw new FetchException(
                        Code.TOO_LARGE, file + " has " + size + " bytes (expected at most " + maxSize + ")");
            }
            return content.add(in::transferTo);
        } catch (NoSuchFileException e) {
            throw new FetchException(Code.NOT_FOUND, "no such file: " + file, e);
        }
    }

    private static Path localPath(URI uri) {
        try {
            return Path.of(uri);
        } catch (IllegalArgumentException e) {
            throw new FetchException(Code.BAD_ADDRESS, "cannot read " + uri + ": " + e.getMessage(), e);
        }
    }

    private void requireOnline(URI uri) {
        if (options.offline()) {
            throw offline(uri);
        }
    }

    private static FetchException offline(URI uri) {
        return new FetchException(
                Code.OFFLINE,
                Address.shown(uri) + " is not in the cache, and downloads are off\ntry: the same without --offline");
    }

    private static FetchException mismatch(URI uri, Digest expected, Digest found) {
        return new FetchException(
                Code.DIGEST_MISMATCH, Address.shown(uri) + " is not " + expected + ": found " + found);
    }
}
