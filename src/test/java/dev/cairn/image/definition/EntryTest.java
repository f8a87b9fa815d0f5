package dev.cairn.image.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntryTest {
    @ParameterizedTest
    @CsvSource({
        "https://me:secret@packages.example/os, https://packages.example/os",
        "@local https://me@packages.example, @local https://packages.example",
        "deb https://me:s@x@packages.example/debian trixie main, deb https://packages.example/debian trixie main",
        "https://packages.example/os@1, https://packages.example/os@1",
        "@local ./packages, @local ./packages"
    })
    void credentialsAreLeftOut(String text, String shown) {
        assertThat(new Entry(text, Position.whole(Path.of("x.yaml"))).withoutCredentials())
                .isEqualTo(shown);
    }
}
