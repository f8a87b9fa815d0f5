package dev.cairn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepackedAlpineTest {
    @Test
    void packsEveryPackageOfTheRootFileSystem(@TempDir Path folder) throws IOException {
        SignedApkRepository repository = RepackedAlpine.in(folder);

        try (Stream<Path> files = Files.list(repository.root().resolve("x86_64"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .contains(
                            "APKINDEX.tar.gz", "musl-1.2.5-r0.apk", "busybox-1.36.1-r29.apk", "apk-tools-2.14.4-r0.apk")
                    .hasSize(14 + 1);
        }
    }
}
