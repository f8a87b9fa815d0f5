package dev.cairn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.testing.TestRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// `./dev bench registry [SECONDS]`: CPU of the server for a request, ours and that of Debian's docker-registry, in one
/// run: a manifest by its tag, a blob of 600 bytes, a layer of 24 MB, and a manifest with a bearer token. wrk on the
/// loopback address; the figures are of the second round, the first one warms up. Needs wrk and docker-registry.
public final class RegistryBench {
    private static final String TYPE = "application/vnd.docker.distribution.manifest.v2+json";
    private static final int CONNECTIONS = 16;
    private static final double TICKS = 100;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final int seconds;

    private RegistryBench(Path folder, int seconds) {
        this.folder = folder;
        this.seconds = seconds;
    }

    /// A server under test.
    private record Server(Process process, String address, String authorization) {}

    /// What is asked of it.
    private record Target(String what, String path, double bar) {}

    /// Runs it.
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("registry-bench");
        new RegistryBench(folder, args.length == 0 ? 5 : Integer.parseInt(args[0])).run();
    }

    private void run() throws Exception {
        long begun = System.nanoTime();
        Server ours = ours();
        System.out.println("ready after " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        Server peer = peer();
        try {
            send(ours, "POST", "/api/v1/organisations", "{\"name\":\"org\"}".getBytes(UTF_8));
            List<Target> targets = List.of();
            for (Server server : List.of(ours, peer)) {
                targets = fill(server);
            }
            send(ours, "PUT", "/api/v1/visibility", "{\"repository\":\"org/app\",\"public\":true}".getBytes(UTF_8));
            for (Target target : targets) {
                measure(ours, target, "");
                double own = measure(ours, target, "");
                measure(peer, target, "");
                double its = measure(peer, target, "");
                print(
                        target.what() + ": %.1f µs, peer %.1f µs, ratio 1/%.1f (bar 1/%.1f)",
                        own,
                        its,
                        its / own,
                        target.bar());
            }
            bearer(ours, targets.getFirst());
            print("peak memory: %s, peer %s", peak(ours), peak(peer));
        } finally {
            ours.process().destroy();
            peer.process().destroy();
            ours.process().waitFor(30, TimeUnit.SECONDS);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private void bearer(Server ours, Target manifest) throws IOException, InterruptedException {
        byte[] answer = send(ours, "GET", "/token?scope=repository:org/app:pull", new byte[0])
                .body();
        String token = JsonObject.parse(answer, "the token", 1 << 16).string("token");
        measure(ours, manifest, token);
        double with = measure(ours, manifest, token);
        double without = measure(ours, manifest, "");
        print("with a bearer token: %.1f µs, without %.1f µs, ratio %.2f (bar 1.3)", with, without, with / without);
    }

    private Server ours() throws IOException, InterruptedException {
        int port = freePort();
        Path data = folder.resolve("ours");
        Process process = new ProcessBuilder(
                        "./cairn", "serve", "--data", data.toString(), "--listen", "127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ours.log").toFile())
                .start();
        await("http://127.0.0.1:" + port + "/readyz", process);
        String token = Files.readString(data.resolve("owner-token")).strip();
        return new Server(process, "http://127.0.0.1:" + port, TestRegistry.basic("owner", token));
    }

    private Server peer() throws IOException, InterruptedException {
        int port = freePort();
        Path configuration = Files.writeString(
                folder.resolve("peer.yml"),
                """
                version: 0.1
                log: {level: error, accesslog: {disabled: true}}
                storage: {filesystem: {rootdirectory: %s}, cache: {blobdescriptor: inmemory}}
                http: {addr: 127.0.0.1:%s}
                """.replaceFirst("%s", folder.resolve("peer").toString()).replaceFirst("%s", Integer.toString(port)));
        Process process = new ProcessBuilder("docker-registry", "serve", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("peer.log").toFile())
                .start();
        await("http://127.0.0.1:" + port + "/v2/", process);
        return new Server(process, "http://127.0.0.1:" + port, "");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void await(String address, Process process) throws InterruptedException {
        while (process.isAlive()) {
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(address)).build();
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("the server of " + address + " has ended; see its log beside the data");
    }

    private HttpResponse<byte[]> send(Server server, String method, String path, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(path.startsWith("http") ? path : server.address() + path))
                .header("Content-Type", path.contains("/manifests/") ? TYPE : "application/octet-stream")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (!server.authorization().isEmpty()) {
            request.header("Authorization", server.authorization());
        }
        HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() > 299) {
            throw new IllegalStateException(method + " " + path + ": " + response.statusCode());
        }
        return response;
    }

    private List<Target> fill(Server server) throws IOException, InterruptedException {
        byte[] small = new byte[600];
        byte[] large = new byte[24_000_000];
        new Random(1).nextBytes(small);
        new Random(2).nextBytes(large);
        List<Digest> digests = new ArrayList<>();
        for (byte[] blob : List.of("{}".getBytes(UTF_8), small, large)) {
            Digest digest = Digest.of(blob);
            String location = send(server, "POST", TestRegistry.uploads("org/app"), new byte[0])
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            send(server, "PUT", location + (location.contains("?") ? "&" : "?") + "digest=" + digest, blob);
            digests.add(digest);
        }
        String json = TestRegistry.image(digests.get(0), digests.get(2), "")
                .replace(TestRegistry.MANIFEST, TYPE)
                .replace(TestRegistry.CONFIG, "application/vnd.docker.container.image.v1+json")
                .replace(TestRegistry.LAYER, "application/vnd.docker.image.rootfs.diff.tar.gzip")
                .replace("\"size\":1}", "\"size\":" + large.length + "}");
        send(server, "PUT", TestRegistry.manifests("org/app", "tag"), json.getBytes(UTF_8));
        return List.of(
                new Target("manifest by tag", TestRegistry.manifests("org/app", "tag"), 12),
                new Target("blob of 600 bytes", TestRegistry.blobs("org/app", digests.get(1)), 15),
                new Target("layer of 24 MB", TestRegistry.blobs("org/app", digests.get(2)), 1 / 0.6));
    }

    /// CPU of the server for a request, in microseconds.
    private double measure(Server server, Target target, String token) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", "-H", "Accept: " + TYPE));
        if (!token.isEmpty()) {
            command.addAll(List.of("-H", "Authorization: Bearer " + token));
        }
        command.add(server.address() + target.path());
        double before = cpu(server);
        Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(wrk.getInputStream().readAllBytes(), UTF_8);
        wrk.waitFor();
        double used = cpu(server) - before;
        if (output.contains("Non-2xx")) {
            throw new IllegalStateException(output);
        }
        String words = output.substring(0, output.indexOf(" requests in"));
        long requests =
                Long.parseLong(words.substring(words.lastIndexOf('\n') + 1).strip());
        return used * 1e6 / Math.max(1, requests);
    }

    /// Seconds of CPU that the process has used: user and system, from its `stat`.
    private static double cpu(Server server) throws IOException {
        String stat =
                Files.readString(Path.of("/proc", Long.toString(server.process().pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    }

    private static String peak(Server server) throws IOException {
        for (String line : Files.readAllLines(
                Path.of("/proc", Long.toString(server.process().pid()), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return line.substring("VmHWM:".length()).strip();
            }
        }
        return "?";
    }
}
