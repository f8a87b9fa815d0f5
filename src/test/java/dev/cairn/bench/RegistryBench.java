package dev.cairn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.testing.TestCertificate;
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
import org.jspecify.annotations.Nullable;

/// `./dev bench registry [SECONDS] [--peer ADDRESS] [--many N]`: CPU of the server for a request, ours and that of
/// Debian's docker-registry or of the server at ADDRESS (on this machine, open to everybody), in one run: a manifest by
/// its tag, a blob of 600 bytes, a layer of 24 MB; ours again with a bearer token and over TLS, and with N repositories
/// of 100 tags each. wrk on the loopback address; the figures are of the second round, the first one warms up. Needs
/// wrk
/// and docker-registry.
public final class RegistryBench {
    private static final String TYPE = "application/vnd.docker.distribution.manifest.v2+json";
    private static final int CONNECTIONS = 16;
    private static final double TICKS = 100;

    private final Path folder;
    private final Options options;
    private final TestCertificate certificate;
    private final HttpClient client;

    private RegistryBench(Path folder, Options options) throws IOException {
        this.folder = folder;
        this.options = options;
        this.certificate = TestCertificate.make(folder, "EC");
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(certificate.context())
                .build();
    }

    /// What was asked for.
    private record Options(int seconds, @Nullable String peer, int many) {
        static Options parse(String[] args) {
            int seconds = 5;
            String peer = null;
            int many = 0;
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--peer" -> peer = args[++i];
                    case "--many" -> many = Integer.parseInt(args[++i]);
                    default -> seconds = Integer.parseInt(args[i]);
                }
            }
            return new Options(seconds, peer, many);
        }
    }

    /// A server under test.
    private record Server(ProcessHandle process, String address, String authorization) {
        void stop() {
            process.destroy();
            process.onExit().join();
        }
    }

    /// What is asked of it.
    private record Target(String what, String path, double bar) {}

    /// Runs it.
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("registry-bench");
        new RegistryBench(folder, Options.parse(args)).run();
    }

    private void run() throws Exception {
        Server ours = ours();
        Server peer = options.peer() == null ? peer() : foreign(options.peer());
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
            if (options.many() > 0) {
                new ManyRepositories(options.many(), client, ours.address(), ours.authorization()).fill();
                many(ours);
            }
            print("peak memory: %s, peer %s", peak(ours), peak(peer));
            ours.stop();
            // the same folder: everything is there already
            ours = ours(
                    "--tls-cert",
                    path(certificate.tls().certificate()),
                    "--tls-key",
                    path(certificate.tls().key()));
            for (Target target : targets) {
                measure(ours, target, "");
                print("%s over TLS: %.1f µs", target.what(), measure(ours, target, ""));
            }
            print("peak memory over TLS: %s", peak(ours));
        } finally {
            ours.stop();
            if (options.peer() == null) {
                peer.stop();
            }
        }
    }

    private static String path(Path file) {
        return file.toString();
    }

    private void many(Server ours) throws IOException, InterruptedException {
        Path one = ManyRepositories.script(folder.resolve("one.lua"), 1, ours.authorization());
        Path all = ManyRepositories.script(folder.resolve("all.lua"), options.many(), ours.authorization());
        Target target = new Target("any tag of many", "/", 1);
        measure(ours, target, one);
        double few = measure(ours, target, one);
        measure(ours, target, all);
        double lots = measure(ours, target, all);
        print(
                "a random tag of %d repositories with 100 tags each: %.1f µs, of one of them %.1f µs, ratio %.2f",
                options.many(), lots, few, lots / few);
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

    private Server ours(String... flags) throws IOException, InterruptedException {
        int port = freePort();
        Path data = folder.resolve("ours");
        List<String> command = new ArrayList<>(
                List.of("./cairn", "serve", "--data", data.toString(), "--listen", "127.0.0.1:" + port));
        command.addAll(List.of(flags));
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("ours.log").toFile())
                .start();
        String address = (flags.length == 0 ? "http" : "https") + "://127.0.0.1:" + port;
        await(address + "/readyz", process);
        long millis = (System.nanoTime() - begun) / 1_000_000;
        String token = Files.readString(data.resolve("owner-token")).strip();
        Server server = new Server(process.toHandle(), address, TestRegistry.basic("owner", token));
        print("ready after %d ms, %.2f s of CPU (bar 1500 ms)", millis, cpu(server));
        return server;
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
        return new Server(process.toHandle(), "http://127.0.0.1:" + port, "");
    }

    /// A server that runs already: the process that listens on the address's port.
    private static Server foreign(String address) throws IOException {
        URI uri = URI.create(address.contains("://") ? address : "http://" + address);
        Process ss = new ProcessBuilder("ss", "-Hltnp", "sport = :" + uri.getPort()).start();
        String said = new String(ss.getInputStream().readAllBytes(), UTF_8);
        int at = said.indexOf("pid=");
        if (at < 0) {
            throw new IOException("no process of this machine listens at " + address + ": its CPU can't be read");
        }
        long pid = Long.parseLong(said.substring(at + 4, said.indexOf(',', at)));
        return new Server(ProcessHandle.of(pid).orElseThrow(), uri.toString(), "");
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
        return measure(server, target, token.isEmpty() ? List.of() : List.of("-H", "Authorization: Bearer " + token));
    }

    private double measure(Server server, Target target, Path script) throws IOException, InterruptedException {
        return measure(server, target, List.of("-s", script.toString()));
    }

    private double measure(Server server, Target target, List<String> more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("wrk", "-t1", "-c" + CONNECTIONS, "-d" + options.seconds() + "s", "-H", "Accept: " + TYPE));
        command.addAll(more);
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
