package dev.cairn.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The mutation tests find faults: a small reader of `NAME LENGTH:bytes` records survives them; the same reader with
/// one planted fault does not, for each of three.
class MutationsTest {
    private static final int ROUNDS = 3_000;
    private static final long SEED = 20261127;
    private static final int LONGEST = 64;
    private static final byte[] RECORDS =
            "a 3:xyz\nname 12:hello, world\nlast 0:\nend 000000000005:12345\n".getBytes(StandardCharsets.US_ASCII);

    /// A fault, or none.
    private enum Planted {
        NONE,
        /// The end of a value is compared with one byte more than there is.
        OFF_BY_ONE_BOUND,
        /// The length is believed before it is held against a limit.
        NO_SIZE_LIMIT,
        /// What the language throws for a length that is no number comes out.
        UNCHECKED_EXCEPTION
    }

    private static List<byte[]> read(byte[] bytes, Planted planted) throws IOException {
        List<byte[]> values = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int space = find(bytes, at, ' ');
            int colon = find(bytes, space + 1, ':');
            long length = number(new String(bytes, space + 1, colon - space - 1, StandardCharsets.ISO_8859_1), planted);
            if (length < 0 || (length > LONGEST && planted != Planted.NO_SIZE_LIMIT)) {
                throw new IOException("at " + at + ": a value of " + length + " bytes");
            }
            byte[] value = new byte[(int) Math.min(length, Integer.MAX_VALUE)];
            long end = colon + 1 + length;
            if (end > bytes.length - (planted == Planted.OFF_BY_ONE_BOUND ? 0 : 1)) {
                throw new IOException("at " + at + ": cut");
            }
            System.arraycopy(bytes, colon + 1, value, 0, value.length);
            if (bytes[(int) end] != '\n') {
                throw new IOException("at " + end + ": no line end");
            }
            values.add(value);
            at = (int) end + 1;
        }
        return values;
    }

    private static int find(byte[] bytes, int from, char wanted) throws IOException {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw new IOException("at " + from + ": no '" + wanted + "'");
    }

    private static long number(String text, Planted planted) throws IOException {
        if (planted == Planted.UNCHECKED_EXCEPTION) {
            return Long.parseLong(text);
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("'" + text + "' is no number", e);
        }
    }

    /// As the tests of the real readers: what is read keeps the limits, what is refused is so by the reader's
    /// exception.
    private static void survives(Planted planted) {
        Mutations.of(RECORDS, SEED, ROUNDS, damaged -> {
            try {
                read(damaged, planted);
            } catch (IOException e) {
                if (e.getMessage() == null) {
                    throw new AssertionError("a refusal without a word", e);
                }
            }
        });
    }

    @Test
    void aSoundReaderSurvives() {
        assertThatCode(() -> survives(Planted.NONE)).doesNotThrowAnyException();
    }

    @Test
    void anOffByOneBoundIsFound() {
        assertThatThrownBy(() -> survives(Planted.OFF_BY_ONE_BOUND))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 20261127, round ")
                .hasCauseInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    @Test
    void aMissingSizeLimitIsFound() {
        assertThatThrownBy(() -> survives(Planted.NO_SIZE_LIMIT))
                .isInstanceOf(AssertionError.class)
                .hasCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void anUncheckedExceptionIsFound() {
        assertThatThrownBy(() -> survives(Planted.UNCHECKED_EXCEPTION))
                .isInstanceOf(AssertionError.class)
                .hasCauseInstanceOf(NumberFormatException.class);
    }
}
