package dev.cairn.server;

import static dev.cairn.testing.TestRegistry.MANIFEST;
import static dev.cairn.testing.TestRegistry.REPOSITORY;
import static dev.cairn.testing.TestRegistry.blobs;
import static dev.cairn.testing.TestRegistry.manifests;
import static dev.cairn.testing.TestRegistry.uploads;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.cairn.digest.Digest;
import dev.cairn.testing.TestRegistry;
import dev.cairn.testing.TestRegistry.Answer;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A registry on a disk of 96 MB that is full: writes are refused with a clear error and nothing half-written stays,
/// reads go on, and with room again it all works.
class FullDiskIT {
    private static final int BLOB = 4 << 20;

    @TempDir
    private Path folder;

    private Path disk;

    @BeforeEach
    void mount() throws IOException {
        Tool.requireRoot();
        disk = Files.createDirectories(folder.resolve("disk"));
        Tool.Result mounted = Tool.require("mount").run("-t", "tmpfs", "-o", "size=96m", "tmpfs", disk);
        if (mounted.exit() != 0) {
            System.out.println("skipped: a tmpfs can't be mounted here: " + mounted.output());
            abort("a tmpfs can't be mounted here");
        }
    }

    @AfterEach
    void unmount() throws IOException {
        Tool.require("umount").run(disk);
    }

    private static byte[] content(int seed) {
        byte[] bytes = new byte[BLOB];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /// Writes until nothing more goes on the disk.
    private void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    void pushesAreRefusedAndPullsGoOn() throws IOException {
        try (TestRegistry registry = TestRegistry.start(disk.resolve("registry"))) {
            registry.image(REPOSITORY, "before", "kept");
            List<Digest> kept = new ArrayList<>();
            Answer refused = null;
            for (int i = 0; refused == null; i++) {
                byte[] bytes = content(i);
                Digest digest = Digest.of(bytes);
                Answer answer = registry.ask("POST", uploads(REPOSITORY) + "?digest=" + digest)
                        .body(bytes)
                        .send();
                if (answer.status() == 201) {
                    kept.add(digest);
                } else {
                    refused = answer;
                }
            }
            full(refused);
            assertThat(kept.size()).isGreaterThan(1);

            // not a byte is left now: neither blobs nor rows can be written
            Path filling = disk.resolve("filling");
            fill(filling);
            full(registry.ask("POST", uploads(REPOSITORY)).send());
            Digest config = Digest.of("{}".getBytes(UTF_8));
            String json = TestRegistry.image(config, null, "\"annotations\":{\"a\":\"" + "x".repeat(900_000) + "\"},");
            full(registry.push(REPOSITORY, "during", MANIFEST, json).send());
            registry.get(manifests(REPOSITORY, "during")).expect(404);
            reads(registry, kept);

            // room again: the same push works, and nothing is left of the refused ones
            Files.delete(filling);
            Answer deleted =
                    registry.ask("DELETE", blobs(REPOSITORY, kept.removeLast())).send();
            assertThat(deleted.status()).as(() -> registry.log.toString(UTF_8)).isEqualTo(202);
            registry.ask("POST", "/api/v1/gc?grace=0").expect(200);
            registry.ask("POST", "/api/v1/gc?grace=0").expect(200);
            registry.image(REPOSITORY, "after", "new");
            assertThat(registry.ask("POST", "/api/v1/scrub").expect(200).json().strings("damaged"))
                    .isEmpty();
            try (Stream<Path> left = Files.list(registry.data().resolve("uploads"))) {
                assertThat(left).isEmpty();
            }
        }
        try (TestRegistry again = TestRegistry.start(disk.resolve("registry"))) {
            again.get(manifests(REPOSITORY, "before")).expect(200);
            again.get(manifests(REPOSITORY, "after")).expect(200);
        }
    }

    private static void full(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(507);
        assertThat(answer.text()).contains("the registry's disk is full", "can still be pulled");
    }

    private static void reads(TestRegistry registry, List<Digest> kept) {
        registry.get(manifests(REPOSITORY, "before")).expect(200);
        registry.get("/v2/" + REPOSITORY + "/tags/list").expect(200);
        for (Digest digest : kept) {
            assertThat(Digest.of(
                            registry.get(blobs(REPOSITORY, digest)).expect(200).body()))
                    .isEqualTo(digest);
        }
    }
}
