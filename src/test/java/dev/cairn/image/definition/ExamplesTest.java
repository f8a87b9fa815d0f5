package dev.cairn.image.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.packages.Ecosystem;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples are definitions, and keep what they promise without being built.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("examples");

    @ParameterizedTest
    @ValueSource(strings = {"static", "base", "python", "redis", "nginx"})
    void isDebianAndUnprivileged(String name) throws IOException {
        Definition definition = DefinitionReader.read(EXAMPLES.resolve(name + ".yaml"));
        assertThat(definition.ecosystem()).contains(Ecosystem.DEB);
        assertThat(definition.contents().repositories()).extracting(Entry::text).containsExactly("deb trixie main");
        assertThat(definition.archs()).as("built for this machine unless asked").isEmpty();
        assertUnprivileged(definition, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "busybox"})
    void apkExamplesAreOfAlpine(String name) throws IOException {
        Definition definition = DefinitionReader.read(EXAMPLES.resolve("apk").resolve(name + ".yaml"));
        assertThat(definition.ecosystem()).contains(Ecosystem.APK);
        assertThat(definition.archs()).containsExactly(Architecture.AMD64, Architecture.ARM64);
        assertUnprivileged(definition, name);
    }

    private static void assertUnprivileged(Definition definition, String name) {
        boolean distroful = name.equals("base");
        assertThat(definition.accounts().runAs().map(Entry::text).orElse("root"))
                .isEqualTo(distroful ? "root" : "65532");
        assertThat(definition.variant()).isEqualTo(distroful ? Variant.DEV : Variant.RUNTIME);
        assertThat(definition.annotations()).containsEntry("org.opencontainers.image.title", name);
        assertThat(definition.accounts().users())
                .extracting(Definition.User::uid)
                .containsExactly(65532L);
    }
}
