package dev.cairn.oci.remote;

import dev.cairn.oci.Blob;
import dev.cairn.oci.remote.RegistryException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One blob's way into a repository (OCI distribution-spec, "Pushing blobs"): mounted where another repository has it,
/// else in one piece, else, where the registry takes no piece that large, in chunks.
final class Upload {
    private static final long CHUNK = 16L << 20;

    private final Transport transport;
    private final String repository;
    private final Blob blob;
    private final TransferListener listener;

    Upload(Transport transport, String repository, Blob blob, TransferListener listener) {
        this.transport = transport;
        this.repository = repository;
        this.blob = blob;
        this.listener = listener;
    }

    /// @param mountFrom a repository that may have the blob, or null
    void run(@Nullable String mountFrom) throws IOException {
        URI location = start(mountFrom);
        if (location == null) {
            listener.mounted(blob.descriptor(), String.valueOf(mountFrom));
            return;
        }
        try {
            put(location);
        } catch (RegistryException e) {
            if (e.code() != Code.REFUSED) {
                throw e;
            }
            // 413 above all: some proxies limit a request's size.
            URI anew = start(null);
            if (anew == null) {
                return;
            }
            chunks(anew);
        }
        listener.sent(blob.descriptor());
    }

    private List<String> scopes(@Nullable String mountFrom) {
        List<String> scopes = new ArrayList<>();
        scopes.add(Call.pullPush(repository));
        if (mountFrom != null) {
            scopes.add(Call.pull(mountFrom));
        }
        return List.copyOf(scopes);
    }

    /// Where to send the blob; null where it has been mounted.
    private @Nullable URI start(@Nullable String mountFrom) throws IOException {
        String query = mountFrom == null ? "" : "?mount=" + blob.digest() + "&from=" + mountFrom;
        Call call = Call.of("POST", transport.at(repository + "/blobs/uploads/" + query), scopes(mountFrom));
        HttpResponse<InputStream> response;
        try {
            response = transport.send(call, 201, 202);
        } catch (RegistryException e) {
            boolean mountRefused = mountFrom != null && e.code() != Code.UNAVAILABLE;
            if (!mountRefused) {
                throw e;
            }
            return start(null);
        }
        response.body().close();
        return response.statusCode() == 201 ? null : location(call, response);
    }

    private URI location(Call call, HttpResponse<InputStream> response) {
        String location = Transport.header(response, "Location");
        if (location == null) {
            throw new RegistryException(Code.BAD_ANSWER, call + ": an upload without a Location");
        }
        return transport.endpoint().follow(call.uri(), location);
    }

    private URI closing(URI location) {
        String query = location.getRawQuery();
        String digest = "digest=" + blob.digest();
        return URI.create(location.toString() + (query == null ? "?" : "&") + digest);
    }

    private void put(URI location) throws IOException {
        Call call = Call.of("PUT", closing(location), scopes(null))
                .withBody(blob, 0, blob.size(), bytes -> listener.progress(blob.descriptor(), bytes));
        transport.send(call, 201, 204).body().close();
    }

    private void chunks(URI start) throws IOException {
        URI location = start;
        for (long offset = 0; offset < blob.size(); ) {
            long before = offset;
            long length = Math.min(CHUNK, blob.size() - offset);
            Call call = Call.of("PATCH", location, scopes(null))
                    .withBody(blob, offset, length, n -> listener.progress(blob.descriptor(), before + n))
                    .withHeader("Content-Range", offset + "-" + (offset + length - 1));
            HttpResponse<InputStream> response = transport.send(call, 202);
            response.body().close();
            location = location(call, response);
            offset += length;
        }
        transport
                .send(Call.of("PUT", closing(location), scopes(null)), 201, 204)
                .body()
                .close();
    }
}
