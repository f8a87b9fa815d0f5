package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.mapping.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueDistributionTest {
    @TempDir
    Path folder;

    @Test
    void theFirstDefinitionThatNamesRepositoriesSaysIt() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "not: [a definition\n");
        assertThat(CatalogueDistribution.of(folder)).isEmpty();
        Files.createDirectory(folder.resolve("apk"));
        Files.writeString(folder.resolve("apk/base.yaml"), """
                contents:
                  repositories:
                    - https://packages.example.org/alpine/v3.22/main
                  packages: [busybox]
                """);
        assertThat(CatalogueDistribution.of(folder)).contains(Distribution.ALPINE);
        Files.writeString(folder.resolve("python.yaml"), """
                contents:
                  repositories:
                    - deb trixie main
                  packages: [python3]
                """);
        assertThat(CatalogueDistribution.of(folder)).contains(Distribution.DEBIAN);
        assertThat(CatalogueDistribution.of(folder.resolve("none"))).isEmpty();
    }

    @Test
    void repositoriesByTheirAddresses() {
        assertThat(CatalogueDistribution.distribution("https://packages.example.org/wolfi"))
                .contains(Distribution.WOLFI);
        assertThat(CatalogueDistribution.distribution("https://packages.example.org/mine"))
                .isEmpty();
    }
}
