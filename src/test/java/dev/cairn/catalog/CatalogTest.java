package dev.cairn.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Variant;
import dev.cairn.mapping.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    private static final String DEBIAN = "contents:\n  repositories: [deb trixie main]\n  packages: [tzdata]\n";

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(folder.resolve("python"));
        Files.writeString(folder.resolve("python/3.13.yaml"), DEBIAN);
        Files.writeString(folder.resolve("base.yaml"), DEBIAN);
        Files.writeString(folder.resolve("redis.yaml"), DEBIAN);
    }

    @Test
    void tagsNameDefinitionsAndVariants() throws IOException {
        Catalog catalog = Catalog.read(folder);
        assertThat(catalog.find("python", "3.13")).map(Definition::variant).contains(Variant.RUNTIME);
        assertThat(catalog.find("python", "3.13-dev")).map(Definition::variant).contains(Variant.DEV);
        assertThat(catalog.find("redis", "latest")).map(Definition::variant).contains(Variant.RUNTIME);
        assertThat(catalog.find("python", "3.12")).isEmpty();
        assertThat(catalog.find("redis", "7")).isEmpty();
        assertThat(catalog.find("../redis", "latest")).isEmpty();
        assertThat(catalog.names().has("redis")).isTrue();
    }

    @Test
    void theBareDistributionHasAShellAlways() throws IOException {
        assertThat(Catalog.read(folder).find("base", "latest"))
                .map(Definition::variant)
                .contains(Variant.DEV);
    }

    @Test
    void theDistributionIsReadFromTheDefinitions() throws IOException {
        assertThat(Catalog.read(folder).distribution()).contains(Distribution.DEBIAN);
        Files.writeString(
                folder.resolve("apk.yaml"),
                "contents:\n  repositories: [https://packages.example/os]\n  packages: [a]\n");
        assertThat(Catalog.read(folder).distribution()).isEmpty();
    }
}
