package dev.cairn.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One GET request over HTTP/1.1 (RFC 9110), with its redirects. No retries here.
///
/// The JDK's older client on purpose: measured, a first request takes 60 ms with it, 420 ms with `java.net.http`.
final class HttpSource {
    private static final int MAX_REDIRECTS = 10;
    private static final int MAX_DRAINED = 64 * 1024;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Proxies proxies;
    private final Duration connectTimeout;
    private final Duration stallTimeout;

    HttpSource(Proxies proxies, Duration connectTimeout, Duration stallTimeout) {
        this.proxies = proxies;
        this.connectTimeout = connectTimeout;
        this.stallTimeout = stallTimeout;
    }

    /// What to ask for: the bytes from `offset` on, if `known` still holds for those before; or all, but only if the
    /// resource is no longer what `known` says.
    record Request(URI uri, long offset, Validator known) {}

    /// What the server said.
    sealed interface Answer {
        /// Bytes from `offset` to the end; `total` is the whole resource's length, or -1.
        record Body(HttpURLConnection connection, InputStream in, long offset, long total, Validator validator)
                implements Answer {
            /// Gives up on the rest.
            void abort() {
                connection.disconnect();
            }
        }

        /// The resource is what it was.
        record NotModified() implements Answer {}

        /// The resource is not longer than the offset asked for: what is there is not its beginning.
        record NothingThere() implements Answer {}
    }

    /// An answer that another attempt may improve.
    static final class TryAgain extends IOException {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable Duration after;

        TryAgain(String message, @Nullable Duration after) {
            super(message);
            this.after = after;
        }

        /// How long the server wants us to wait, or null.
        @Nullable
        Duration after() {
            return after;
        }
    }

    /// Asks. An IOException is worth another attempt, a FetchException is not.
    Answer get(Request request) throws IOException {
        URI uri = request.uri();
        for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
            HttpURLConnection connection = open(request, uri);
            String location = connection.getHeaderField("Location");
            if (!isRedirect(connection.getResponseCode()) || location == null) {
                return answer(request, connection);
            }
            drain(connection);
            uri = Address.redirected(uri, location);
        }
        throw new FetchException(
                FetchException.Code.BAD_ANSWER,
                "gave up on " + Address.shown(request.uri()) + " after " + MAX_REDIRECTS + " redirects");
    }

    private HttpURLConnection open(Request request, URI uri) throws IOException {
        @Nullable URI proxy = proxies.proxyFor(uri);
        HttpURLConnection connection =
                (HttpURLConnection) Address.withoutUser(uri).toURL().openConnection(Proxies.toProxy(proxy));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setConnectTimeout((int) connectTimeout.toMillis());
        connection.setReadTimeout((int) stallTimeout.toMillis());
        connection.setRequestProperty("User-Agent", "cairn");
        connection.setRequestProperty("Accept", "*/*");
        authorize(connection, "Authorization", uri);
        if (proxy != null) {
            authorize(connection, "Proxy-Authorization", proxy);
        }
        if (request.offset() > 0) {
            connection.setRequestProperty("Range", "bytes=" + request.offset() + "-");
            setUnlessEmpty(connection, "If-Range", request.known().ifRange());
        } else {
            setUnlessEmpty(connection, "If-None-Match", request.known().etag());
            setUnlessEmpty(connection, "If-Modified-Since", request.known().lastModified());
        }
        return connection;
    }

    private static void setUnlessEmpty(HttpURLConnection connection, String name, String value) {
        if (!value.isEmpty()) {
            connection.setRequestProperty(name, value);
        }
    }

    private static void authorize(HttpURLConnection connection, String field, URI uri) {
        String user = uri.getUserInfo();
        if (user != null) {
            String credentials = Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
            connection.setRequestProperty(field, "Basic " + credentials);
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static Answer answer(Request request, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK) {
            return body(connection, 0, connection.getContentLengthLong());
        }
        if (status == HttpURLConnection.HTTP_PARTIAL) {
            return partial(request, connection);
        }
        if (status == HttpURLConnection.HTTP_NOT_MODIFIED) {
            return new Answer.NotModified();
        }
        drain(connection);
        if (status == RANGE_NOT_SATISFIABLE) {
            return new Answer.NothingThere();
        }
        throw refusal(request.uri(), status, connection.getHeaderField("Retry-After"));
    }

    private static Answer.Body body(HttpURLConnection connection, long offset, long total) throws IOException {
        Validator validator = new Validator(
                Objects.requireNonNullElse(connection.getHeaderField("ETag"), ""),
                Objects.requireNonNullElse(connection.getHeaderField("Last-Modified"), ""));
        return new Answer.Body(connection, connection.getInputStream(), offset, total, validator);
    }

    /// Reads `Content-Range: bytes FIRST-LAST/TOTAL` (section 14.4).
    private static Answer partial(Request request, HttpURLConnection connection) throws IOException {
        String range = Objects.requireNonNullElse(connection.getHeaderField("Content-Range"), "");
        int dash = range.indexOf('-');
        int slash = range.indexOf('/');
        if (range.startsWith("bytes ") && dash > 0 && slash > dash) {
            try {
                long first =
                        Long.parseLong(range.substring("bytes ".length(), dash).strip());
                String total = range.substring(slash + 1).strip();
                if (first == request.offset() && first > 0) {
                    return body(connection, first, total.equals("*") ? -1 : Long.parseLong(total));
                }
            } catch (NumberFormatException e) {
                // Falls through: an answer that cannot be understood.
                drain(connection);
            }
        }
        connection.disconnect();
        throw new FetchException(
                FetchException.Code.BAD_ANSWER,
                "asked " + Address.shown(request.uri()) + " for the bytes from " + request.offset()
                        + ", it answered with '" + range + "'");
    }

    private static IOException refusal(URI uri, int status, @Nullable String retryAfter) {
        String message = Address.shown(uri) + " answered with HTTP status " + status;
        FetchException.Code code = switch (status) {
            case 404, 410 -> FetchException.Code.NOT_FOUND;
            case 401, 403, 407 -> FetchException.Code.DENIED;
            default -> FetchException.Code.BAD_ANSWER;
        };
        if (status >= 500 || status == TOO_MANY_REQUESTS || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT) {
            return new TryAgain(message, seconds(retryAfter));
        }
        throw new FetchException(code, message);
    }

    private static @Nullable Duration seconds(@Nullable String retryAfter) {
        try {
            return retryAfter == null ? null : Duration.ofSeconds(Math.max(0, Long.parseLong(retryAfter.strip())));
        } catch (NumberFormatException e) {
            // The other form, a date, needs clocks that agree: our own delays will do.
            return null;
        }
    }

    /// Reads what is left of a short answer, so that the connection can serve the next request.
    private static void drain(HttpURLConnection connection) throws IOException {
        InputStream error = connection.getErrorStream();
        try (InputStream in = error != null ? error : InputStream.nullInputStream()) {
            if (in.readNBytes(MAX_DRAINED).length == MAX_DRAINED) {
                connection.disconnect();
            }
        }
    }
}
