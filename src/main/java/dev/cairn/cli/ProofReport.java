package dev.cairn.cli;

import dev.cairn.proof.Conduct;
import dev.cairn.proof.MigrationProof;
import dev.cairn.proof.Row;
import dev.cairn.proof.Verdict;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;

/// Says what a migration changed.
record ProofReport(MigrationProof proof, MigrationProof.Side before, MigrationProof.Side after) {
    private static final int WIDEST = 32;
    private static final int NAME = 20;

    void text(Console console) {
        PrintStream out = console.out();
        for (Row row : proof.rows()) {
            out.println(padded(row.name(), NAME)
                    + styled(console, row.verdict())
                    + values(row)
                    + (row.why().isEmpty() ? "" : "  (" + InspectReport.printable(row.why()) + ")"));
        }
        out.println();
        out.println(console.styled(
                Console.Style.BOLD,
                proof.holds()
                        ? "it does after the migration what it did before"
                        : "not the same: " + Text.count(proof.count(Verdict.BROKEN), "difference")
                                + " that no step intends"));
        long look = proof.count(Verdict.LOOK);
        if (look > 0) {
            out.println(Text.count(look, "difference") + " to look at");
        }
    }

    private static String values(Row row) {
        String was = shortened(row.before());
        String is = shortened(row.after());
        return row.before().equals(row.after()) ? was : was + " → " + is;
    }

    private static String shortened(String value) {
        String text = value.isEmpty() ? "none" : InspectReport.printable(value);
        return text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
    }

    private static String styled(Console console, Verdict verdict) {
        Console.Style style = switch (verdict) {
            case SAME, INTENDED -> Console.Style.GREEN;
            case LOOK -> Console.Style.YELLOW;
            case BROKEN -> Console.Style.RED;
        };
        return console.styled(style, padded(verdict.toString(), 14));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    void json(PrintStream out) {
        Json.print(out, json -> {
            json.writeStartObject();
            json.writeBooleanProperty("holds", proof.holds());
            side(json, "before", before);
            side(json, "after", after);
            json.writeArrayPropertyStart("comparison");
            for (Row row : proof.rows()) {
                json.writeStartObject();
                json.writeStringProperty("name", row.name());
                json.writeStringProperty("before", row.before());
                json.writeStringProperty("after", row.after());
                json.writeStringProperty("verdict", row.verdict().toString());
                json.writeStringProperty("why", row.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void side(JsonGenerator json, String name, MigrationProof.Side side) {
        Conduct conduct = side.conduct();
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("digest", side.contents().image().digest().toString());
        json.writeStringProperty("end", conduct.ending());
        json.writeArrayPropertyStart("ports");
        conduct.ports().forEach(port -> json.writeNumber((int) port));
        json.writeEndArray();
        json.writeStringProperty("output", conduct.output());
        Conduct.Smoke smoke = conduct.smoke();
        if (smoke != null) {
            json.writeNumberProperty("smokeExit", smoke.exit());
            json.writeStringProperty("smokeOutput", smoke.output());
        }
        json.writeEndObject();
    }
}
