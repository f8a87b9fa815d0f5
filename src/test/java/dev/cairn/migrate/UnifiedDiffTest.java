package dev.cairn.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffTest {
    @TempDir
    Path folder;

    @Test
    void equalTextsHaveNone() {
        assertThat(diff("a\nb", "a\nb")).isEmpty();
    }

    @Test
    void showsThreeLinesAround() {
        assertThat(diff("1\n2\n3\n4\n5\n6\n7\n8\n", "1\n2\n3\n4\nfive\n6\n7\n8\n"))
                .isEqualTo("""
                --- a/Dockerfile
                +++ b/Dockerfile
                @@ -2,7 +2,7 @@
                 2
                 3
                 4
                -5
                +five
                 6
                 7
                 8
                """);
    }

    @Test
    void saysWhereTheLastNewlineIsMissing() {
        assertThat(diff("a", "a\n")).endsWith("""
                @@ -1 +1 @@
                -a
                \\ No newline at end of file
                +a
                """);
        assertThat(diff("", "a\n")).endsWith("@@ -0,0 +1 @@\n+a\n");
        assertThat(diff("a\n", "")).endsWith("@@ -1 +0,0 @@\n-a\n");
    }

    @Test
    void patchMakesTheOneFromTheOther() throws IOException {
        Tool git = Tool.require("git");
        Random random = new Random(7);
        for (int round = 0; round < 25; round++) {
            String before = text(random);
            String after = text(random);
            Path file = Files.writeString(folder.resolve("Dockerfile"), before);
            Path patch = Files.writeString(folder.resolve("patch"), diff(before, after));
            if (!before.equals(after)) {
                git.run("-C", folder, "apply", "--unsafe-paths", "--unidiff-zero", patch)
                        .success();
            }
            assertThat(file.toFile().exists() ? Files.readString(file) : "").isEqualTo(after);
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("first\n");
        int lines = random.nextInt(40);
        for (int i = 0; i < lines; i++) {
            text.append(random.nextInt(6)).append('\n');
        }
        return text.append(random.nextBoolean() ? "end" : "end\n").toString();
    }

    private static String diff(String before, String after) {
        return UnifiedDiff.of(
                "Dockerfile", SourceText.of(before.getBytes(UTF_8)), SourceText.of(after.getBytes(UTF_8)));
    }
}
