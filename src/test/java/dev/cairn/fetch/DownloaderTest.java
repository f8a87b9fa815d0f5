package dev.cairn.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cairn.digest.Digest;
import dev.cairn.fetch.FetchException.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
    private static final byte[] CONTENT = new byte[300_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @TempDir
    Path folder;

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    /// What happens to the next requests, one each; then all goes well.
    private final Queue<Fault> faults = new ArrayDeque<>();

    private interface Fault {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(String.valueOf(range));
            Fault fault;
            synchronized (faults) {
                fault = faults.poll();
            }
            try (exchange) {
                if (fault == null) {
                    send(exchange, CONTENT.length);
                } else {
                    fault.answer(exchange);
                }
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    /// Sends what is asked for, of which it breaks off before `end`.
    private static void send(HttpExchange exchange, int end) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.substring(6, range.indexOf('-')));
        exchange.getResponseHeaders().add("ETag", "\"one\"");
        if (from > 0) {
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + from + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, CONTENT.length - from);
        OutputStream out = exchange.getResponseBody();
        out.write(CONTENT, from, Math.max(0, end - from));
        out.flush();
    }

    /// Until the test is over.
    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Fault status(int code) {
        return exchange -> exchange.sendResponseHeaders(code, -1);
    }

    private static Fault cut(int at) {
        return exchange -> send(exchange, at);
    }

    private Downloader downloader(String cache) {
        Duration soon = Duration.ofMillis(1);
        return new Downloader(
                new CacheDirectory(folder.resolve(cache)),
                Downloader.Options.DEFAULT.withTimes(soon, Duration.ofSeconds(5), Duration.ofMillis(400)));
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
    }

    private byte[] fetched(String cache) throws IOException {
        return Files.readAllBytes(downloader(cache).download(uri(), Digest.of(CONTENT), CONTENT.length));
    }

    @Test
    void aTransferThatBreaksOffGoesOnWhereItStopped() throws IOException {
        faults.add(cut(100_000));
        faults.add(cut(200_000));
        assertThat(fetched("a")).isEqualTo(CONTENT);
        assertThat(requests).containsExactly("null", "bytes=100000-", "bytes=200000-");
    }

    @Test
    void alsoInALaterProcess() throws IOException {
        for (int i = 0; i < 4; i++) {
            faults.add(cut(100_000));
        }
        assertThatThrownBy(() -> fetched("a")).isInstanceOf(FetchException.class);
        requests.clear();
        assertThat(fetched("a")).isEqualTo(CONTENT);
        assertThat(requests).containsExactly("bytes=100000-");
    }

    @Test
    void whatMayPassIsTriedAgain() throws IOException {
        faults.addAll(List.of(status(500), status(503), status(429)));
        assertThat(fetched("a")).isEqualTo(CONTENT);
        assertThat(requests).hasSize(4);
    }

    @Test
    void andThenGivenUpWithTheServersName() {
        for (int i = 0; i < 9; i++) {
            faults.add(status(500));
        }
        assertThatThrownBy(() -> fetched("a"))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining(uri().toString())
                .hasMessageContaining("500");
        assertThat(requests).hasSize(4);
    }

    @Test
    void whatIsNotThereIsNotAskedForTwice() {
        faults.add(status(404));
        assertThatThrownBy(() -> fetched("a"))
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND))
                .hasMessageContaining(uri().toString());
        assertThat(requests).hasSize(1);
    }

    @Test
    void aServerThatSendsNothingIsLeft() throws IOException {
        faults.add(exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 1000);
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        assertThat(fetched("a")).isEqualTo(CONTENT);
        assertThat(requests).hasSize(2);
    }

    @Test
    void otherBytesAreRefusedAndLeaveNothing() throws IOException {
        Digest other = Digest.of(new byte[] {1});
        assertThatThrownBy(() -> downloader("a").download(uri(), other, CONTENT.length))
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.code()).isEqualTo(Code.DIGEST_MISMATCH))
                .hasMessageContaining(Digest.of(CONTENT).toString());
        assertThat(files("a")).noneMatch(each -> each.toString().contains("content"));
    }

    @Test
    void moreBytesThanExpectedAreRefused() {
        assertThatThrownBy(() -> downloader("a").download(uri(), Digest.of(CONTENT), 1000))
                .isInstanceOfSatisfying(
                        FetchException.class, e -> assertThat(e.code()).isEqualTo(Code.TOO_LARGE));
    }

    @Test
    void severalAtOnceFetchOnce() throws Exception {
        List<Thread> threads = Stream.generate(() -> Thread.ofVirtual().unstarted(() -> {
                    try {
                        fetched("a");
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }))
                .limit(8)
                .toList();
        threads.forEach(Thread::start);
        for (Thread each : threads) {
            each.join();
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void aBundleKeepsUnderAddressesAndNames() throws IOException {
        Bundle bundle = new Bundle(folder.resolve("b"), Map.of(uri().resolve("/"), "named"));
        Downloader into = Downloader.into(bundle, new CacheDirectory(folder.resolve("a")), Downloader.Options.DEFAULT);
        into.download(uri(), Digest.of(CONTENT), CONTENT.length);
        assertThat(folder.resolve("b/named/file")).hasBinaryContent(CONTENT);
        requests.clear();
        Downloader from = Downloader.from(bundle, new CacheDirectory(folder.resolve("c")), Downloader.Options.DEFAULT);
        assertThat(Files.readAllBytes(from.download(uri(), Digest.of(CONTENT), CONTENT.length)))
                .isEqualTo(CONTENT);
        assertThatThrownBy(() -> from.get(uri().resolve("/other"), 1000))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining("has no named/other");
        assertThat(requests).isEmpty();
        assertThatThrownBy(() -> bundle.place(uri().resolve("/../../escape"))).isInstanceOf(FetchException.class);
    }

    private List<Path> files(String cache) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(cache))) {
            return all.filter(Files::isRegularFile)
                    .filter(each ->
                            !Arrays.asList("locks").contains(each.getFileName().toString()))
                    .toList();
        }
    }
}
