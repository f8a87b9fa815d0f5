package dev.cairn.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.FetchException.Code;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
    private static final byte[] BODY = body(300_000);
    private static final Digest DIGEST = Digest.of(BODY);
    private static final Downloader.Options QUICK =
            Downloader.Options.DEFAULT.withTimes(Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = new TestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void downloadsOnceAndThenFindsItInTheCache() throws IOException {
        URI uri = server.on("/a", x -> TestServer.answer(x, 200, BODY));

        Path first = downloader().download(uri, DIGEST, BODY.length);
        Path second = downloader().download(uri, DIGEST, BODY.length);

        assertThat(first).hasBinaryContent(BODY).isEqualTo(second);
        assertThat(server.requests()).containsExactly("/a ");
        assertNothingLeftBehind();
    }

    @Test
    void saysWhichAddressIsMissing() {
        URI uri = server.on("/a", x -> TestServer.answer(x, 404, new byte[10]));

        assertThatThrownBy(() -> downloader().download(uri, DIGEST, -1))
                .hasMessage(uri + " answered with HTTP status 404");
        fails(Code.NOT_FOUND, () -> downloader().get(uri, 10));
        fails(
                Code.DENIED,
                () -> downloader().download(server.on("/b", x -> TestServer.answer(x, 403, new byte[0])), 10));
        assertThat(server.requests()).as("no second attempts").hasSize(3);
    }

    @Test
    void triesAgainAfterServerErrors() throws IOException {
        AtomicInteger count = new AtomicInteger();
        URI uri = server.on("/a", x -> {
            boolean good = count.incrementAndGet() == 4;
            TestServer.answer(x, good ? 200 : 503, good ? BODY : new byte[20]);
        });

        assertThat(downloader().download(uri, DIGEST, -1)).hasBinaryContent(BODY);
    }

    @Test
    void givesUpAfterFourAttempts() {
        URI uri = server.on("/a", x -> TestServer.answer(x, 500, new byte[0]));
        List<String> retries = new ArrayList<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void retrying(URI what, int attempt, String reason, Duration delay) {
                retries.add(attempt + " " + delay.toMillis());
            }
        };

        fails(Code.UNREACHABLE, () -> downloader(QUICK.withListener(listener)).download(uri, DIGEST, -1));
        assertThat(server.requests()).hasSize(4);
        assertThat(retries).containsExactly("1 1", "2 2", "3 4");
    }

    @Test
    void goesOnWhereItWasBrokenOff() throws IOException {
        AtomicInteger count = new AtomicInteger();
        URI uri = server.on("/a", x -> {
            x.getResponseHeaders().set("ETag", "\"v1\"");
            if (count.incrementAndGet() == 1) {
                TestServer.breakOff(x, BODY, 100_000);
            } else {
                TestServer.answerRange(x, BODY);
            }
        });

        assertThat(downloader().download(uri, DIGEST, BODY.length)).hasBinaryContent(BODY);
        assertThat(server.requests())
                .hasSize(2)
                .last()
                .asString()
                .contains("Range=bytes=")
                .contains("If-Range=\"v1\"");
    }

    @Test
    void goesOnWhereAnEarlierProcessStopped() throws IOException {
        partial(BODY, 200_000);
        URI uri = server.on("/a", x -> TestServer.answerRange(x, BODY));

        assertThat(downloader().download(uri, DIGEST, BODY.length)).hasBinaryContent(BODY);
        assertThat(server.requests()).containsExactly("/a Range=bytes=200000-");
        assertNothingLeftBehind();
    }

    @Test
    void startsAgainWhenWhatWasLeftIsSomethingElse() throws IOException {
        partial(body(200_001), 200_000);
        URI uri = server.on("/a", x -> TestServer.answerRange(x, BODY));

        assertThat(downloader().download(uri, DIGEST, BODY.length)).hasBinaryContent(BODY);
        assertThat(server.requests()).containsExactly("/a Range=bytes=200000-", "/a ");
    }

    @Test
    void startsAgainWhenTheServerHasLessThanWasLeft() throws IOException {
        partial(body(400_000), 400_000);
        URI uri = server.on("/a", x -> {
            boolean range = x.getRequestHeaders().containsKey("Range");
            TestServer.answer(x, range ? 416 : 200, range ? new byte[0] : BODY);
        });

        assertThat(downloader().download(uri, DIGEST, -1)).hasBinaryContent(BODY);
    }

    @Test
    void copesWithServersThatIgnoreRanges() throws IOException {
        partial(BODY, 1000);
        URI uri = server.on("/a", x -> TestServer.answer(x, 200, BODY));

        assertThat(downloader().download(uri, DIGEST, -1)).hasBinaryContent(BODY);
    }

    @Test
    void doesNotPutPartsOfUnknownBytesTogether() throws IOException {
        AtomicInteger count = new AtomicInteger();
        URI uri = server.on("/a", x -> {
            if (count.incrementAndGet() == 1) {
                TestServer.breakOff(x, BODY, 100_000);
            } else {
                TestServer.answerRange(x, BODY);
            }
        });

        assertThat(downloader().download(uri, 1_000_000).digest()).isEqualTo(DIGEST);
        assertThat(server.requests()).containsExactly("/a ", "/a ");
    }

    @Test
    void refusesOtherBytesAndKeepsNothing() throws IOException {
        URI uri = server.on("/a", x -> TestServer.answer(x, 200, body(299_999)));

        fails(Code.DIGEST_MISMATCH, () -> downloader().download(uri, DIGEST, -1));
        assertThat(cache().content().find(DIGEST)).isEmpty();
        assertNothingLeftBehind();
    }

    @Test
    void refusesTooManyBytesHoweverTheyCome() {
        URI told = server.on("/told", x -> TestServer.answer(x, 200, BODY));
        URI chunked = server.on("/chunked", x -> {
            x.sendResponseHeaders(200, 0);
            x.getResponseBody().write(BODY);
        });

        for (URI uri : List.of(told, chunked)) {
            fails(Code.TOO_LARGE, () -> downloader().download(uri, 1000));
            fails(Code.TOO_LARGE, () -> downloader().get(uri, 1000));
            fails(Code.TOO_LARGE, () -> downloader().download(uri, DIGEST, 1000));
        }
    }

    @Test
    void givesUpOnAServerThatSendsNothing() {
        URI uri = server.on("/a", x -> {
            x.sendResponseHeaders(200, BODY.length);
            x.getResponseBody().write(BODY, 0, 10);
            x.getResponseBody().flush();
            pause();
        });
        Downloader.Options impatient =
                QUICK.withTimes(Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofMillis(50));

        fails(Code.UNREACHABLE, () -> downloader(impatient).download(uri, 1_000_000));
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void saysThatNobodyListens() {
        URI uri = server.uri("/a");
        server.close();

        fails(Code.UNREACHABLE, () -> downloader().get(uri, 10));
    }

    @Test
    void followsRedirectsButNotToOtherSchemes() throws IOException {
        server.on("/real", x -> TestServer.answer(x, 200, BODY));
        URI uri = redirect("/a", "/real");
        URI loop = redirect("/loop", "/loop");
        URI file = redirect("/file", "file:///etc/passwd");

        assertThat(downloader().download(uri, DIGEST, -1)).hasBinaryContent(BODY);
        fails(Code.BAD_ANSWER, () -> downloader().get(loop, 10));
        fails(Code.BAD_ANSWER, () -> downloader().get(file, 10));
        assertThatThrownBy(() -> Address.redirected(URI.create("https://a.example/x"), "http://a.example/x"))
                .hasMessageContaining("refused to follow");
    }

    @Test
    void keepsCredentialsToTheirHostAndOutOfMessages() {
        URI uri = server.on("/a", x -> TestServer.answer(x, 404, new byte[0]));
        URI withUser = URI.create(uri.toString().replace("//", "//me:secret@"));

        assertThatThrownBy(() -> downloader().get(withUser, 10))
                .hasMessageNotContaining("secret")
                .hasMessageContaining(uri.toString());
        assertThat(server.requests()).containsExactly("/a Authorization=Basic bWU6c2VjcmV0");
    }

    @Test
    void asksForADocumentOnlyIfItHasChanged() throws IOException {
        AtomicInteger version = new AtomicInteger(1);
        URI uri = server.on("/a", x -> {
            String tag = "\"" + version.get() + "\"";
            x.getResponseHeaders().set("ETag", tag);
            boolean same = tag.equals(x.getRequestHeaders().getFirst("If-None-Match"));
            TestServer.answer(x, same ? 304 : 200, same ? new byte[0] : new byte[version.get()]);
        });

        assertThat(downloader().get(uri, 10).origin()).isEqualTo(Document.Origin.FETCHED);
        Document again = downloader().get(uri, 10);
        assertThat(again.origin()).isEqualTo(Document.Origin.NOT_MODIFIED);
        assertThat(again.bytes()).hasSize(1);
        version.set(2);
        assertThat(downloader().get(uri, 10).bytes()).hasSize(2);
        Document kept = downloader(QUICK.withOffline(true)).get(uri, 10);
        assertThat(kept.origin()).isEqualTo(Document.Origin.KEPT);
        assertThat(kept.bytes()).hasSize(2);
        assertThat(server.requests()).hasSize(3);
    }

    @Test
    void asksAnewWhenTheKeptBytesAreDamaged() throws IOException {
        URI uri = server.on("/a", x -> {
            x.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
            boolean asked = x.getRequestHeaders().containsKey("If-Modified-Since");
            TestServer.answer(x, asked ? 304 : 200, asked ? new byte[0] : BODY);
        });

        Files.write(downloader().get(uri, 1_000_000).path(), new byte[BODY.length]);

        assertThat(downloader().get(uri, 1_000_000).path()).hasBinaryContent(BODY);
        assertThat(downloader().get(uri, 1_000_000).origin()).isEqualTo(Document.Origin.NOT_MODIFIED);
    }

    @Test
    void offlineAsksNobody() throws IOException {
        URI uri = server.on("/a", x -> TestServer.answer(x, 200, BODY));
        Downloader offline = downloader(QUICK.withOffline(true));

        fails(Code.OFFLINE, () -> offline.get(uri, 10));
        fails(Code.OFFLINE, () -> offline.download(uri, 10));
        fails(Code.OFFLINE, () -> offline.download(uri, DIGEST, -1));
        downloader().download(uri, DIGEST, -1);
        assertThat(offline.download(uri, DIGEST, -1)).hasBinaryContent(BODY);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void readsLocalFiles() throws IOException {
        Path file = Files.write(folder.resolve("a file"), BODY);
        Downloader offline = downloader(QUICK.withOffline(true));

        assertThat(offline.download(file.toUri(), DIGEST, BODY.length)).hasBinaryContent(BODY);
        assertThat(offline.get(file.toUri(), BODY.length).digest()).isEqualTo(DIGEST);
        assertThat(offline.download(file.toUri(), BODY.length).size()).isEqualTo(BODY.length);
        fails(Code.TOO_LARGE, () -> offline.get(file.toUri(), 10));
        fails(Code.DIGEST_MISMATCH, () -> offline.download(file.toUri(), Digest.of(new byte[0]), -1));
        fails(Code.NOT_FOUND, () -> offline.get(folder.resolve("none").toUri(), 10));
    }

    @Test
    void refusesOtherSchemes() {
        fails(Code.BAD_ADDRESS, () -> downloader().get(URI.create("ftp://a.example/b"), 10));
        fails(Code.BAD_ADDRESS, () -> downloader().get(URI.create("b"), 10));
    }

    @Test
    void goesThroughAProxy() throws IOException {
        // A proxy is asked for whole addresses; to this server they are paths.
        server.on(
                "/", x -> TestServer.answer(x, 200, x.getRequestURI().toString().getBytes(StandardCharsets.UTF_8)));
        Proxies proxies = Proxies.of(Map.of("http_proxy", server.uri("").toString()));

        Document document = downloader(QUICK.withProxies(proxies)).get(URI.create("http://nowhere.example/x"), 100);

        assertThat(new String(document.bytes(), StandardCharsets.UTF_8)).isEqualTo("http://nowhere.example/x");
    }

    @Test
    void tellsHowFarItIs() throws IOException {
        URI uri = server.on("/a", x -> TestServer.answer(x, 200, BODY));
        List<Long> done = Collections.synchronizedList(new ArrayList<>());
        ProgressListener listener = new ProgressListener() {
            @Override
            public void progress(URI what, long bytes, long total) {
                assertThat(total).isEqualTo(BODY.length);
                done.add(bytes);
            }

            @Override
            public void finished(URI what, long size) {
                done.add(-size);
            }
        };

        downloader(QUICK.withListener(listener)).download(uri, DIGEST, -1);

        assertThat(done).startsWith(0L).endsWith((long) BODY.length, (long) -BODY.length);
    }

    /// Many threads of several downloaders, which stand for processes, want the same and other things at once.
    @Test
    void theSameIsDownloadedOnceHoweverManyWantIt() throws Exception {
        URI uri = server.on("/a", x -> TestServer.answerRange(x, BODY));
        Downloader one = downloader();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Path>> paths = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                paths.add(threads.submit(() -> one.download(uri, DIGEST, BODY.length)));
            }
            for (Future<Path> path : paths) {
                assertThat(path.get()).hasBinaryContent(BODY);
            }
        }
        assertThat(server.requests()).hasSize(1);
    }

    private URI redirect(String path, String location) {
        return server.on(path, x -> {
            x.getResponseHeaders().set("Location", location);
            TestServer.answer(x, 302, new byte[5]);
        });
    }

    private void partial(byte[] body, int length) throws IOException {
        Path file = cache().folder(CacheDirectory.Kind.PARTIAL).resolve("sha256-" + DIGEST.hex());
        Files.createDirectories(file.getParent());
        Files.write(file, Arrays.copyOf(body, length));
    }

    private void assertNothingLeftBehind() throws IOException {
        try (Stream<Path> files = Files.walk(cache().folder(CacheDirectory.Kind.PARTIAL))) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(f -> f.toString().endsWith(".lock"));
        }
    }

    private CacheDirectory cache() {
        return new CacheDirectory(folder.resolve("cache"));
    }

    private Downloader downloader() {
        return downloader(QUICK);
    }

    private Downloader downloader(Downloader.Options options) {
        return new Downloader(cache(), options);
    }

    private static void fails(Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FetchException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private static void pause() {
        try {
            Thread.sleep(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] body(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
