package dev.cairn.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.junit.jupiter.api.Test;

class ArReaderTest {
    @Test
    void membersAreReadWithTheirOffsets() throws IOException {
        byte[] archive = archive();
        ArReader reader = new ArReader(new ByteArrayInputStream(archive));
        ArEntry version = reader.next();
        assertThat(version).isEqualTo(new ArEntry("debian-binary", 68, 4));
        assertThat(reader.content().readAllBytes()).isEqualTo("2.0\n".getBytes(US_ASCII));
        // The second is left unread, and of odd length.
        assertThat(reader.next()).isEqualTo(new ArEntry("control.tar.xz", 132, 5));
        ArEntry data = reader.next();
        assertThat(data).isEqualTo(new ArEntry("data.tar.xz", 198, 3));
        assertThat(reader.content().readAllBytes())
                .isEqualTo(java.util.Arrays.copyOfRange(archive, 198, 201))
                .isEqualTo("xyz".getBytes(US_ASCII));
        assertThat(reader.next()).isNull();
    }

    @Test
    void thePaddingOfTheLastMemberMayBeMissing() throws IOException {
        byte[] archive = archive();
        ArReader reader = new ArReader(new ByteArrayInputStream(archive, 0, archive.length - 1));
        reader.next();
        reader.next();
        assertThat(reader.next().name()).isEqualTo("data.tar.xz");
        assertThat(reader.next()).isNull();
    }

    @Test
    void anythingElseIsRefused() {
        String header = "!<arch>\n";
        String rest = "0           0     0     100644  ";
        for (String archive : List.of(
                "",
                "!<thin>\n",
                header + "a",
                header + "a               " + rest + "x         `\n",
                header + "a               " + rest + "          `\n",
                header + "a               " + rest + "9         `\nabc",
                header + "a               " + rest + "0         ``",
                header + "//              " + rest + "0         `\n",
                header + "#1/20           " + rest + "0         `\n",
                header + "/12             " + rest + "0         `\n",
                header + "../a            " + rest + "0         `\n",
                header + "                " + rest + "0         `\n")) {
            ArReader reader = new ArReader(new ByteArrayInputStream(archive.getBytes(US_ASCII)));
            assertThatThrownBy(() -> {
                        while (reader.next() != null) {
                            // Only to read on.
                        }
                    })
                    .as(archive)
                    .isInstanceOf(ArchiveException.class);
        }
    }

    static byte[] archive() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(out)) {
            put(ar, "debian-binary", "2.0\n");
            put(ar, "control.tar.xz", "12345");
            put(ar, "data.tar.xz", "xyz");
        }
        return out.toByteArray();
    }

    private static void put(ArArchiveOutputStream ar, String name, String content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length()));
        ar.write(content.getBytes(US_ASCII));
        ar.closeArchiveEntry();
    }
}
