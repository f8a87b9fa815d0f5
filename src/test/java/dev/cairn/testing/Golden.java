package dev.cairn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that hold what the code is expected to give. `./dev golden` rewrites them all from what it gives now.
public final class Golden {
    private static final boolean WRITE = "write".equals(System.getProperty("cairn.golden"));

    private Golden() {}

    /// Compares with the file (below the project's folder), or rewrites it.
    public static void check(String file, String actual) throws IOException {
        Path path = Path.of(file);
        if (WRITE) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, actual);
            return;
        }
        assertThat(path).as("a golden file; ./dev golden writes it").exists();
        assertThat(actual)
                .as("%s is not what the code gives; if the change is meant: ./dev golden", file)
                .isEqualTo(Files.readString(path));
    }
}
