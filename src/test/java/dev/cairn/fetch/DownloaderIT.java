package dev.cairn.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Downloads by several processes into one cache.
class DownloaderIT {
    private static final byte[] BODY = body();
    private static final Digest DIGEST = Digest.of(BODY);

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

    /// What each process does: CACHE URL DIGEST.
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            Downloader downloader =
                    new Downloader(new CacheDirectory(Path.of(arguments[0])), Downloader.Options.DEFAULT);
            System.out.println(downloader.download(URI.create(arguments[1]), Digest.parse(arguments[2]), -1));
        }
    }

    @Test
    void twoProcessesDownloadTheSameOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        URI uri = server.on("/a", x -> {
            x.sendResponseHeaders(200, BODY.length);
            x.getResponseBody().write(BODY, 0, 1000);
            x.getResponseBody().flush();
            await(go);
            x.getResponseBody().write(BODY, 1000, BODY.length - 1000);
        });

        Process first = child(uri);
        Process second = child(uri);
        // The one waits for the server, the other for the one.
        assertThat(second.waitFor(2, TimeUnit.SECONDS)).isFalse();
        go.countDown();

        assertThat(path(first)).isEqualTo(path(second));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aProcessGoesOnWhereAKilledOneStopped() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        URI hangs = server.on("/hangs", x -> {
            x.sendResponseHeaders(200, BODY.length);
            x.getResponseBody().write(BODY, 0, BODY.length / 2);
            x.getResponseBody().flush();
            await(never);
        });
        URI works = server.on("/works", x -> TestServer.answerRange(x, BODY));
        Path partial = folder.resolve("partial").resolve("sha256-" + DIGEST.hex());

        Process killed = child(hangs);
        for (int i = 0; i < 600 && !(Files.exists(partial) && Files.size(partial) == BODY.length / 2); i++) {
            Thread.sleep(Duration.ofMillis(50));
        }
        killed.destroyForcibly().waitFor();

        assertThat(Path.of(path(child(works)))).hasBinaryContent(BODY);
        assertThat(server.requests()).last().isEqualTo("/works Range=bytes=" + BODY.length / 2 + "-");
        never.countDown();
    }

    private Process child(URI uri) throws IOException, URISyntaxException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classes(Downloader.class) + File.pathSeparator + classes(Child.class),
                        Child.class.getName(),
                        folder.toString(),
                        uri.toString(),
                        DIGEST.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String path(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        assertThat(process.waitFor()).isZero();
        return output.strip();
    }

    private static Path classes(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] body() {
        byte[] bytes = new byte[2_000_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
