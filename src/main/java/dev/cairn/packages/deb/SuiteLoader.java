package dev.cairn.packages.deb;

import dev.cairn.archive.Decompressor;
import dev.cairn.digest.Digest;
import dev.cairn.fetch.Document;
import dev.cairn.fetch.Downloader;
import dev.cairn.fetch.FetchException;
import dev.cairn.fetch.RecordStore;
import dev.cairn.fetch.Stored;
import dev.cairn.keys.ClearSigned;
import dev.cairn.keys.KeyException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Opens one suite: its signed Release file, checked for signature, expiry and roll-back, then the index of each
/// component by the digest that the Release file names. An index is parsed once; its compact form is kept.
final class SuiteLoader {
    private static final long LARGEST_RELEASE = 32 << 20;
    private static final String COMPACT = "deb-packages-" + PackagesIndex.VERSION;
    private static final String ACCEPTED = "deb-release-date-2";

    private final Downloader downloader;
    private final Clock clock;
    private final boolean allowUntrusted;
    private final CheckedReleases releases;

    SuiteLoader(Downloader downloader, Clock clock, boolean allowUntrusted) {
        this.downloader = downloader;
        this.clock = clock;
        this.allowUntrusted = allowUntrusted;
        this.releases = new CheckedReleases(downloader.cache().records(), clock);
    }

    /// A component with what its answers rest on.
    record Opened(SuiteIndex index, Digest packages, List<ListedFile> contents) {}

    /// Opens every component of a source that is at `base`.
    List<Opened> open(AptSource source, URI base, SigningKeys keys, boolean checksValidUntil, String architecture)
            throws IOException {
        URI suite = base.resolve("dists/" + source.suite() + "/");
        Document document = release(source, suite);
        String where = "the Release file of " + source;
        Release release = releases.get(
                document.digest(),
                keys,
                architecture,
                allowUntrusted || source.trusted(),
                () -> Release.parse(text(document, where, keys, source.trusted()), where));
        if (checksValidUntil) {
            expiry(release, where);
        }
        rollback(release, where, source);
        List<Opened> opened = new ArrayList<>();
        for (String component : source.components()) {
            opened.add(component(source, suite, release, component, architecture));
        }
        return opened;
    }

    private Document release(AptSource source, URI suite) throws IOException {
        try {
            return downloader.get(suite.resolve("InRelease"), LARGEST_RELEASE);
        } catch (FetchException e) {
            if (e.code() != FetchException.Code.NOT_FOUND) {
                throw e;
            }
            throw new DebException(
                    DebException.Code.NOT_FOUND,
                    "there is no suite '" + source.suite() + "': " + e.getMessage()
                            + "\ntry: check the suite's name (trixie, bookworm, trixie-backports), or --mirror");
        }
    }

    private String text(Document document, String where, SigningKeys keys, boolean trusted) throws IOException {
        byte[] message = document.bytes();
        try {
            ClearSigned signed = keys.keyring().verifyClearSigned(message, clock);
            return signed.text();
        } catch (KeyException e) {
            if (allowUntrusted || trusted) {
                return unsigned(new String(message, StandardCharsets.UTF_8));
            }
            throw new DebException(
                    DebException.Code.UNTRUSTED,
                    where + " is not signed by a known key: " + e.getMessage()
                            + "\ntry: name the repository's key with signed-by= in its source line, or --keyring FILE");
        }
    }

    /// The text inside a clear-signed message (RFC 9580, 7), for those who trust the repository without a signature.
    private static String unsigned(String message) {
        int start = message.startsWith("-----BEGIN PGP SIGNED MESSAGE") ? message.indexOf("\n\n") + 2 : 0;
        int end = message.indexOf("\n-----BEGIN PGP SIGNATURE", start);
        String body = message.substring(start, end < 0 ? message.length() : end + 1);
        return body.replace("\n- ", "\n");
    }

    private void expiry(Release release, String where) {
        Instant now = clock.instant();
        release.validUntil().filter(now::isAfter).ifPresent(until -> {
            throw new DebException(
                    DebException.Code.EXPIRED,
                    where + " expired on " + until + "; the mirror may be stale, or somebody holds updates back"
                            + "\ntry: another mirror (--mirror URL)");
        });
    }

    private void rollback(Release release, String where, AptSource source) throws IOException {
        RecordStore records = downloader.cache().records();
        Digest key = Digest.of(source.repository("*").getBytes(StandardCharsets.UTF_8));
        Optional<byte[]> known = records.read(ACCEPTED, key);
        long date = release.date().getEpochSecond();
        long newest = known.map(each -> ByteBuffer.wrap(each).getLong()).orElse(Long.MIN_VALUE);
        if (date < newest) {
            throw new DebException(
                    DebException.Code.ROLLBACK,
                    where + " is of " + release.date() + ", older than the one of " + Instant.ofEpochSecond(newest)
                            + " that was accepted before\ntry: another mirror (--mirror URL), or later");
        }
        if (date > newest) {
            records.write(ACCEPTED, key, ByteBuffer.allocate(8).putLong(date).array());
        }
    }

    private Opened component(AptSource source, URI suite, Release release, String component, String architecture)
            throws IOException {
        String path = release.packages(component, architecture)
                .or(() -> release.packages(component, "all"))
                .orElseThrow(() -> new DebException(
                        DebException.Code.NOT_FOUND,
                        source.repository(component) + " has no packages for " + architecture + "; the suite has "
                                + String.join(", ", release.places())));
        ListedFile packages = ListedFile.of(suite, release, path);
        SuiteIndex opened = new SuiteIndex(
                new PackagesIndex(map(compact(packages, architecture))),
                source.repository(component),
                release.suite(),
                release.codename(),
                source.suite(),
                source.priority() != 0 ? source.priority() : release.priority());
        List<ListedFile> contents = new ArrayList<>();
        for (String arch : List.of(architecture, "all")) {
            String list = component + "/Contents-" + arch + ".gz";
            if (release.files().containsKey(list)) {
                contents.add(ListedFile.of(suite, release, list));
            }
        }
        return new Opened(opened, packages.digest(), contents);
    }

    private Path compact(ListedFile listed, String architecture) throws IOException {
        RecordStore records = downloader.cache().records();
        Digest key = Digest.of((listed.digest() + " " + architecture).getBytes(StandardCharsets.UTF_8));
        Optional<byte[]> kept = records.read(COMPACT, key);
        if (kept.isPresent()) {
            Digest digest = Digest.parse(new String(kept.get(), StandardCharsets.US_ASCII));
            Optional<Path> file = downloader.cache().content().find(digest);
            if (file.isPresent()) {
                return file.get();
            }
        }
        Path packages = listed.download(downloader);
        Stored stored = downloader.cache().content().add(out -> {
            try (InputStream in = Decompressor.open(new BufferedInputStream(Files.newInputStream(packages), 1 << 16))) {
                PackagesIndexWriter.write(in, architecture, out);
            }
        });
        records.write(COMPACT, key, stored.digest().toString().getBytes(StandardCharsets.US_ASCII));
        return stored.path();
    }

    private static ByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }
}
