package dev.cairn.server;

import static dev.cairn.testing.TestRegistry.MANIFEST;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.manifests;
import static dev.cairn.testing.TestRegistry.uploads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.oci.JsonObject;
import dev.cairn.testing.TestRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promise: a server that is killed in the midst of pushes, moves of tags and garbage collection has everything
/// that
/// it acknowledged, whole, and keeps nothing else. `CAIRN_CRASH_ROUNDS` sets how many times it is killed, and
/// `CAIRN_CRASH_SEED` where the random moments begin.
class CrashIT {
    private static final int ROUNDS = Integer.parseInt(System.getenv().getOrDefault("CAIRN_CRASH_ROUNDS", "25"));
    private static final long SEED = Long.parseLong(System.getenv().getOrDefault("CAIRN_CRASH_SEED", "1"));
    private static final int WORKERS = 4;
    /// The server is killed at one of so many first answers.
    private static final int LONGEST = 120;

    @TempDir
    private Path folder;

    /// An image whose push was acknowledged.
    private record Image(String repository, Digest digest, Digest layer) {}

    private final Set<Image> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Tag> tags = new ConcurrentHashMap<>();

    /// What a tag may name: what was acknowledged last, or what was under way when the server was killed. One worker
    /// has
    /// it at a time.
    private static final class Tag {
        private volatile Digest acknowledged;
        private volatile Digest underWay;
    }

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        Path data = folder.resolve("registry");
        Random random = new Random(SEED);
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            try (ServeProcess first = ServeProcess.start(data, client)) {
                assertThat(first.send("POST", "/api/v1/organisations", "{\"name\":\"org\"}".getBytes(UTF_8))
                                .status())
                        .isEqualTo(201);
            }
            for (int round = 0; round < ROUNDS; round++) {
                try (ServeProcess server = ServeProcess.start(data, client)) {
                    check(server);
                    work(server, round, 1 + random.nextInt(LONGEST), random.nextLong());
                }
            }
            try (ServeProcess server = ServeProcess.start(data, client)) {
                checkAll(server, data);
            }
        }
        assertThat(acknowledged).as("the rounds did some work").hasSizeGreaterThan(ROUNDS);
    }

    /// Pushes, moves tags and collects until the server is killed at the given answer.
    private void work(ServeProcess server, int round, int killAt, long seed) {
        AtomicInteger answers = new AtomicInteger();
        Runnable answered = () -> {
            if (answers.incrementAndGet() == killAt) {
                server.kill();
            }
        };
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < WORKERS; worker++) {
                int number = worker;
                threads.submit(() -> push(server, round, number, new Random(seed + number), answered));
            }
            threads.submit(() -> {
                while (server.handle().isAlive()) {
                    // with so little grace that what a slow push has not named yet may go; the push is then refused
                    server.send("POST", "/api/v1/gc?grace=2", new byte[0]);
                    answered.run();
                }
            });
        }
    }

    private void push(ServeProcess server, int round, int worker, Random random, Runnable answered) {
        String repository = "org/w" + worker;
        for (int i = 0; server.handle().isAlive(); i++) {
            byte[] layer = new byte[random.nextInt(200_000)];
            random.nextBytes(layer);
            byte[] config = ("{\"r\":" + round + ",\"w\":" + worker + ",\"i\":" + i + "}").getBytes(UTF_8);
            Digest layerDigest = Digest.of(layer);
            boolean there = blob(server, repository, layer, answered) && blob(server, repository, config, answered);
            if (!there) {
                continue;
            }
            byte[] json = TestRegistry.image(Digest.of(config), layerDigest, "").getBytes(UTF_8);
            Digest digest = Digest.of(json);
            String tag = repository + ":" + (i % 3);
            Tag state = tags.computeIfAbsent(tag, _ -> new Tag());
            state.underWay = digest;
            int status = server.send("PUT", manifests(repository, i % 3), json, "Content-Type", MANIFEST)
                    .status();
            answered.run();
            if (status == 201) {
                acknowledged.add(new Image(repository, digest, layerDigest));
                state.acknowledged = digest;
            }
            if (status != 0) {
                state.underWay = null;
            }
        }
    }

    private static boolean blob(ServeProcess server, String repository, byte[] bytes, Runnable answered) {
        Digest digest = Digest.of(bytes);
        ServeProcess.Answer begun = server.send("POST", uploads(repository), new byte[0]);
        answered.run();
        if (begun.status() != 202) {
            return false;
        }
        int half = bytes.length / 2;
        server.send("PATCH", begun.location(), Arrays.copyOfRange(bytes, 0, half));
        answered.run();
        int status = server.send(
                        "PUT", begun.location() + "?digest=" + digest, Arrays.copyOfRange(bytes, half, bytes.length))
                .status();
        answered.run();
        return status == 201;
    }

    /// Every tag resolves to something that it may name.
    private void check(ServeProcess server) {
        tags.forEach((name, tag) -> {
            int colon = name.indexOf(':');
            ServeProcess.Answer answer =
                    server.send("GET", manifests(name.substring(0, colon), name.substring(colon + 1)), new byte[0]);
            if (answer.status() == 404) {
                assertThat(tag.acknowledged).as(name).isNull();
            } else {
                assertThat(answer.status()).as(name).isEqualTo(200);
                assertThat(Digest.of(answer.body())).as(name).isIn(tag.acknowledged, tag.underWay);
                tag.acknowledged = Digest.of(answer.body());
            }
            tag.underWay = null;
        });
    }

    /// Everything acknowledged is there and whole, and after a collection nothing else is.
    private void checkAll(ServeProcess server, Path data) throws IOException {
        check(server);
        List<String> wrong = new ArrayList<>();
        for (Image image : acknowledged) {
            ServeProcess.Answer manifest =
                    server.send("GET", manifests(image.repository(), image.digest()), new byte[0]);
            ServeProcess.Answer layer = server.send("GET", blobs(image.repository(), image.layer()), new byte[0]);
            if (manifest.status() != 200
                    || !Digest.of(manifest.body()).equals(image.digest())
                    || layer.status() != 200
                    || !Digest.of(layer.body()).equals(image.layer())) {
                wrong.add(image + ": " + manifest.status() + " " + layer.status());
            }
        }
        assertThat(wrong).isEmpty();
        for (int i = 0; i < 2; i++) {
            assertThat(server.send("POST", "/api/v1/gc?grace=0", new byte[0]).status())
                    .isEqualTo(200);
        }
        JsonObject scrubbed = JsonObject.parse(
                server.send("POST", "/api/v1/scrub", new byte[0]).body(), "scrub", 1 << 20);
        assertThat(scrubbed.strings("damaged")).isEmpty();
        assertThat(files(data.resolve("blobs"))).hasSize((int) scrubbed.integer("blobs"));
        assertThat(files(data.resolve("uploads"))).isEmpty();
    }

    private static Set<String> files(Path root) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> all = Files.walk(root)) {
            all.filter(Files::isRegularFile).forEach(file -> names.add(file.toString()));
        }
        return names;
    }
}
