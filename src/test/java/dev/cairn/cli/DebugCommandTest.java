package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebugCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "redis.oci, redis-dev.oci",
        "./out/redis.tar, ./out/redis-dev.tar",
        "/x.y/redis, /x.y/redis-dev",
        "registry.example.org/redis:8, registry.example.org/redis:8-dev",
        "registry.example.org/redis, registry.example.org/redis:latest-dev",
        "localhost:5000/redis:8, localhost:5000/redis:8-dev",
        "redis:8, redis:8-dev"
    })
    void theDevVariantsName(String name, String expected) {
        assertThat(DebugCommand.devNameOf(name)).isEqualTo(expected);
    }

    @Test
    void aContainerGetsTheCommandLinesOfTheEnginesThatKnowIt() throws IOException {
        program("docker", "[ \"$4\" = web ] && echo 'example.org/web:1|65532'");
        program("kubectl", "[ \"$3\" = web ] && echo 'example.org/web:1|main'");
        program("podman", "exit 1");
        Ran ran = debug("web");
        assertThat(ran.code()).isEqualTo(ExitCode.DONE);
        assertThat(ran.out().lines())
                .containsExactly(
                        "docker run --rm -it --pid container:web --network container:web --cap-add SYS_PTRACE"
                                + " --user 65532 --entrypoint sh example.org/web:1-dev",
                        "kubectl debug -it web --image=example.org/web:1-dev --target=main --profile=general -- sh");
        assertThat(ran.err()).contains("/proc/1/root");
        assertThat(debug("--tools", "kit:2", "web").out()).contains("--entrypoint sh kit:2\n", "--image=kit:2 ");
        Ran unknown = debug("nothing");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("neither an image nor a container 'nothing'");
    }

    @Test
    void withoutAnyEngineOnlyAnImageCanBeMeant() {
        Ran ran = debug("web");
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("there is no image at web", "kubectl");
    }

    @Test
    void withoutADevVariantThereAreNoTools() throws IOException {
        Path layout = folder.resolve("app.oci");
        String machine = dev.cairn.oci.source.ImageSource.machine().architecture();
        new LayoutWriter()
                .add(SmallImages.image(dev.cairn.oci.Platform.linux(machine), SmallImages.file("a", "1")), List.of())
                .writeFolder(layout);
        Ran ran = debug(layout.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("there is no image at " + folder.resolve("app-dev.oci"), "--variant dev");
    }

    private Ran debug(String... arguments) {
        String[] line = new String[arguments.length + 1];
        line[0] = "debug";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Ran.cairn(
                Map.of(
                        "PATH",
                        folder.toString(),
                        "CAIRN_CACHE",
                        folder.resolve("cache").toString()),
                line);
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
