package dev.cairn.migrate.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.migrate.SourceText;
import dev.cairn.migrate.dockerfile.Dockerfile.Reading;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The reader against what BuildKit's own parser makes of 102 files that are hard to read.
class BuildkitAgreementTest {
    @Test
    void cutsEveryFileAsBuildkitDoes() throws IOException {
        Path folder = SharedData.require("dockerfiles");
        JsonMapper json = new JsonMapper();
        List<String> differences = new ArrayList<>();
        int files = 0;
        for (String line : Files.readAllLines(folder.resolve("buildkit-instructions.jsonl"))) {
            JsonNode expected = json.readTree(line);
            String name = expected.get("file").asString();
            byte[] bytes = Files.readAllBytes(folder.resolve("cases").resolve(name));
            String found = described(Dockerfile.read(bytes));
            if (!found.equals(described(expected))) {
                differences.add(name + "\nfound    " + found + "\nexpected " + described(expected));
            }
            files++;
        }
        assertThat(differences).isEmpty();
        assertThat(files).isEqualTo(102);
    }

    private static String described(Reading reading) {
        return switch (reading) {
            case Reading.Refused refused -> "error " + refused.problem();
            case Reading.Read(Dockerfile file) -> {
                StringBuilder out = new StringBuilder("escape " + file.escape());
                for (Instruction i : file.instructions()) {
                    out.append('\n').append(i.keyword());
                    out.append(" flags=")
                            .append(i.flags().stream().map(Word::value).toList());
                    List<String> arguments = new ArrayList<>(i.arguments().stream()
                            .map(w -> SourceText.display(w.value()))
                            .toList());
                    if (i.trigger() != null || isUnknown(i)) {
                        arguments.add("");
                    }
                    boolean json = i.json();
                    out.append(" args=").append(arguments).append(" json=").append(json);
                    out.append(" lines=").append(file.line(i)).append('-');
                    out.append(file.source().line(i.range().end()));
                    out.append(" heredocs=");
                    out.append(i.heredocs().stream()
                            .map(h -> SourceText.display(file.source().slice(h.content())))
                            .toList());
                }
                yield out.toString();
            }
        };
    }

    private static boolean isUnknown(Instruction instruction) {
        return List.of("foo", "runx").contains(instruction.keyword());
    }

    private static String described(JsonNode expected) {
        if (expected.has("error")) {
            return "error " + expected.get("error").asString();
        }
        StringBuilder out = new StringBuilder("escape " + expected.get("escape").asString());
        for (JsonNode i : expected.get("instructions")) {
            out.append('\n').append(i.get("cmd").asString());
            out.append(" flags=")
                    .append(strings(i.get("flags")))
                    .append(" args=")
                    .append(strings(i.get("args")));
            out.append(" json=").append(i.get("json").asBoolean());
            out.append(" lines=").append(i.get("first_line").asInt()).append('-');
            out.append(i.get("last_line").asInt()).append(" heredocs=").append(strings(i.get("heredocs")));
        }
        return out.toString();
    }

    private static List<String> strings(JsonNode array) {
        List<String> strings = new ArrayList<>();
        for (JsonNode element : array) {
            strings.add(element.asString());
        }
        return strings;
    }
}
