package dev.cairn.registry.http;

import dev.cairn.digest.Digest;
import dev.cairn.registry.Action;
import dev.cairn.registry.Blobs;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.StoredBlob;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;

/// `/v2/<name>/blobs/<digest>`: GET with ranges and conditions, HEAD, DELETE. Blobs are never compressed on the way, so
/// that length, range and digest are always of the blob itself.
final class BlobEndpoint {
    /// From this size on a blob is sent from its file, below it from memory.
    private static final int SMALL = 64 << 10;

    private static final String OCTETS = "application/octet-stream";
    /// A blob never changes: who has it need not ask again.
    private static final String FOR_EVER = "max-age=31536000, immutable";

    private final Gate gate;
    private final Blobs blobs;
    private final Mirror mirror;

    BlobEndpoint(Gate gate, Blobs blobs, Mirror mirror) {
        this.gate = gate;
        this.blobs = blobs;
        this.mirror = mirror;
    }

    void handle(Exchange exchange, Route.OfBlob route) throws IOException {
        switch (exchange.method()) {
            case "GET" -> get(exchange, route);
            case "HEAD" -> head(exchange, route);
            case "DELETE" -> delete(exchange, route);
            default -> throw Digests.unsupported(exchange);
        }
    }

    private void head(Exchange exchange, Route.OfBlob route) {
        Gate.Passed passed = gate.read(exchange, mirror.source(route.repository()), Action.PULL);
        Digest digest = Digests.parse(route.digest());
        StoredBlob blob = found(blobs.touch(passed.repository(), digest), digest);
        headers(exchange, digest);
        if (!exchange.isNotModified(etag(digest))) {
            exchange.length(200, blob.size());
        }
    }

    private void get(Exchange exchange, Route.OfBlob route) throws IOException {
        Gate.Passed passed = gate.read(exchange, mirror.source(route.repository()), Action.PULL);
        Digest digest = Digests.parse(route.digest());
        StoredBlob blob = found(blobs.find(passed.repository(), digest), digest);
        headers(exchange, digest);
        if (exchange.isNotModified(etag(digest))) {
            return;
        }
        switch (range(exchange, digest, blob.size())) {
            case ByteRange.Whole _ -> send(exchange, 200, blob, 0, blob.size());
            case ByteRange.Part part -> {
                exchange.put(
                        HttpHeader.CONTENT_RANGE,
                        "bytes " + part.first() + "-" + (part.first() + part.length() - 1) + "/" + blob.size());
                send(exchange, 206, blob, part.first(), part.length());
            }
            case ByteRange.Unsatisfiable _ -> {
                exchange.put(HttpHeader.CONTENT_RANGE, "bytes */" + blob.size());
                throw new DistributionException(
                        DistributionException.Code.RANGE_INVALID, "the blob has " + blob.size() + " bytes");
            }
        }
    }

    private static ByteRange range(Exchange exchange, Digest digest, long size) {
        String condition = exchange.header(HttpHeader.IF_RANGE);
        boolean same = condition == null || condition.equals(etag(digest));
        return same ? ByteRange.of(exchange.header(HttpHeader.RANGE), size) : new ByteRange.Whole();
    }

    private void send(Exchange exchange, int status, StoredBlob blob, long offset, long length) throws IOException {
        if (blob.size() <= SMALL) {
            exchange.send(status, blobs.content(blob), (int) offset, (int) length);
        } else {
            exchange.send(status, new FileTransfer.Source(blob.file(), blob.offset(), blob.size()), offset, length);
        }
    }

    private static void headers(Exchange exchange, Digest digest) {
        exchange.digest(digest)
                .put(HttpHeader.CONTENT_TYPE, OCTETS)
                .put(HttpHeader.ACCEPT_RANGES, "bytes")
                .put(HttpHeader.CACHE_CONTROL, FOR_EVER);
    }

    private static String etag(Digest digest) {
        return "\"" + digest + "\"";
    }

    private void delete(Exchange exchange, Route.OfBlob route) {
        Gate.Passed passed = gate.delete(exchange, route.repository());
        Digest digest = Digests.parse(route.digest());
        if (!blobs.unlink(passed.repository(), digest)) {
            throw Digests.blobUnknown(digest);
        }
        exchange.empty(202);
    }

    private static StoredBlob found(Optional<StoredBlob> blob, Digest digest) {
        return blob.orElseThrow(() -> Digests.blobUnknown(digest));
    }
}
