package dev.cairn.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.registry.PackageStore;
import dev.cairn.registry.http.Limits;
import dev.cairn.server.RegistryServer;
import dev.cairn.server.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Our registry in this process, on a free port, and the few words that tests say to it.
public final class TestRegistry implements AutoCloseable {
    /// Where tests push to, unless they say otherwise.
    public static final String REPOSITORY = "org/app";

    public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    private final RegistryServer server;
    private final HttpClient client;
    private final Path data;
    private final String owner;
    private final Clock clock;

    /// The access log as it is written.
    public final ByteArrayOutputStream log;

    /// A clock that stands still, or follows the real one, until a test moves it on.
    public static final class Clock implements InstantSource {
        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead.get());
        }

        /// Moves it on.
        public void advance(Duration time) {
            ahead.updateAndGet(time::plus);
        }
    }

    /// Settings of a registry for tests.
    ///
    /// @param data its folder
    /// @param limits what it takes
    /// @param packages where layers may lie
    /// @param tls its certificate, or null
    public record Setting(Path data, Limits limits, PackageStore packages, ServerOptions.Tls tls) {}

    private TestRegistry(ServerOptions options, PackageStore packages, HttpClient client) throws IOException {
        this.client = client;
        this.data = options.data();
        this.clock = new Clock();
        this.log = new ByteArrayOutputStream();
        this.server = new RegistryServer(options, packages, log, clock);
        server.start();
        this.owner = Files.readString(data.resolve("owner-token")).strip();
    }

    /// Starts one, with an organisation `org`.
    public static TestRegistry start(Path data) throws IOException {
        return start(new Setting(data, Limits.DEFAULT, PackageStore.NONE, null));
    }

    /// Starts one with these settings, and an organisation `org` where there is none yet.
    public static TestRegistry start(Setting setting) throws IOException {
        boolean fresh = !Files.exists(setting.data().resolve("owner-token"));
        TestRegistry registry = new TestRegistry(options(setting), setting.packages(), client().build());
        if (fresh && setting.tls() == null) {
            registry.organisation("org");
        }
        return registry;
    }

    /// Starts one over TLS, with an organisation `org`; its client trusts the certificate.
    public static TestRegistry startTls(Path data, TestCertificate certificate) throws IOException {
        Setting setting = new Setting(data, Limits.DEFAULT, PackageStore.NONE, certificate.tls());
        TestRegistry registry = new TestRegistry(
                options(setting),
                PackageStore.NONE,
                client().sslContext(certificate.context()).build());
        registry.organisation("org");
        return registry;
    }

    /// Starts one with these settings of the server, and an organisation `org`.
    public static TestRegistry start(ServerOptions options) throws IOException {
        TestRegistry registry = new TestRegistry(options, PackageStore.NONE, client().build());
        registry.organisation("org");
        return registry;
    }

    private static ServerOptions options(Setting setting) {
        ServerOptions options = ServerOptions.loopback(setting.data()).withLimits(setting.limits());
        return setting.tls() == null ? options : options.withTls(setting.tls());
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(20));
    }

    public Path data() {
        return data;
    }

    public Clock clock() {
        return clock;
    }

    public RegistryServer server() {
        return server;
    }

    /// The first owner's token.
    public String ownerToken() {
        return owner;
    }

    /// `127.0.0.1:port`.
    public String host() {
        return "127.0.0.1:" + server.port();
    }

    /// An answer.
    public record Answer(int status, java.net.http.HttpHeaders headers, byte[] body) {
        public String text() {
            return new String(body, UTF_8);
        }

        /// A header, or the empty text.
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        public JsonObject json() {
            return JsonObject.parse(body, "the answer", 64 << 20);
        }

        /// The code of the first error.
        public String code() {
            return json().objects("errors").getFirst().string("code");
        }
    }

    /// A request that is put together.
    public final class Ask {
        private final HttpRequest.Builder builder;
        private final String method;
        private HttpRequest.BodyPublisher body = BodyPublishers.noBody();
        private String authorization = basic("owner", owner);

        private Ask(String method, String path) {
            this.method = method;
            String address = path.startsWith("http") ? path : server.address() + path;
            this.builder = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(60));
        }

        public Ask header(String name, String value) {
            builder.header(name, value);
            return this;
        }

        public Ask body(byte[] bytes) {
            body = BodyPublishers.ofByteArray(bytes);
            return this;
        }

        public Ask body(String text) {
            return body(text.getBytes(UTF_8));
        }

        /// A body without a length.
        public Ask stream(byte[] bytes) {
            body = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(bytes));
            return this;
        }

        /// As this account, with this password or token.
        public Ask as(String name, String password) {
            authorization = basic(name, password);
            return this;
        }

        public Ask bearer(String token) {
            authorization = "Bearer " + token;
            return this;
        }

        public Ask anonymously() {
            authorization = null;
            return this;
        }

        public Answer send() {
            if (authorization != null) {
                builder.header("Authorization", authorization);
            }
            try {
                HttpResponse<byte[]> response =
                        client.send(builder.method(method, body).build(), HttpResponse.BodyHandlers.ofByteArray());
                return new Answer(response.statusCode(), response.headers(), response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /// Sends it and expects this status.
        public Answer expect(int status) {
            Answer answer = send();
            if (answer.status() != status) {
                throw new AssertionError(method + " answered " + answer.status() + ", expected " + status + ": "
                        + answer.text().substring(0, Math.min(500, answer.text().length())));
            }
            return answer;
        }
    }

    public static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    }

    public Ask ask(String method, String path) {
        return new Ask(method, path);
    }

    public Ask get(String path) {
        return ask("GET", path);
    }

    /// Makes an organisation.
    public void organisation(String name) {
        ask("POST", "/api/v1/organisations").body("{\"name\":\"" + name + "\"}").expect(201);
    }

    /// Makes a robot of an organisation with a role and gives its token.
    public String robot(String organisation, String name, String role) {
        ask("POST", "/api/v1/organisations/" + organisation + "/robots")
                .body("{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}")
                .expect(201);
        return token(organisation + "/" + name);
    }

    /// Makes a token of an account, limited to scopes where some are given.
    public String token(String account, String... scopes) {
        String list = String.join(
                ",", List.of(scopes).stream().map(s -> "\"" + s + "\"").toList());
        return ask("POST", "/api/v1/tokens")
                .body("{\"account\":\"" + account + "\",\"scopes\":[" + list + "]}")
                .expect(201)
                .json()
                .string("token");
    }

    /// Makes a repository public.
    public void makePublic(String repository) {
        ask("PUT", "/api/v1/visibility")
                .body("{\"repository\":\"" + repository + "\",\"public\":true}")
                .expect(204);
    }

    /// Pushes a blob in one piece.
    public Digest blob(String repository, byte[] bytes) {
        Digest digest = Digest.of(bytes);
        ask("POST", uploads(repository) + "?digest=" + digest).body(bytes).expect(201);
        return digest;
    }

    public Digest blob(String text) {
        return blob(REPOSITORY, text.getBytes(UTF_8));
    }

    /// Begins an upload; its address.
    public String upload(String repository) {
        return ask("POST", uploads(repository)).expect(202).header("Location");
    }

    public static String uploads(String repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }

    public static String blobs(String repository, Object digest) {
        return "/v2/" + repository + "/blobs/" + digest;
    }

    public static String manifests(String repository, Object reference) {
        return "/v2/" + repository + "/manifests/" + reference;
    }

    /// A descriptor as JSON.
    public static String descriptor(String type, Object digest, long size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    /// An image manifest as JSON; `more` are further members, each with a comma behind it.
    public static String image(Object config, Object layer, String more) {
        return "{" + more + "\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor(CONFIG, config, 2)
                + ",\"layers\":[" + (layer == null ? "" : descriptor(LAYER, layer, 1)) + "]}";
    }

    /// Pushes a manifest.
    public Ask push(String repository, Object reference, String type, String json) {
        return ask("PUT", manifests(repository, reference))
                .header("Content-Type", type)
                .body(json);
    }

    /// Pushes an image of two small blobs, whose content differs by `seed`, under a tag.
    public Digest image(String repository, String tag, String seed) {
        Digest config = blob(repository, "{}".getBytes(UTF_8));
        Digest layer = blob(repository, ("layer " + seed).getBytes(UTF_8));
        String json = image(config, layer, "");
        push(repository, tag, MANIFEST, json).expect(201);
        return Digest.of(json.getBytes(UTF_8));
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
