package dev.cairn.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipWriterTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadAndAlwaysTheSame() throws IOException {
        byte[] large = new byte[300_000];
        new Random(1).nextBytes(large);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ZipWriter zip = new ZipWriter(out);
        zip.put(
                "[Content_Types].xml",
                new ByteArrayInputStream("<a/>".repeat(1000).getBytes(UTF_8)));
        zip.put("ü/empty", new ByteArrayInputStream(new byte[0]));
        zip.put("large", new ByteArrayInputStream(large));
        zip.finish();
        Path file = Files.write(folder.resolve("a.zip"), out.toByteArray());
        try (ZipFile read = new ZipFile(file.toFile())) {
            assertThat(read.stream().map(ZipEntry::getName)).containsExactly("[Content_Types].xml", "ü/empty", "large");
            assertThat(read.getInputStream(read.getEntry("large")).readAllBytes())
                    .isEqualTo(large);
            assertThat(read.getInputStream(read.getEntry("[Content_Types].xml")).readAllBytes())
                    .hasSize(4000);
            assertThat(read.getEntry("large").getSize()).isEqualTo(300_000);
            assertThat(read.getInputStream(read.getEntry("ü/empty")).readAllBytes())
                    .isEmpty();
        }
        assertThat(Digest.of(out.toByteArray()).hex())
                .isEqualTo("cf334b19d6953a17bf24593696aa01933765164dc9939d7fa65f1a80d6994710");
    }
}
