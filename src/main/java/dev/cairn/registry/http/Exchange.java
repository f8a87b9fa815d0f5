package dev.cairn.registry.http;

import dev.cairn.digest.Digest;
import dev.cairn.registry.DistributionException;
import dev.cairn.registry.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One request and its answer. Exactly one of the sending methods is called.
final class Exchange {
    static final String JSON = "application/json";

    /// What the handler leaves for the access log: who made the request.
    static final String SUBJECT = "dev.cairn.subject";

    /// Twice the largest manifest.
    private static final int LONGEST_DRAIN = 8 << 20;

    private static final HttpField API_VERSION =
            new PreEncodedHttpField("Docker-Distribution-Api-Version", "registry/2.0");
    private static final HttpField NO_SNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final boolean head;
    private @Nullable Query query;

    Exchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.head = request.getMethod().equals("HEAD");
        response.getHeaders().put(API_VERSION);
        response.getHeaders().put(NO_SNIFF);
    }

    String method() {
        return request.getMethod();
    }

    boolean isHead() {
        return head;
    }

    /// Whether it came over TLS.
    boolean isSecure() {
        return request.isSecure();
    }

    Query query() {
        Query known = query;
        if (known == null) {
            known = Query.parse(request.getHttpURI().getQuery());
            query = known;
        }
        return known;
    }

    /// A header of the request, or null.
    @Nullable
    String header(HttpHeader name) {
        return request.getHeaders().get(name);
    }

    /// `scheme://host[:port]`, as the client knows this server.
    String origin() {
        int port = Request.getServerPort(request);
        boolean usual = port == (isSecure() ? 443 : 80);
        return (isSecure() ? "https://" : "http://") + Request.getServerName(request) + (usual ? "" : ":" + port);
    }

    /// The length that the request's body is said to have; negative where nothing is said.
    long contentLength() {
        try {
            return request.getLength();
        } catch (NumberFormatException e) {
            throw new DistributionException(DistributionException.Code.SIZE_INVALID, "Content-Length is no length");
        }
    }

    /// The request's body as it comes.
    InputStream body() {
        return Content.Source.asInputStream(request);
    }

    /// The request's body whole.
    ///
    /// @throws DistributionException `TOO_LARGE` above the limit
    byte[] body(int limit) throws IOException {
        if (contentLength() > limit) {
            throw tooLarge(limit);
        }
        try (InputStream in = body()) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw tooLarge(limit);
            }
            return bytes;
        }
    }

    private static DistributionException tooLarge(int limit) {
        return new DistributionException(
                DistributionException.Code.TOO_LARGE, "the request's body has more than " + limit + " bytes");
    }

    /// Leaves for the log who it is.
    void isOf(String subject) {
        request.setAttribute(SUBJECT, subject);
    }

    /// Sets a header of the answer.
    Exchange put(HttpHeader name, String value) {
        response.getHeaders().put(name, value);
        return this;
    }

    /// Sets a header of the answer.
    Exchange put(String name, String value) {
        response.getHeaders().put(name, value);
        return this;
    }

    /// Adds a header to the answer.
    Exchange add(String name, String value) {
        response.getHeaders().add(name, value);
        return this;
    }

    Exchange digest(Digest digest) {
        return put("Docker-Content-Digest", digest.toString());
    }

    /// Whether the client has what this digest names already; then it has been told so.
    boolean isNotModified(String etag) {
        put(HttpHeader.ETAG, etag);
        String known = header(HttpHeader.IF_NONE_MATCH);
        if (known == null || !matches(known, etag)) {
            return false;
        }
        empty(304);
        return true;
    }

    private static boolean matches(String header, String etag) {
        if (header.strip().equals("*")) {
            return true;
        }
        for (String each : header.split(",", -1)) {
            String tag = each.strip();
            if (tag.equals(etag) || (tag.startsWith("W/") && tag.substring(2).equals(etag))) {
                return true;
            }
        }
        return false;
    }

    /// Answers without a body.
    void empty(int status) {
        response.setStatus(status);
        if (status != 204 && status != 304) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
        }
        response.write(true, null, callback);
    }

    /// Answers with these bytes, or with their length alone to HEAD.
    void send(int status, String type, byte[] bytes) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, head ? null : ByteBuffer.wrap(bytes), callback);
    }

    /// Answers with a part of bytes that nobody changes.
    void send(int status, byte[] bytes, int offset, int length) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        response.write(true, ByteBuffer.wrap(bytes, offset, length), callback);
    }

    /// Answers HEAD for a content of this length.
    void length(int status, long length) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        response.write(true, null, callback);
    }

    /// Answers with a range of a file.
    void send(int status, FileTransfer.Source source, long offset, long length) throws IOException {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        FileTransfer.start(source, offset, length, request, response, callback);
    }

    /// Answers with an error (OCI distribution-spec, "Error Codes").
    void fail(DistributionException.Code code, String message) {
        if (response.isCommitted()) {
            callback.failed(new IOException(message));
            return;
        }
        response.setStatus(code.status());
        if (!drained()) {
            // the rest of a body that nobody reads would be taken for the next request
            put(HttpHeader.CONNECTION, "close");
        }
        if (code == DistributionException.Code.TOO_MANY_REQUESTS || code == DistributionException.Code.STOPPING) {
            put(HttpHeader.RETRY_AFTER, "5");
        }
        byte[] body = ErrorJson.of(code.id(), Shown.of(message, ErrorJson.LONGEST));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    }

    /// Reads the rest of the body where it is not long: a client that is still sending would not see the answer.
    private boolean drained() {
        if (contentLength() > LONGEST_DRAIN) {
            return false;
        }
        try {
            InputStream in = body();
            byte[] buffer = new byte[8192];
            for (int left = LONGEST_DRAIN; left > 0; ) {
                int n = in.read(buffer);
                if (n < 0) {
                    return true;
                }
                left -= n;
            }
            return false;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /// Answers that something broke here; what, stands in the log.
    void failInternally() {
        if (response.isCommitted()) {
            callback.failed(new IOException("failed after the answer had begun"));
            return;
        }
        response.setStatus(500);
        byte[] body = ErrorJson.of("UNKNOWN", "something failed in the registry; its log says what");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    }

    /// Gives up: the connection is closed.
    void abort(Throwable cause) {
        callback.failed(cause);
    }
}
