package dev.cairn.migrate.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Dockerfile;
import dev.cairn.testing.Golden;
import dev.cairn.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each `.case` file is a project with a Dockerfile; the `.split` file beside it is what comes of it.
class SplitterTest {
    private static final Path CASES = Path.of("src/test/resources/dev/cairn/migrate/split");

    private final Splitter splitter = new Splitter(RuntimeImages.usual());

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(each -> each.getFileName().toString())
                    .filter(each -> each.endsWith(".case"))
                    .map(each -> each.substring(0, each.length() - 5))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> project(String name) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        String current = null;
        for (String line : Files.readAllLines(CASES.resolve(name + ".case"))) {
            if (line.startsWith("=== ")) {
                current = line.substring(4);
                files.put(current, "");
            } else if (current != null) {
                files.merge(current, line + "\n", String::concat);
            }
        }
        return files;
    }

    private record Made(Map<String, String> files) implements ProjectFiles {
        @Override
        public Optional<String> text(String path) {
            return Optional.ofNullable(files.get(path));
        }

        @Override
        public List<String> all() {
            return files.size() == 1 ? List.of() : List.copyOf(files.keySet());
        }
    }

    private static Dockerfile read(byte[] bytes) {
        return Dockerfile.read(bytes) instanceof Dockerfile.Reading.Read read ? read.file() : null;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSplitAsRecorded(String name) throws IOException {
        Map<String, String> files = project(name);
        boolean crlf = files.containsKey("Dockerfile crlf");
        String text = crlf ? files.get("Dockerfile crlf").replace("\n", "\r\n") : files.get("Dockerfile");
        Dockerfile file = read(text.getBytes(StandardCharsets.UTF_8));

        Split split = splitter.split(file, new Made(files));

        String said = switch (split) {
            case Split.Done done -> {
                SourceText after = done.edits().apply(file.source());
                isStable(after);
                assertThat(after.chars().contains("\r")).isEqualTo(crlf);
                yield after.chars().replace("\r\n", "\n") + notes(done);
            }
            case Split.Refused refused ->
                "refused: " + refused.reason().id() + " on line " + refused.line()
                        + (refused.subject().isEmpty() ? "" : ": " + refused.subject()) + "\n";
        };
        Golden.check(CASES + "/" + name + ".split", said);
    }

    private static String notes(Split.Done done) {
        return String.join(
                "", done.notes().stream().map(note -> "note: " + note + "\n").toList());
    }

    /// What was split has two stages and is not split again.
    private void isStable(SourceText after) {
        Split again = splitter.split(read(after.bytes()), ProjectFiles.unknown());
        assertThat(again)
                .isInstanceOfSatisfying(
                        Split.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.SPLIT_MANY_STAGES));
    }

    @Test
    void anyBytesGiveAnAnswer() throws IOException {
        for (String name : cases()) {
            String text = project(name).getOrDefault("Dockerfile", "");
            Mutations.of(text.getBytes(StandardCharsets.UTF_8), 7, 60, bytes -> {
                Dockerfile file = read(bytes);
                if (file != null) {
                    assertThat(splitter.split(file, ProjectFiles.unknown())).isNotNull();
                }
            });
        }
    }
}
