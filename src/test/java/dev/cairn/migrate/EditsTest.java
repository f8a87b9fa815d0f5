package dev.cairn.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class EditsTest {
    private static final SourceText TEXT = SourceText.of("ä0123456789".getBytes(UTF_8));

    @Test
    void allOtherBytesStay() {
        Edits edits = Edits.of(List.of(Edit.insert(11, "ö"), Edit.delete(3, 5), new Edit(new ByteRange(5, 6), "x")));
        assertThat(new String(edits.apply(TEXT).bytes(), UTF_8)).isEqualTo("ä0x45678ö9");
    }

    @Test
    void deletionsMeltAndSwallow() {
        Edits edits = Edits.of(List.of(Edit.delete(2, 6), Edit.delete(4, 8), new Edit(new ByteRange(3, 4), "x")));
        assertThat(new String(edits.apply(TEXT).bytes(), UTF_8)).isEqualTo("ä6789");
    }

    @Test
    void othersMustNotOverlap() {
        assertThatThrownBy(() -> Edits.of(List.of(new Edit(new ByteRange(2, 6), "x"), Edit.delete(4, 8))))
                .isInstanceOf(IllegalStateException.class);
    }
}
