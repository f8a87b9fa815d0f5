package dev.cairn.oci.remote;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Index;
import dev.cairn.oci.JsonObject;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.OciException;
import dev.cairn.oci.remote.RegistryException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// One repository of a registry: the requests of OCI distribution-spec, chapter "Endpoints".
final class Repository {
    private static final int MOST_UPLOADS = 4;
    private static final int MOST_PAGES = 1000;
    private static final int LONGEST_PAGE = 4 << 20;

    private final Transport transport;
    private final String name;
    private final TransferListener listener;
    private final MountSources mounts;

    Repository(Transport transport, String name, TransferListener listener, MountSources mounts) {
        this.transport = transport;
        this.name = name;
        this.listener = listener;
        this.mounts = mounts;
    }

    private URI at(String path) {
        return transport.at(name + path);
    }

    private Call pull(String method, String path) {
        return Call.of(method, at(path), List.of(Call.pull(name)));
    }

    private static Call accepting(Call call) {
        return call.withHeader("Accept", String.join(", ", MediaType.ACCEPTED_MANIFESTS));
    }

    @Nullable
    Descriptor find(String identifier) throws IOException {
        Call call = accepting(pull("HEAD", "/manifests/" + identifier));
        HttpResponse<InputStream> response = transport.send(call, 200, 404);
        response.body().close();
        String digest = Transport.header(response, "Docker-Content-Digest");
        if (response.statusCode() == 404) {
            return null;
        }
        long size = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        if (digest == null || size < 0) {
            return manifest(identifier).descriptor();
        }
        return Descriptor.of(type(response, call), digest(digest, call), size);
    }

    Blob manifest(String identifier) throws IOException {
        Call call = accepting(pull("GET", "/manifests/" + identifier));
        HttpResponse<InputStream> response = transport.send(call, 200);
        byte[] bytes = body(response, call, Manifest.LONGEST);
        String stated = identifier.indexOf(':') > 0 ? identifier : Transport.header(response, "Docker-Content-Digest");
        Digest digest = stated == null ? Digest.of(bytes) : digest(stated, call);
        String type = type(response, call);
        if (!MediaType.isIndex(type) && !MediaType.isManifest(type)) {
            // Some registries name a plain type: the document says what it is.
            String own =
                    JsonObject.parse(bytes, call.toString(), Manifest.LONGEST).optionalString("mediaType");
            type = own == null ? MediaType.MANIFEST : own;
        }
        Blob blob = Blob.of(bytes, Descriptor.of(type, digest, bytes.length));
        blob.readAll(Manifest.LONGEST);
        return blob;
    }

    private static String type(HttpResponse<InputStream> response, Call call) {
        String type = Transport.header(response, "Content-Type");
        if (type == null) {
            throw new RegistryException(Code.BAD_ANSWER, call + ": no Content-Type");
        }
        return MediaType.ofHeader(type);
    }

