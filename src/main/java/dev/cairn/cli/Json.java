package dev.cairn.cli;

import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// `--output json`: one indented document on standard output. Streamed: no data binding, which costs at start.
final class Json {
    /// Writes the document.
    interface Content {
        void writeTo(JsonGenerator json);
    }

    private Json() {}

    static void print(PrintStream out, Content content) {
        JsonFactory factory = JsonFactory.builder()
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        try (JsonGenerator json = factory.createGenerator(new Indented(), out)) {
            content.writeTo(json);
        }
        out.print('\n');
    }

    /// Two spaces, and `\n` on every system.
    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
