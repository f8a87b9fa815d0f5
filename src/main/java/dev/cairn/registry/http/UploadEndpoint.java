package dev.cairn.registry.http;

import dev.cairn.digest.Digest;
import dev.cairn.registry.Action;
import dev.cairn.registry.Blobs;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Repository;
import dev.cairn.registry.RepositoryName;
import dev.cairn.registry.Subject;
import dev.cairn.registry.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;

/// `/v2/<name>/blobs/uploads/…`: uploads in one piece, in chunks, as a stream, and mounts.
final class UploadEndpoint {
    /// How many repositories a mount without `from` looks at.
    private static final int HOLDERS = 100;

    private static final long PATIENCE_SECONDS = 20;

    private final Gate gate;
    private final Blobs blobs;
    private final Limits limits;
    private final Semaphore bodies;

    UploadEndpoint(Gate gate, Blobs blobs, Limits limits) {
        this.gate = gate;
        this.blobs = blobs;
        this.limits = limits;
        this.bodies = new Semaphore(limits.uploads(), true);
    }

    void handle(Exchange exchange, Route.OfUploads route) throws IOException {
        if (!exchange.method().equals("POST")) {
            throw Digests.unsupported(exchange);
        }
        Gate.Passed passed = gate.push(exchange, route.repository());
        String mount = exchange.query().first("mount");
        String digest = exchange.query().first("digest");
        if (mount != null) {
            mount(exchange, passed, Digests.parse(mount));
        } else if (digest != null) {
            whole(exchange, passed.repository(), Digests.parse(digest));
        } else {
            Digest.Algorithm algorithm = Digests.algorithm(exchange.query().first("digest-algorithm"));
            begin(exchange, passed.repository(), algorithm);
        }
    }

    private void begin(Exchange exchange, Repository repository, Digest.Algorithm algorithm) throws IOException {
        progress(exchange, repository, blobs.begin(repository, algorithm)).empty(202);
    }

    private void whole(Exchange exchange, Repository repository, Digest digest) throws IOException {
        requireSize(exchange, 0);
        Upload upload = blobs.begin(repository, digest.algorithm());
        upload.tryEnter();
        try {
            try {
                append(exchange, upload);
            } catch (IOException | RuntimeException e) {
                upload.cancel();
                throw e;
            }
            complete(exchange, repository, upload, digest);
        } finally {
            upload.leave();
        }
    }

    /// What can't be mounted becomes an upload, for whatever reason: nobody learns here what other repositories have.
    private void mount(Exchange exchange, Gate.Passed passed, Digest digest) throws IOException {
        List<Repository> sources = sources(exchange, passed.subject(), digest);
        if (!sources.isEmpty() && blobs.mount(passed.repository(), digest, sources)) {
            created(exchange, passed.repository(), digest);
        } else {
            begin(exchange, passed.repository(), digest.algorithm());
        }
    }

    private List<Repository> sources(Exchange exchange, Subject subject, Digest digest) {
        String from = exchange.query().first("from");
        List<Repository> sources = new ArrayList<>();
        if (from != null && !from.isEmpty()) {
            try {
                gate.quietly(subject, new RepositoryName(from), Action.PULL).ifPresent(sources::add);
            } catch (DistributionException e) {
                // not even a name: nothing is mounted from there
                return sources;
            }
        } else {
            for (Repository holder : blobs.holders(digest, HOLDERS)) {
                gate.quietly(subject, holder.name(), Action.PULL).ifPresent(sources::add);
            }
        }
        return sources;
    }

