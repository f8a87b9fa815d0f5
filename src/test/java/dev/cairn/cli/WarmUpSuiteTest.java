package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpSuiteTest {
    @TempDir
    Path folder;

    /// A command that fails early would record next to nothing for the AOT cache, and nobody would notice.
    @Test
    void itIsLockedAndBuilt() throws IOException {
        String definition =
                new WarmUpSuite(folder.resolve("suite")).write(folder).toString();
        String to = folder.resolve("image").toString();

        for (List<String> each : List.of(
                List.of("build", definition, "--to", to),
                List.of("lock", definition),
                List.of("build", definition, "--locked", "--to", to))) {
            Ran ran = Ran.cairn(Map.of("CAIRN_CACHE", folder.resolve("cache").toString()), each.toArray(String[]::new));
            assertThat(ran.code()).as(ran.err()).isZero();
        }

        assertThat(Files.readString(folder.resolve("suite.lock.json"))).contains("libapp0", "adduser");
    }
}
