package dev.cairn.cli;

import dev.cairn.oci.JsonObject;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.OciException;
import dev.cairn.oci.remote.Credential;
import dev.cairn.oci.remote.DockerCredentials;
import dev.cairn.server.FirstOwner;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/// Talks to the JSON API of a registry of ours, with the credentials that `docker login` has left, else the first
/// owner's token where the registry's folder is on this machine.
final class RegistryApi {
    private static final String USUAL = "127.0.0.1:5000";
    private static final int LONGEST_ANSWER = 64 << 20;

    private final String host;
    private final @Nullable String authorization;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(20))
            .build();

    private RegistryApi(String host, @Nullable String authorization) {
        this.host = host;
        this.authorization = authorization;
    }

    /// `--registry`, for commands that name no image.
    static OptionSpec option() {
        return Spec.text("HOST", "The registry (else CAIRN_REGISTRY, else " + USUAL + ").", "--registry");
    }

    /// The registry that an option or the environment names.
    static RegistryApi open(Session session, OptionSpec option) throws IOException {
        String given = option.getValue();
        return open(session, given == null ? session.environment().getOrDefault("CAIRN_REGISTRY", USUAL) : given);
    }

    /// The registry at this host, as references name it.
    static RegistryApi open(Session session, String host) throws IOException {
        return new RegistryApi(host, authorization(session.environment(), host));
    }

    private static @Nullable String authorization(Map<String, String> environment, String host) throws IOException {
        return switch (new DockerCredentials(environment).find(host, "")) {
            case Credential.Password password -> password.header();
            case Credential.IdentityToken token -> "Bearer " + token.token();
            case Credential.Anonymous _ -> {
                Path file = DataPlace.of(environment).resolve(FirstOwner.FILE);
                yield isLoopback(host) && Files.isReadable(file)
                        ? "Bearer " + Files.readString(file).strip()
                        : null;
            }
        };
    }

    private static boolean isLoopback(String host) {
        return host.startsWith("localhost") || host.startsWith("127.") || host.startsWith("[::1]");
    }

    /// The answer to a GET.
    JsonObject get(String path) throws IOException {
        return answer(request("GET", path, null));
    }

    /// Sends a JSON object; an answer without a body is null.
    @Nullable
    JsonObject send(String method, String path, JsonWriter body) throws IOException {
        byte[] bytes = request(method, path, body.finish());
        return bytes.length == 0 ? null : answer(bytes);
    }

    /// Sends a request without a body; an answer without one is null.
    @Nullable
    JsonObject send(String method, String path) throws IOException {
        byte[] bytes = request(method, path, null);
        return bytes.length == 0 ? null : answer(bytes);
    }

    private JsonObject answer(byte[] bytes) {
        return JsonObject.parse(bytes, "the answer of " + host, LONGEST_ANSWER);
    }

    private byte[] request(String method, String path, byte @Nullable [] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((isLoopback(host) ? "http://" : "https://") + host + "/api/v1/" + path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                byte[] bytes = in.readNBytes(LONGEST_ANSWER);
                if (response.statusCode() > 299) {
                    throw refused(response.statusCode(), bytes);
                }
                return bytes;
            }
        } catch (ConnectException e) {
            throw new CliException(
                    CliException.Code.FAILED,
                    "no registry answers at " + host + "\ntry: cairn serve, or --registry HOST");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private CliException refused(int status, byte[] body) {
        String message = "HTTP " + status;
        try {
            List<JsonObject> errors = answer(body).objects("errors");
            message = errors.isEmpty() ? message : errors.getFirst().string("message");
        } catch (OciException e) {
            // not an answer of ours: the status is all there is to say
            message += ", which is not an answer of a Cairn registry";
        }
        String hint = status == 401 ? "\ntry: docker login " + host : "";
        return new CliException(CliException.Code.FAILED, host + ": " + message + hint);
    }

    /// A text as a part of a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// The registry's host.
    String host() {
        return host;
    }
}
