package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// What a build is called when nobody names it.
class BuildNamesTest {
    private static BuildOptions options(String... arguments) {
        BuildOptions options = new BuildOptions();
        new CommandLine(options.addTo(CommandSpec.create())).parseArgs(arguments);
        return options;
    }

    @ParameterizedTest
    @CsvSource({"dev, redis-dev, redis:latest-dev", "runtime, redis, redis:latest"})
    void aVariantThatIsAskedForHasItsName(String variant, String name, String tag) {
        BuildOptions options = options("--variant", variant);

        assertThat(options.outputName(Path.of("examples/redis.yaml"))).isEqualTo(name);
        assertThat(options.outputTag(Path.of("examples/redis.yaml"))).isEqualTo(tag);
    }

    @Test
    void aFileThatIsDistrofulItselfHasItsOwnName() {
        BuildOptions options = options();

        assertThat(options.outputName(Path.of("examples/base.yaml"))).isEqualTo("base");
        assertThat(options.outputTag(Path.of("examples/My Base.yaml"))).isEqualTo("my-base:latest");
    }
}
