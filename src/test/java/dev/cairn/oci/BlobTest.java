package dev.cairn.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.digest.Digest;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobTest {
    @TempDir
    Path dir;

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void aRangeIsReadAndCopied() throws IOException {
        Path file = Files.write(dir.resolve("f"), bytes("0123456789"));
        Blob blob = Blob.range(file, 3, 4, Descriptor.of("a/b", bytes("3456")));

        assertThat(blob.readAll(4)).isEqualTo(bytes("3456"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        blob.transferTo(Channels.newChannel(out));
        assertThat(out.toByteArray()).isEqualTo(bytes("3456"));
        Path copy = dir.resolve("copy");
        try (FileChannel target = FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            blob.transferTo(target);
        }
        assertThat(copy).hasContent("3456");
    }

    @Test
    void wrongBytesAreFoundAtTheEnd() throws IOException {
        Descriptor expected = Descriptor.of("a/b", bytes("right"));

        assertThat(Blob.of(bytes("right"), expected).readAll(10)).isEqualTo(bytes("right"));
        for (String wrong : new String[] {"wrong", "righ", "rights", ""}) {
            assertThatThrownBy(() -> Blob.of(bytes(wrong), expected).readAll(10))
                    .isInstanceOf(OciException.class)
                    .hasMessageContaining(expected.digest().toString());
        }
        assertThatThrownBy(() -> Blob.of(bytes("right"), expected).readAll(4)).hasMessageContaining("at most 4");
    }

    @Test
    void sha512IsCheckedToo() throws IOException {
        var hash = Digest.Algorithm.SHA512.newHash();
        hash.update(bytes("x"));
        Digest digest = Digest.finish(Digest.Algorithm.SHA512, hash);

        assertThat(Blob.of(bytes("x"), Descriptor.of("a/b", digest, 1)).readAll(1))
                .isEqualTo(bytes("x"));
        assertThatThrownBy(() ->
                        Blob.of(bytes("y"), Descriptor.of("a/b", digest, 1)).readAll(1))
                .isInstanceOf(OciException.class);
    }

    @Test
    void aFileThatIsTooShortIsAnError() throws IOException {
        Path file = Files.write(dir.resolve("f"), bytes("01"));
        Blob blob = Blob.file(file, Descriptor.of("a/b", bytes("0123")));

        assertThatThrownBy(() -> blob.transferTo(Channels.newChannel(new ByteArrayOutputStream())))
                .isInstanceOf(EOFException.class);
    }
}
