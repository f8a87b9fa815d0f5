package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long millis;

    @Test
    void fastWorkIsSilent() {
        try (Progress progress = progress(true, false)) {
            millis = 399;
            progress.items(1, 2, "curl");
        }
        assertThat(err()).isEmpty();
    }

    @Test
    void aTerminalsLineIsRewrittenAndGoesAway() {
        try (Progress progress = progress(true, false)) {
            millis = 400;
            progress.items(1, 3, "curl");
            millis = 450;
            progress.items(2, 3, "redis");
            millis = 500;
            progress.bytes(1500, 3000, "nginx");
        }
        assertThat(err()).isEqualTo("\r\u001b[Kfetch: 1/3 curl\r\u001b[Kfetch: 1.5 kB of 3.0 kB nginx\r\u001b[K");
    }

    @Test
    void aRewrittenLineFitsTheTerminal() {
        try (Progress progress = progress(true, false)) {
            millis = 400;
            progress.items(1, 3, "x".repeat(200));
        }
        assertThat(err().replace("\r\u001b[K", "")).hasSize(79);
    }

    @Test
    void aFileGetsALineEveryFewSeconds() {
        try (Progress progress = progress(false, false)) {
            millis = 400;
            progress.items(1, 3, "curl");
            millis = 5000;
            progress.items(2, 3, "redis");
            millis = 5400;
            progress.bytes(1500, -1, "nginx");
        }
        assertThat(err()).isEqualTo("fetch: 1/3 curl\nfetch: 1.5 kB nginx\n");
    }

    @Test
    void quietIsQuiet() {
        try (Progress progress = progress(true, true)) {
            millis = 10_000;
            progress.items(1, 3, "curl");
        }
        assertThat(err()).isEmpty();
    }

    private Progress progress(boolean terminal, boolean quiet) {
        Console console = new Console(OutputStream.nullOutputStream(), err, false, false, terminal);
        return new Progress(console, quiet, "fetch", () -> millis * 1_000_000);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
