package dev.cairn.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.digest.Digest;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Index;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// A registry in this process that keeps all in memory: OCI distribution-spec 1.1 with token authentication,
/// cross-repository mounts, chunks, ranges and, on demand, trouble. Real clients (skopeo, docker) may use it too.
public final class FakeRegistry implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, Stored> manifests = new ConcurrentHashMap<>();
    private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
    private final AtomicInteger nextUpload = new AtomicInteger();
    private final ConcurrentLinkedQueue<Integer> faults = new ConcurrentLinkedQueue<>();

    /// Which requests, `METHOD path?query`, are answered with 403.
    public volatile Predicate<String> refuses = request -> false;

    /// `METHOD path?query` of each request, in order.
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /// How requests authorize themselves: none, basic or bearer.
    public volatile String auth = "none";

    /// The only user and password that are let in.
    public volatile String user = "me:secret";

    /// The refresh token that the token server takes.
    public volatile String refreshToken = "refresh";

    /// Whether there is a referrers API.
    public volatile boolean referrersApi = true;

    /// The largest request body; a larger one is answered with 413.
    public volatile int largestBody = Integer.MAX_VALUE;

    /// How many times a blob's download is cut in the middle.
    public final AtomicInteger cuts = new AtomicInteger();

    /// Whether blobs are served by a redirect to another host name.
    public volatile boolean redirects;

    /// How many tags are on a page.
    public volatile int tagsOnPage = 2;

    private record Stored(String type, byte[] bytes) {}

    private FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// Starts on a free port of the loopback address.
    public static FakeRegistry start() throws IOException {
        return new FakeRegistry();
    }

    /// `127.0.0.1:port`.
    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// The next requests below `/v2/` are answered with these statuses, one each.
    public void failWith(Integer... statuses) {
        faults.addAll(List.of(statuses));
    }

    /// The bytes of a blob, of whatever repository; null where there is none.
    public byte[] blob(String repository, Digest digest) {
        return blobs.get(repository + "@" + digest);
    }

    /// Stores a blob.
    public void putBlob(String repository, byte[] bytes) {
        blobs.put(repository + "@" + Digest.of(bytes), bytes);
    }

    /// Stores other bytes than the digest says.
    public void putWrongBlob(String repository, Digest digest, byte[] bytes) {
        blobs.put(repository + "@" + digest, bytes);
    }

    /// Stores a manifest under a tag.
    public void putManifest(String repository, String tag, String type, byte[] bytes) {
        manifests.put(repository + ":" + tag, new Stored(type, bytes));
        manifests.put(repository + ":" + Digest.of(bytes), new Stored(type, bytes));
    }

    /// How many requests began with this text.
    public long count(String start) {
        return requests.stream().filter(request -> request.startsWith(start)).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            if (path.equals("/token")) {
                token(exchange);
            } else if (path.startsWith("/elsewhere/")) {
                elsewhere(exchange, path.substring("/elsewhere/".length()));
            } else {
                Integer fault = faults.poll();
                if (refuses.test(exchange.getRequestMethod() + " " + exchange.getRequestURI())) {
                    answer(exchange, 403, error("DENIED", "refused on demand"));
                } else if (fault != null) {
                    answer(exchange, fault, error("UNKNOWN", "trouble on demand"));
                } else if (authorized(exchange)) {
                    route(exchange, path);
                }
            }
        } catch (IOException e) {
            // The client went away; a cut download looks the same.
        }
    }

    private boolean authorized(HttpExchange exchange) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String basic = "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8));
        boolean allowed = switch (auth) {
            case "none" -> true;
            case "basic" -> basic.equals(header);
            default -> header != null && header.startsWith("Bearer token:" + wanted(exchange));
        };
        if (!allowed) {
            String challenge = auth.equals("basic")
                    ? "Basic realm=\"fake\""
                    : "Bearer realm=\"http://" + host() + "/token\",service=\"fake, registry\",scope=\"x\"";
            exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
            answer(exchange, 401, error("UNAUTHORIZED", "who are you?"));
        }
        return allowed;
    }

    /// The right that a request wants, as it begins a token.
    private static String wanted(HttpExchange exchange) {
        return isRead(exchange.getRequestMethod()) ? "" : "push";
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private void token(HttpExchange exchange) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        boolean known = ("Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8))).equals(header);
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        if (exchange.getRequestMethod().equals("POST")) {
            query = query(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            known = refreshToken.equals(query.get("refresh_token"))
                    || user.equals(query.get("username") + ":" + query.get("password"));
        }
        if (header != null && !known) {
            answer(exchange, 401, error("UNAUTHORIZED", "wrong password"));
            return;
        }
        boolean push = known && query.getOrDefault("scope", "").contains("push");
        String json = "{\"token\":\"token:" + (push ? "push" : "pull") + nextUpload.incrementAndGet() + "\"}";
        answer(exchange, 200, json.getBytes(UTF_8));
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new TreeMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.merge(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), UTF_8),
                    (a, b) -> a + " " + b);
        }
        return query;
    }

    private void route(HttpExchange exchange, String path) throws IOException {
        for (String kind : new String[] {"/blobs/uploads/", "/blobs/", "/manifests/", "/tags/list", "/referrers/"}) {
            int at = path.indexOf(kind);
            if (path.startsWith("/v2/") && at > 0) {
                String repository = path.substring("/v2/".length(), at);
                String rest = path.substring(at + kind.length());
                switch (kind) {
                    case "/blobs/uploads/" -> upload(exchange, repository, rest);
                    case "/blobs/" -> blob(exchange, repository + "@" + rest);
                    case "/manifests/" -> manifest(exchange, repository, rest);
                    case "/tags/list" -> tags(exchange, repository);
                    default -> referrers(exchange, repository, rest);
                }
                return;
            }
        }
        answer(exchange, path.equals("/v2/") ? 200 : 404, "{}".getBytes(UTF_8));
    }

    private void blob(HttpExchange exchange, String key) throws IOException {
        byte[] bytes = blobs.get(key);
        if (bytes == null) {
            answer(exchange, 404, error("BLOB_UNKNOWN", "no such blob"));
        } else if (redirects && exchange.getRequestMethod().equals("GET")) {
            String other = "http://localhost:" + server.getAddress().getPort() + "/elsewhere/" + key;
            exchange.getResponseHeaders().add("Location", other);
            answer(exchange, 307, new byte[0]);
        } else {
            exchange.getResponseHeaders().add("Content-Type", "application/octet-stream");
            exchange.getResponseHeaders().add("Docker-Content-Digest", key.substring(key.indexOf('@') + 1));
            serve(exchange, bytes);
        }
    }

    private void elsewhere(HttpExchange exchange, String key) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Authorization")) {
            answer(exchange, 400, error("LEAK", "a storage server must not get the registry's token"));
        } else {
            serve(exchange, blobs.get(key));
        }
    }

    private void serve(HttpExchange exchange, byte[] bytes) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        byte[] part = bytes;
        if (range != null && range.startsWith("bytes=")) {
            int from = Integer.parseInt(range.substring(6, range.indexOf('-')));
            part = Arrays.copyOfRange(bytes, from, bytes.length);
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        if (exchange.getRequestMethod().equals("GET") && cuts.get() > 0 && cuts.getAndDecrement() > 0) {
            exchange.sendResponseHeaders(range == null ? 200 : 206, part.length);
            exchange.getResponseBody().write(part, 0, part.length / 2);
            exchange.getResponseBody().flush();
            throw new IOException("cut");
        }
        answer(exchange, range == null ? 200 : 206, part);
    }

    private void upload(HttpExchange exchange, String repository, String id) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (body.length > largestBody) {
            answer(exchange, 413, error("SIZE_INVALID", "too large"));
            return;
        }
        if (exchange.getRequestMethod().equals("POST")) {
            begin(exchange, repository, query);
            return;
        }
        ByteArrayOutputStream upload = uploads.get(id);
        if (upload == null) {
            answer(exchange, 404, error("BLOB_UPLOAD_UNKNOWN", "no such upload"));
            return;
        }
        upload.write(body);
        if (exchange.getRequestMethod().equals("PATCH")) {
            accepted(exchange, repository, id);
            return;
        }
        byte[] bytes = upload.toByteArray();
        boolean right = Digest.of(bytes).toString().equals(query.get("digest"));
        if (right) {
            putBlob(repository, bytes);
        }
        exchange.getResponseHeaders().add("Location", "/v2/" + repository + "/blobs/" + query.get("digest"));
        exchange.getResponseHeaders().add("Docker-Content-Digest", String.valueOf(query.get("digest")));
        answer(exchange, right ? 201 : 400, right ? new byte[0] : error("DIGEST_INVALID", "not these bytes"));
    }

    private void begin(HttpExchange exchange, String repository, Map<String, String> query) throws IOException {
        byte[] mounted = blobs.get(query.get("from") + "@" + query.get("mount"));
        if (mounted != null) {
            putBlob(repository, mounted);
            answer(exchange, 201, new byte[0]);
            return;
        }
        String id = Integer.toString(nextUpload.incrementAndGet());
        uploads.put(id, new ByteArrayOutputStream());
        accepted(exchange, repository, id);
    }

    private void accepted(HttpExchange exchange, String repository, String id) throws IOException {
        exchange.getResponseHeaders().add("Location", "/v2/" + repository + "/blobs/uploads/" + id + "?state=x");
        exchange.getResponseHeaders().add("Docker-Upload-UUID", id);
        int size = uploads.get(id).size();
        exchange.getResponseHeaders().add("Range", "0-" + Math.max(0, size - 1));
        answer(exchange, 202, new byte[0]);
    }

    private void manifest(HttpExchange exchange, String repository, String identifier) throws IOException {
        if (exchange.getRequestMethod().equals("PUT")) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            putManifest(repository, identifier, type, bytes);
            exchange.getResponseHeaders()
                    .add("Docker-Content-Digest", Digest.of(bytes).toString());
            if (referrersApi && new String(bytes, UTF_8).contains("\"subject\"")) {
                exchange.getResponseHeaders().add("OCI-Subject", "yes");
            }
            answer(exchange, 201, new byte[0]);
            return;
        }
        Stored stored = manifests.get(repository + ":" + identifier);
        if (stored == null) {
            answer(exchange, 404, error("MANIFEST_UNKNOWN", "no such manifest"));
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", stored.type());
        exchange.getResponseHeaders()
                .add("Docker-Content-Digest", Digest.of(stored.bytes()).toString());
        answer(exchange, 200, stored.bytes());
    }

    private void tags(HttpExchange exchange, String repository) throws IOException {
        List<String> tags = manifests.keySet().stream()
                .filter(key -> key.startsWith(repository + ":") && !key.contains(":sha256:"))
                .map(key -> key.substring(repository.length() + 1))
                .sorted()
                .toList();
        String last = query(exchange.getRequestURI().getRawQuery()).getOrDefault("last", "");
        List<String> page = tags.stream()
                .filter(tag -> tag.compareTo(last) > 0)
                .limit(tagsOnPage)
                .toList();
        if (!page.isEmpty() && !page.getLast().equals(tags.getLast())) {
            exchange.getResponseHeaders()
                    .add("Link", "</v2/" + repository + "/tags/list?last=" + page.getLast() + ">; rel=\"next\"");
        }
        String list = page.isEmpty() ? "" : "\"" + String.join("\",\"", page) + "\"";
        answer(exchange, 200, ("{\"name\":\"" + repository + "\",\"tags\":[" + list + "]}").getBytes(UTF_8));
    }

    private void referrers(HttpExchange exchange, String repository, String digest) throws IOException {
        if (!referrersApi) {
            answer(exchange, 404, "404 page not found".getBytes(UTF_8));
            return;
        }
        List<Descriptor> found = new ArrayList<>();
        new TreeMap<>(manifests).forEach((key, stored) -> {
            boolean byDigest = key.startsWith(repository + ":sha256:");
            if (byDigest && MediaType.isManifest(stored.type())) {
                Manifest manifest = Manifest.parse(stored.bytes(), key);
                Descriptor subject = manifest.subject();
                if (subject != null && subject.digest().toString().equals(digest)) {
                    found.add(Descriptor.of(stored.type(), stored.bytes())
                            .withArtifactType(manifest.artifactType())
                            .withAnnotations(manifest.annotations()));
                }
            }
        });
        exchange.getResponseHeaders().add("Content-Type", MediaType.INDEX);
        answer(exchange, 200, Index.of(found).toJson());
    }

    private static byte[] error(String code, String message) {
        return ("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}").getBytes(UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