    private static Digest digest(String text, Call call) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(Code.BAD_ANSWER, call + ": " + e.getMessage());
        }
    }

    private static byte[] body(HttpResponse<InputStream> response, Call call, int limit) throws IOException {
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw new RegistryException(Code.BAD_ANSWER, call + ": more than " + limit + " bytes");
            }
            return bytes;
        }
    }

    /// The bytes of a blob from `offset` on.
    InputStream blob(Digest digest, long offset) throws IOException {
        Call call = pull("GET", "/blobs/" + digest);
        if (offset == 0) {
            return transport.send(call, 200).body();
        }
        HttpResponse<InputStream> response =
                transport.send(call.withHeader("Range", "bytes=" + offset + "-"), 200, 206);
        InputStream body = response.body();
        if (response.statusCode() == 200) {
            body.skipNBytes(offset);
        } else if (!String.valueOf(Transport.header(response, "Content-Range")).startsWith("bytes " + offset + "-")) {
            body.close();
            throw new RegistryException(Code.BAD_ANSWER, call + ": another range than the one asked for");
        }
        return body;
    }

    boolean hasBlob(Digest digest) throws IOException {
        HttpResponse<InputStream> response = transport.send(pull("HEAD", "/blobs/" + digest), 200, 404);
        response.body().close();
        return response.statusCode() == 200;
    }

    /// Pushes the blobs that are missing, several at a time.
    void pushBlobs(List<Blob> blobs) throws IOException {
        Semaphore free = new Semaphore(MOST_UPLOADS);
        Map<Digest, Future<?>> uploads = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Blob blob : blobs) {
                uploads.computeIfAbsent(
                        blob.digest(),
                        digest -> threads.submit(() -> {
                            free.acquire();
                            try {
                                pushBlob(blob);
                            } finally {
                                free.release();
                            }
                            return digest;
                        }));
            }
            await(uploads.values().iterator(), threads);
        }
    }

    private static void await(Iterator<Future<?>> uploads, ExecutorService threads) throws IOException {
        try {
            while (uploads.hasNext()) {
                uploads.next().get();
            }
        } catch (ExecutionException e) {
            threads.shutdownNow();
            switch (e.getCause()) {
                case IOException io -> throw io;
                case UncheckedIOException io -> throw new IOException(io.getMessage(), io);
                case RuntimeException runtime -> throw runtime;
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void pushBlob(Blob blob) throws IOException {
        String registry = transport.endpoint().registry();
        if (hasBlob(blob.digest())) {
            listener.present(blob.descriptor());
        } else {
            String from = mounts.find(registry, blob.digest(), name);
            new Upload(transport, name, blob, listener).run(from);
        }
        mounts.add(registry, blob.digest(), name);
    }

    HttpResponse<InputStream> putManifest(String identifier, Blob manifest) throws IOException {
        Call call = Call.of("PUT", at("/manifests/" + identifier), List.of(Call.pullPush(name)))
                .withBody(manifest, 0, manifest.size(), bytes -> {})
                .withHeader("Content-Type", manifest.descriptor().mediaType());
        HttpResponse<InputStream> response = transport.send(call);
        response.body().close();
        String stored = Transport.header(response, "Docker-Content-Digest");
        if (stored != null && !stored.equals(manifest.digest().toString())) {
            throw new RegistryException(
                    Code.BAD_ANSWER, call + ": stored " + stored + ", we sent " + manifest.digest());
        }
        listener.sent(manifest.descriptor());
        return response;
    }

    List<String> tags() throws IOException {
        List<String> tags = new ArrayList<>();
        Call call = pull("GET", "/tags/list");
        for (int page = 0; call != null && page < MOST_PAGES; page++) {
            HttpResponse<InputStream> response = transport.send(call, 200);
            tags.addAll(JsonObject.parse(body(response, call, LONGEST_PAGE), call.toString(), LONGEST_PAGE)
                    .strings("tags"));
            call = next(response, call);
        }
        return tags;
    }

    /// The index of the referrers API, all its pages; null where the registry has no such API.
    @Nullable
    List<Descriptor> referrers(Digest subject) throws IOException {
        List<Descriptor> referrers = new ArrayList<>();
        Call call = pull("GET", "/referrers/" + subject);
        for (int page = 0; call != null && page < MOST_PAGES; page++) {
            HttpResponse<InputStream> response = transport.send(call, 200, 404);
            byte[] bytes = body(response, call, LONGEST_PAGE);
            if (response.statusCode() == 404) {
                return null;
            }
            try {
                referrers.addAll(Index.parse(bytes, call.toString()).manifests());
            } catch (OciException e) {
                // A registry that knows no referrers may answer with anything.
                return null;
            }
            call = next(response, call);
        }
        return referrers;
    }

    /// The request for the next page: `Link: <address>; rel="next"` (RFC 8288); never to another host.
    private @Nullable Call next(HttpResponse<InputStream> response, Call call) {
        String link = Transport.header(response, "Link");
        int end = link == null ? -1 : link.indexOf('>');
        if (link == null
                || !link.startsWith("<")
                || end < 0
                || !link.substring(end).contains("next")) {
            return null;
        }
        URI next = transport.endpoint().follow(call.uri(), link.substring(1, end));
        return Endpoint.sameHost(next, call.uri()) && !next.equals(call.uri()) ? call.at(next) : null;
    }
}
