package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.DebSpec;
import dev.cairn.testing.FolderServer;
import dev.cairn.testing.SignedDebRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lock builds the same image after the mirror has dropped what it names.
class LockBundleTest {
    @TempDir
    Path folder;

    private FolderServer mirror;
    private String definition;
    private String source;
    private Path dropped;

    @BeforeEach
    void mirror() throws IOException {
        SignedDebRepository debs = SignedDebRepository.in(folder.resolve("mirror"));
        dropped = debs.add("stable", DebSpec.of("app", "1.0-1").file("usr/bin/app", "#!/bin/app\n"));
        debs.publish();
        mirror = FolderServer.of(folder.resolve("mirror"));
        source = "deb [signed-by=" + debs.keyFile() + "] " + mirror.uri() + " stable main";
        definition = Files.writeString(folder.resolve("app.yaml"), """
                contents:
                  repositories: ["%s"]
                  packages: [app]
                entrypoint:
                  command: /usr/bin/app
                archs: [amd64]
                """.formatted(source))
                .toString();
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @Test
    void aColdMachineBuildsTheSameImageFromTheBundle() throws IOException {
        String bundle = folder.resolve("bundle").toString();
        assertThat(cairn("warm", "lock", definition, "--bundle", bundle).code()).isEqualTo(ExitCode.DONE);
        String digest = built("warm", "--locked");
        mirror.close();
        assertThat(built("cold", "--bundle", bundle)).isEqualTo(digest);
        Ran verified = cairn("colder", "verify", folder.resolve("warm.oci").toString(), definition, "--bundle", bundle);
        assertThat(verified.code()).as(verified.toString()).isEqualTo(ExitCode.DONE);
        assertThat(verified.out()).contains("1 by signed index", "verified:");
    }

    @Test
    void aFlippedByteInTheBundleIsFound() throws IOException {
        Path bundle = folder.resolve("bundle");
        cairn("warm", "lock", definition, "--bundle", bundle.toString());
        Path deb = bundle.resolve("127.0.0.1," + mirror.uri().getPort())
                .resolve(folder.resolve("mirror").relativize(dropped).toString());
        byte[] bytes = Files.readAllBytes(deb);
        bytes[bytes.length / 2] ^= 1;
        Files.write(deb, bytes);
        Ran ran = cairn("cold", "build", definition, "--bundle", bundle.toString(), "--to", at("x"));
        assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains("app_1.0-1_amd64.deb");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void anArchiveHasWhatTheMirrorDropped() throws IOException {
        cairn("warm", "lock", definition);
        String digest = built("warm", "--locked");
        Path snapshot = folder.resolve("snapshot/20261127T000000Z");
        Path kept =
                snapshot.resolve(folder.resolve("mirror").relativize(dropped).toString());
        Files.createDirectories(kept.getParent());
        Files.move(dropped, kept);
        Ran gone = cairn("cold", "build", definition, "--locked", "--to", at("gone"));
        assertThat(gone.code()).isEqualTo(ExitCode.FAILED);
        assertThat(gone.err())
                .contains("app 1.0-1, which the lock names, is no longer to be had", "--bundle", "--archive");
        try (FolderServer archive = FolderServer.of(folder.resolve("snapshot"))) {
            assertThat(built("cold", "--locked", "--archive", archive.uri() + "20261127T000000Z/"))
                    .isEqualTo(digest);
            assertThat(archive.requests).hasSize(1);
        }
    }

    @Test
    void whatChangedUnderTheLockIsNotTaken() throws IOException {
        cairn("warm", "lock", definition);
        SignedDebRepository other = SignedDebRepository.in(folder.resolve("other"));
        Path file = other.add("stable", DebSpec.of("app", "1.0-1").file("usr/bin/app", "#!/bin/another\n"));
        Files.copy(file, dropped, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Ran ran = cairn("cold", "build", definition, "--locked", "--to", at("x"));
        assertThat(ran.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err()).contains("is not what the index says");
    }

    private String built(String cache, String... options) {
        String[] line = new String[options.length + 4];
        line[0] = "build";
        line[1] = definition;
        line[2] = "--to";
        line[3] = at(cache + ".oci");
        System.arraycopy(options, 0, line, 4, options.length);
        Ran ran = cairn(cache, line);
        assertThat(ran.code()).as(ran.toString()).isEqualTo(ExitCode.DONE);
        return ran.out()
                .lines()
                .filter(each -> each.startsWith("digest"))
                .findFirst()
                .orElseThrow();
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private Ran cairn(String cache, String... line) {
        return Ran.cairn(Map.of("CAIRN_CACHE", folder.resolve("cache-" + cache).toString()), line);
    }
}
