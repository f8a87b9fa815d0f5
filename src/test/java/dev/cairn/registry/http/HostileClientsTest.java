package dev.cairn.registry.http;

import static dev.cairn.testing.TestRegistry.INDEX;
import static dev.cairn.testing.TestRegistry.MANIFEST;
import static dev.cairn.testing.TestRegistry.REPOSITORY;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.manifests;
import static dev.cairn.testing.TestRegistry.uploads;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.registry.PackageStore;
import dev.cairn.testing.TestRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that mean harm, or know no better. After each of them the registry serves others as before.
class HostileClientsTest {
    private static final int UPLOADS = 1000;
    private static final int TAGS = 10_000;

    @TempDir
    private static Path data;

    private static TestRegistry registry;

    @BeforeAll
    static void start() throws IOException {
        Limits limits = new Limits(1 << 20, 8 << 10, 16, 2_000, Duration.ofSeconds(2), Duration.ofSeconds(20));
        registry =
                TestRegistry.start(new TestRegistry.Setting(data.resolve("registry"), limits, PackageStore.NONE, null));
    }

    @AfterAll
    static void stop() throws IOException {
        registry.blob("others are served");
        registry.close();
    }

    /// Sends bytes as they are and gives the first line of the answer, or the empty text where there is none.
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", registry.server().port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(ISO_8859_1));
            out.flush();
            StringBuilder line = new StringBuilder();
            for (int c = socket.getInputStream().read();
                    c >= 0 && c != '\r';
                    c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            return line.toString();
        } catch (java.net.SocketException e) {
            return "";
        }
    }

    private static String head(String method, String path, String more) {
        return method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: "
                + TestRegistry.basic("owner", registry.ownerToken()) + "\r\n" + more + "\r\n";
    }

    @Test
    void pathTricksLeadNowhere() throws IOException {
        registry.image(REPOSITORY, "tag", "tricks");
        for (String path : List.of(
                "/v2/../../etc/passwd",
                "/v2/org%2Fapp/manifests/tag",
                "/v2/org/app/blobs/sha256:../../../cairn.db",
                "/v2/org/app/blobs/..%2f..%2fcairn.db",
                "/v2/org/app/blobs/uploads/..%2f..%2flock",
                "/v2//org/app/manifests/tag",
                "/v2/org/app;x=y/manifests/tag",
                "/v2/org/app\0/manifests/tag",
                "/v2/org/%00/manifests/tag",
                "/v2/org/%c0%ae%c0%ae/manifests/tag")) {
            assertThat(raw(head("GET", path, ""))).as(path).matches("(HTTP/1.1 4\\d\\d .*)?");
        }
    }

    @Test
    void lyingLengthsLeaveNothingBehind() throws IOException {
        String location = registry.upload(REPOSITORY);
        // fewer bytes than said, and then nothing: the connection is closed after the idle time
        assertThat(raw(head("PATCH", location, "Content-Length: 100\r\n") + "short"))
                .doesNotContain(" 202 ");
        String post = uploads(REPOSITORY) + "?digest=" + Digest.of("short".getBytes(UTF_8));
        assertThat(raw(head("POST", post, "Content-Length: 100\r\n") + "short")).doesNotContain(" 201 ");
        registry.get(blobs(REPOSITORY, Digest.of("short".getBytes(UTF_8)))).expect(404);
        assertThat(raw(head("PATCH", location, "Content-Length: -5\r\n") + "x")).matches("HTTP/1.1 4\\d\\d .*");
        assertThat(raw(head("PATCH", location, "Content-Length: 1\r\nContent-Length: 2\r\n") + "xy"))
                .matches("HTTP/1.1 4\\d\\d .*");
        assertThat(raw(head("PATCH", location, "Content-Length: 9\r\nTransfer-Encoding: chunked\r\n") + "0\r\n\r\n"))
                .matches("HTTP/1.1 4\\d\\d .*");
        registry.ask("DELETE", location).expect(204);
    }

    @Test
    void moreThanTheLargestBlobIsRefused() {
        registry.ask("POST", uploads(REPOSITORY) + "?digest=" + Digest.of(new byte[0]))
                .body(new byte[(1 << 20) + 1])
                .expect(413);
        String location = registry.upload(REPOSITORY);
        registry.ask("PATCH", location).body(new byte[1 << 20]).expect(202);
        registry.ask("PATCH", location).body(new byte[1]).expect(413);
        registry.ask("PATCH", location).stream(new byte[1]).expect(413);
        assertThat(registry.get(location).expect(204).header("Range")).isEqualTo("0-" + ((1 << 20) - 1));
        registry.ask("DELETE", location).expect(204);
    }

    @Test
    void largeHeadersAreRefused() throws IOException {
        assertThat(raw(head("GET", "/v2/", "X-Large: " + "x".repeat(20_000) + "\r\n")))
                .startsWith("HTTP/1.1 431 ");
        assertThat(raw(head("GET", "/v2/" + "x".repeat(20_000), ""))).startsWith("HTTP/1.1 414 ");
    }

    @Test
    void giantAndDeepManifestsAreRefused() {
        registry.push(REPOSITORY, "giant", MANIFEST, "[".repeat((4 << 20) + 1)).expect(413);
        registry.push(REPOSITORY, "deep", INDEX, "{\"a\":".repeat(100_000)).expect(400);
        String many =
                "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[" + "0,".repeat(1 << 19) + "0]}";
        registry.push(REPOSITORY, "many", INDEX, many).expect(400);
        registry.push(REPOSITORY, "twice", INDEX, "{\"schemaVersion\":2,\"manifests\":[],\"manifests\":[]}")
                .expect(400);
        registry.push(REPOSITORY, "none", MANIFEST, "").expect(400);
        registry.push(REPOSITORY, "null", MANIFEST, "null").expect(400);
        registry.push(REPOSITORY, "latin", MANIFEST, "{\"a\":\"\ud800\"}").expect(400);
    }

    @Test
    void slowClientsHoldUpNobody() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket("127.0.0.1", registry.server().port());
                socket.getOutputStream().write("GET /v2/ HTTP/1.1\r\nHost: x\r\nX-Slow: ".getBytes(UTF_8));
                slow.add(socket);
            }
            registry.image(REPOSITORY, "beside-slow", "slow");
            registry.get(manifests(REPOSITORY, "beside-slow")).expect(200);
            // silent for longer than the limit: closed, with an answer or without
            Socket first = slow.getFirst();
            first.setSoTimeout(30_000);
            assertThat(first.getInputStream().readAllBytes().length).isLessThan(1000);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /// Never silent for long, and never done.
    @Test
    void headersThatTrickleInAreCutOff(@TempDir Path folder) throws Exception {
        Limits limits = new Limits(1 << 20, 8 << 10, 16, 2_000, Duration.ofSeconds(60), Duration.ofSeconds(1));
        TestRegistry.Setting setting =
                new TestRegistry.Setting(folder.resolve("registry"), limits, PackageStore.NONE, null);
        try (TestRegistry own = TestRegistry.start(setting);
                Socket trickle = new Socket("127.0.0.1", own.server().port());
                Socket mute = new Socket("127.0.0.1", own.server().port())) {
            OutputStream out = trickle.getOutputStream();
            out.write("GET /v2/ HTTP/1.1\r\nHost: x\r\nX-Slow: ".getBytes(UTF_8));
            boolean open = true;
            for (int i = 0; i < 600 && open; i++) {
                trickle.setSoTimeout(100);
                try {
                    out.write('x');
                    open = trickle.getInputStream().read() >= 0;
                } catch (java.net.SocketTimeoutException e) {
                    // nothing said yet
                } catch (IOException e) {
                    open = false;
                }
            }
            assertThat(open).isFalse();
            mute.setSoTimeout(30_000);
            assertThat(mute.getInputStream().read()).isNegative();
            assertThat(own.get("/metrics").expect(200).text()).contains("cairn_slow_closed_total 2");
        }
    }

    @Test
    void aThousandUploadsAtOnce(@TempDir Path folder) throws Exception {
        Limits limits = new Limits(1 << 20, 8 << 10, 16, 2_000, Duration.ofSeconds(60), Duration.ofSeconds(20));
        TestRegistry.Setting setting =
                new TestRegistry.Setting(folder.resolve("registry"), limits, PackageStore.NONE, null);
        try (TestRegistry own = TestRegistry.start(setting);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < UPLOADS; i++) {
                byte[] content = ("upload " + i + " ").repeat(500).getBytes(UTF_8);
                answers.add(
                        threads.submit(() -> own.ask("POST", uploads("org/thousand") + "?digest=" + Digest.of(content))
                                .body(content)
                                .send()
                                .status()));
            }
            int kept = 0;
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(201, 429);
                kept += answer.get() == 201 ? 1 : 0;
            }
            assertThat(kept).isGreaterThan(UPLOADS / 2);
            try (Stream<Path> left = Files.list(own.data().resolve("uploads"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void tenThousandTags() {
        Digest config = registry.blob("org/tags", "{}".getBytes(UTF_8));
        String json = TestRegistry.image(config, null, "");
        Digest digest = Digest.of(json.getBytes(UTF_8));
        for (int i = 0; i < TAGS; i += 100) {
            StringBuilder query = new StringBuilder();
            for (int j = i; j < i + 100; j++) {
                query.append(j == i ? "?" : "&").append("tag=t").append(j);
            }
            registry.push("org/tags", digest + query.toString(), MANIFEST, json).expect(201);
        }
        List<String> tags = new ArrayList<>();
        String next = "/v2/org/tags/tags/list?n=3000";
        while (!next.isEmpty()) {
            TestRegistry.Answer page = registry.get(next).expect(200);
            tags.addAll(page.json().strings("tags"));
            String link = page.header("Link");
            next = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
        }
        assertThat(tags).hasSize(TAGS).isSorted().doesNotHaveDuplicates();
        registry.ask("DELETE", manifests("org/tags", digest)).expect(202);
    }
}
