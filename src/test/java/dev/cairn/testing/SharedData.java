package dev.cairn.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the test data that is not part of the project: the folder that `CAIRN_TEST_DATA` names, else a `shared/data`
/// beside any folder above the working one. A test whose file is absent is skipped with the reason.
public final class SharedData {
    private SharedData() {}

    /// The file or folder, or the test is skipped.
    public static Path require(String relative) {
        String configured = System.getenv("CAIRN_TEST_DATA");
        if (configured != null) {
            return present(Path.of(configured).resolve(relative));
        }
        for (Path dir = Path.of("").toAbsolutePath(); dir != null; dir = dir.getParent()) {
            Path data = dir.resolve("shared/data");
            if (Files.isDirectory(data)) {
                return present(data.resolve(relative));
            }
        }
        return skip(relative);
    }

    private static Path present(Path file) {
        return Files.exists(file) ? file : skip(file.toString());
    }

    private static Path skip(String what) {
        System.out.println("skipped: the shared test data has no " + what);
        return abort("the shared test data has no " + what);
    }
}
