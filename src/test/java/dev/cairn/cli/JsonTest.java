package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void printsOneIndentedDocument() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeStringProperty("name", "Zürich \"x\"");
            json.writeArrayPropertyStart("sizes");
            json.writeNumber(1);
            json.writeNumber(2L);
            json.writeEndArray();
            json.writeEndObject();
        });
        out.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\n  \"name\" : \"Zürich \\\"x\\\"\",\n  \"sizes\" : [\n    1,\n    2\n  ]\n}\n");
    }
}
