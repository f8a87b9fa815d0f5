package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.oci.Platform;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples for arm64: building needs no machine of that kind, running is done by an emulator.
class Arm64ExamplesIT {
    @TempDir
    Path dir;

    private static AssembledImage build(String name) throws IOException {
        return new BuiltImages()
                .build(
                        DefinitionReader.read(BuiltImages.examples().resolve(name + ".yaml")),
                        BuiltImages.requireMirror(),
                        List.of(),
                        Architecture.ARM64);
    }

    @Test
    void memcachedRunsInAnEmulator() throws Exception {
        Tool.requireRoot();
        Tool sandbox = Tool.require("bwrap");
        Path emulator = Tool.require("qemu-aarch64-static").path();
        AssembledImage built = build("memcached");
        Path root = BuiltImages.unpack(built.image(), dir);

        String said = sandbox.run(
                        "--ro-bind",
                        root,
                        "/",
                        "--dev-bind",
                        "/dev",
                        "/dev",
                        "--proc",
                        "/proc",
                        "--tmpfs",
                        "/tmp",
                        "--ro-bind",
                        emulator,
                        "/tmp/emulator",
                        "/tmp/emulator",
                        "/usr/bin/memcached",
                        "-V")
                .success();

        assertThat(built.image().config().platform()).isEqualTo(Platform.parse("linux/arm64"));
        assertThat(said).startsWith("memcached 1.");
    }

    @Test
    @Tag("e2e")
    void allAreBuilt() throws IOException {
        try (Stream<Path> files = Files.list(BuiltImages.examples())) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".yaml"))
                    .map(file -> file.substring(0, file.length() - 5))
                    .sorted()
                    .toList();
            assertThat(names).contains("postgres", "jre", "node", "ruby", "haproxy", "prometheus");
            for (String name : names) {
                AssembledImage built = build(name);
                assertThat(built.image().config().platform().toString())
                        .as(name)
                        .startsWith("linux/arm64");
                assertThat(built.warnings())
                        .as(name)
                        .allMatch(each -> name.equals("postgres") && each.startsWith("libLLVM"));
            }
        }
    }
}