    void handle(Exchange exchange, Route.OfUpload route) throws IOException {
        Gate.Passed passed = gate.push(exchange, route.repository());
        Upload upload = blobs.upload(passed.repository(), route.id()).orElseThrow(UploadEndpoint::unknown);
        if (exchange.method().equals("GET")) {
            progress(exchange, passed.repository(), upload).empty(204);
            return;
        }
        if (!upload.tryEnter()) {
            throw new DistributionException(
                    DistributionException.Code.TOO_MANY_REQUESTS, "another request works on this upload");
        }
        try {
            switch (exchange.method()) {
                case "PATCH" -> {
                    chunk(exchange, passed.repository(), upload);
                    progress(exchange, passed.repository(), upload).empty(202);
                }
                case "PUT" -> {
                    Digest digest = expected(exchange);
                    chunk(exchange, passed.repository(), upload);
                    complete(exchange, passed.repository(), upload, digest);
                }
                case "DELETE" -> {
                    upload.cancel();
                    exchange.empty(204);
                }
                default -> throw Digests.unsupported(exchange);
            }
        } finally {
            upload.leave();
        }
    }

    private static Digest expected(Exchange exchange) {
        String digest = exchange.query().first("digest");
        if (digest == null) {
            throw new DistributionException(
                    DistributionException.Code.DIGEST_INVALID, "the closing PUT wants the parameter digest");
        }
        return Digests.parse(digest);
    }

    /// Appends the body. With a `Content-Range` it must follow what is there, and be as long as that says; what is not,
    /// is taken back.
    private void chunk(Exchange exchange, Repository repository, Upload upload) throws IOException {
        String header = exchange.header(HttpHeader.CONTENT_RANGE);
        long start = upload.size();
        requireSize(exchange, start);
        if (header == null) {
            append(exchange, upload);
            return;
        }
        ContentRange range = ContentRange.parse(header);
        if (range.first() != start) {
            progress(exchange, repository, upload);
            throw new DistributionException(
                    DistributionException.Code.RANGE_INVALID,
                    "the chunk begins at " + range.first() + ", the upload has " + start + " bytes");
        }
        if (exchange.contentLength() >= 0 && exchange.contentLength() != range.length()) {
            throw wrongLength(range, exchange.contentLength());
        }
        append(exchange, upload);
        if (upload.size() - start != range.length()) {
            long found = upload.size() - start;
            upload.truncate(start);
            throw wrongLength(range, found);
        }
    }

    private static DistributionException wrongLength(ContentRange range, long found) {
        return new DistributionException(
                DistributionException.Code.SIZE_INVALID,
                "Content-Range is of " + range.length() + " bytes, the body of " + found);
    }

    private void requireSize(Exchange exchange, long present) {
        if (exchange.contentLength() > limits.blobBytes() - present) {
            throw new DistributionException(
                    DistributionException.Code.TOO_LARGE, "a blob has at most " + limits.blobBytes() + " bytes");
        }
    }

    private void append(Exchange exchange, Upload upload) throws IOException {
        if (exchange.contentLength() == 0) {
            return;
        }
        enter();
        try (InputStream in = exchange.body()) {
            upload.append(in, limits.blobBytes());
        } finally {
            bodies.release();
        }
    }

    private void enter() throws IOException {
        try {
            if (bodies.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        throw new DistributionException(
                DistributionException.Code.TOO_MANY_REQUESTS,
                limits.uploads() + " uploads are under way, as many as this registry takes at once");
    }

    private static void complete(Exchange exchange, Repository repository, Upload upload, Digest digest)
            throws IOException {
        if (upload.complete(digest).isEmpty()) {
            throw new DistributionException(
                    DistributionException.Code.DIGEST_INVALID, "the content is not " + digest + "; upload it anew");
        }
        created(exchange, repository, digest);
    }

    private static void created(Exchange exchange, Repository repository, Digest digest) {
        exchange.digest(digest)
                .put(HttpHeader.LOCATION, "/v2/" + repository.name() + "/blobs/" + digest)
                .empty(201);
    }

    private static Exchange progress(Exchange exchange, Repository repository, Upload upload) {
        return exchange.put(HttpHeader.LOCATION, "/v2/" + repository.name() + "/blobs/uploads/" + upload.id())
                .put("Docker-Upload-UUID", upload.id())
                .put(HttpHeader.RANGE, "0-" + Math.max(0, upload.size() - 1));
    }

    private static DistributionException unknown() {
        return new DistributionException(
                DistributionException.Code.BLOB_UPLOAD_UNKNOWN, "there is no such upload in this repository");
    }
}
