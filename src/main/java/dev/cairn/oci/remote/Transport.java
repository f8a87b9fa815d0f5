package dev.cairn.oci.remote;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.OciException;
import dev.cairn.oci.remote.RegistryException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends requests to one registry: authorization, redirects, retries, messages. The HTTP client is made at the first
/// request, since it costs more start-up time than all else here.
final class Transport {
    private static final int MOST_REDIRECTS = 5;
    private static final int LONGEST_ERROR = 64 << 10;
    private static final long LONGEST_WAIT_MILLIS = 30_000;

    private final Endpoint endpoint;
    private final RegistryOptions options;
    private final Authorizer authorizer;
    private @Nullable HttpClient client;

    Transport(Endpoint endpoint, RegistryOptions options) {
        this.endpoint = endpoint;
        this.options = options;
        this.authorizer = new Authorizer(endpoint, options.credentials(), this);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    // Registries want neither an upgrade request nor many streams over one connection.
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(options.connectTimeout())
                    .proxy(options.proxies().toSelector())
                    .build();
        }
        return client;
    }

    /// Sends until there is an answer with one of these statuses; `ok` empty means any 2xx.
    ///
    /// @throws RegistryException for any other status, or when every attempt has failed
    HttpResponse<InputStream> send(Call call, int... ok) throws IOException {
        for (int attempt = 1; ; attempt++) {
            String reason;
            Duration wait = options.retryDelay().multipliedBy(1L << (attempt - 1));
            try {
                HttpResponse<InputStream> response = authorized(call);
                if (isOneOf(response.statusCode(), ok)) {
                    return response;
                }
                RegistryException refusal = refusal(call, response);
                if (refusal.code() != Code.UNAVAILABLE || attempt >= options.attempts()) {
                    throw refusal;
                }
                reason = String.valueOf(refusal.getMessage());
                wait = retryAfter(response, wait);
            } catch (IOException e) {
                if (attempt >= options.attempts()) {
                    RegistryException failure = new RegistryException(
                            Code.UNAVAILABLE, call + ": " + reason(e) + " (attempt " + attempt + ")");
                    failure.initCause(e);
                    throw failure;
                }
                reason = reason(e);
            }
            options.listener().retrying(call.toString(), attempt, reason);
            pause(wait);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static boolean isOneOf(int status, int... ok) {
        for (int each : ok) {
            if (status == each) {
                return true;
            }
        }
        return ok.length == 0 && status >= 200 && status < 300;
    }

    private HttpResponse<InputStream> authorized(Call call) throws IOException {
        String authorization = authorizer.header(call.scopes());
        HttpResponse<InputStream> response = redirected(call, authorization);
        if (response.statusCode() != 401) {
            return response;
        }
        Challenge challenge = Challenge.choose(response.headers().allValues("WWW-Authenticate"));
        String better = challenge == null ? null : authorizer.answer(challenge, call.scopes(), authorization);
        if (better == null) {
            return response;
        }
        response.body().close();
        return redirected(call, better);
    }

    /// Follows redirects; another host does not get the authorization.
    private HttpResponse<InputStream> redirected(Call call, @Nullable String authorization) throws IOException {
        Call next = call;
        for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
            boolean trusted = Endpoint.sameHost(next.uri(), endpoint.base());
            HttpResponse<InputStream> response = once(next, trusted ? authorization : null);
            int status = response.statusCode();
            String location = response.headers().firstValue("Location").orElse(null);
            boolean redirect = status == 307 || status == 308 || status == 301 || status == 302 || status == 303;
            boolean reading = call.method().equals("GET") || call.method().equals("HEAD");
            if (!redirect || location == null || !(reading || status == 307 || status == 308)) {
                return response;
            }
            response.body().close();
            next = next.at(endpoint.follow(next.uri(), location));
        }
        throw new RegistryException(Code.BAD_ANSWER, call + ": more than " + MOST_REDIRECTS + " redirects");
    }

    /// Sends once, as it is.
    HttpResponse<InputStream> once(Call call, @Nullable String authorization) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri())
                .timeout(options.answerTimeout())
                .header("User-Agent", "cairn")
                .method(call.method(), publisher(call));
        call.headers().forEach(request::header);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return client().send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(Code.UNAVAILABLE, call + ": interrupted");
        }
    }

    private static HttpRequest.BodyPublisher publisher(Call call) {
        Call.Body body = call.body();
        if (body == null) {
            return BodyPublishers.noBody();
        }
        return BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> {
                    try {
                        return new BodyStream(body, call.progress());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }),
                body.length());
    }

    private static Duration retryAfter(HttpResponse<InputStream> response, Duration fallback) {
        String header = response.headers().firstValue("Retry-After").orElse("");
        boolean seconds = !header.isEmpty() && header.length() < 6;
        for (int i = 0; i < header.length(); i++) {
            seconds &= Character.isDigit(header.charAt(i));
        }
        return seconds ? Duration.ofSeconds(Long.parseLong(header)) : fallback;
    }

    private static void pause(Duration wait) throws IOException {
        try {
            Thread.sleep(Math.min(wait.toMillis(), LONGEST_WAIT_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// The exception for an answer that is no success. It closes the answer.
    RegistryException refusal(Call call, HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        Code code = switch (status) {
            case 401, 403 -> Code.DENIED;
            case 404 -> Code.NOT_FOUND;
            case 408, 425, 429, 500, 502, 503, 504 -> Code.UNAVAILABLE;
            default -> status < 400 ? Code.BAD_ANSWER : Code.REFUSED;
        };
        String said;
        try (InputStream body = response.body()) {
            said = said(body.readNBytes(LONGEST_ERROR));
        }
        String advice = code == Code.DENIED ? "\ntry: docker login " + endpoint.registry() : "";
        return new RegistryException(code, call + ": status " + status + said + advice);
    }

    /// The error codes and messages in an answer (OCI distribution-spec, "Error codes"), as far as there are any.
    private static String said(byte[] body) {
        StringBuilder said = new StringBuilder();
        try {
            for (JsonObject error :
                    JsonObject.parse(body, "error", LONGEST_ERROR).objects("errors")) {
                said.append(said.isEmpty() ? ": " : ", ").append(error.optionalString("code"));
                String message = error.optionalString("message");
                said.append(message == null ? "" : " (" + message + ")");
            }
        } catch (OciException e) {
            return "";
        }
        for (int i = 0; i < said.length(); i++) {
            if (Character.isISOControl(said.charAt(i))) {
                said.setCharAt(i, ' ');
            }
        }
        said.setLength(Math.min(said.length(), 300));
        return said.toString();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    URI at(String path) {
        return endpoint.at(path);
    }

    /// The answers' header, or null.
    static @Nullable String header(HttpResponse<?> response, String name) {
        List<String> values = response.headers().allValues(name);
        return values.isEmpty() ? null : values.getFirst();
    }
}
