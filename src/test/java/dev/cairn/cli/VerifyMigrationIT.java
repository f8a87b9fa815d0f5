package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.Credential;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.testing.HelloProgram;
import dev.cairn.testing.SmallImages;
import dev.cairn.testing.TestRegistry;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real builder builds both sides, and both run in the sandbox.
class VerifyMigrationIT {
    @TempDir
    Path folder;

    private TestRegistry registry;

    private Ran verify(String before, String after, String... more) {
        List<String> arguments = new ArrayList<>(List.of("verify-migration", file(before), file(after)));
        arguments.addAll(List.of("--mirror", "docker.io=" + registry.host(), "--watch", "1s"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("--cache", file("cache")));
        return Ran.cairn(System.getenv(), arguments.toArray(String[]::new));
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void push(String name, String says) throws IOException {
        new RegistryClient(RegistryOptions.ANONYMOUS.withCredentials(
                        (host, repository) -> new Credential.Password("owner", registry.ownerToken())))
                .push(
                        Reference.parse(registry.host() + "/library/" + name + ":1"),
                        SmallImages.image(SmallImages.layer(tar -> tar.file("hello", 0755, HelloProgram.elf(says)))));
        registry.makePublic("library/" + name);
    }

    @Test
    void tellsWhetherTheProgramDoesWhatItDid() throws IOException {
        Tool.requireRoot();
        Tool.require("buildah");
        Tool.require("runc");
        try (TestRegistry running = TestRegistry.start(folder.resolve("registry"))) {
            registry = running;
            registry.organisation("library");
            push("hello", "started at 12:00\n");
            push("base", "started at 12:30\n");
            push("other", "cannot start\n");
            write("Dockerfile.orig", "FROM hello:1\nENV A=b\nUSER 0\n");
            write("Dockerfile", "FROM base:1\nENV A=b\n");
            write("Dockerfile.wrong", "FROM other:1\n");
            write("Dockerfile.broken", "FROM other:1\nRUN [\"/absent\"]\n");

            assertThat(verify("Dockerfile.orig", "Dockerfile")).satisfies(ran -> {
                assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
                assertThat(ran.err()).contains("no terminal to ask", "try: --yes");
            });
            assertThat(verify("Dockerfile.orig", "Dockerfile", "--yes")).satisfies(ran -> {
                assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
                assertThat(ran.out())
                        .contains("end                 same          exit code 0")
                        .contains("root                intended      yes → no")
                        .contains("it does after the migration what it did before");
            });
            assertThat(verify("Dockerfile.orig", "Dockerfile.wrong", "--yes", "--output", "json"))
                    .satisfies(ran -> {
                        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.NO);
                        assertThat(ran.out()).contains("\"holds\" : false", "gone: started at 0:0; new: cannot start");
                    });
            assertThat(verify("Dockerfile.orig", "Dockerfile.broken", "--yes")).satisfies(ran -> {
                assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.NO);
                assertThat(ran.err()).contains("Dockerfile.broken does not build any more", "/absent");
            });
        }
    }
}
