package dev.cairn.cli;

import dev.cairn.migrate.FileReport;
import dev.cairn.migrate.Finding;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.SourceText;
import dev.cairn.path.FileChange;
import dev.cairn.path.ImageFacts;
import dev.cairn.path.ImageReport;
import dev.cairn.path.PathListener;
import dev.cairn.path.PathStep;
import dev.cairn.path.SmokeReport;
import java.util.List;

/// Says how the path goes: one line for a step, one for each file and image. On a terminal what is being worked on
/// stands on the last line until it is done.
final class PathLines implements PathListener {
    private static final String ERASE_LINE = "\r\u001b[K";
    private static final int NAME = 28;
    private static final int WIDTH = 79;

    private final Session session;
    private final Console console;
    private boolean working;

    PathLines(Session session) {
        this.session = session;
        this.console = session.console();
    }

    @Override
    public void begins(PathStep step) {
        String contention = step == PathStep.TODAY ? "" : ", " + step.contention() + " contention";
        line(console.errStyled(Console.Style.BOLD, step.id()) + "  "
                + console.errStyled(Console.Style.DIM, step.purpose() + contention));
    }

    @Override
    public void working(String what) {
        if (console.errTerminal() && !session.quiet()) {
            String text = "  " + what + " …";
            console.err().print(ERASE_LINE + (text.length() > WIDTH ? text.substring(0, WIDTH) : text));
            console.err().flush();
            working = true;
        }
    }

    @Override
    public void changed(FileChange change) {
        FileReport.Status status = change.report().status();
        Console.Style style = switch (status) {
            case DONE -> Console.Style.DIM;
            case READY -> Console.Style.GREEN;
            case PARTLY -> Console.Style.YELLOW;
            case BLOCKED -> Console.Style.RED;
        };
        String lines = change.isChanged() ? "+" + change.lines('+') + " −" + change.lines('-') + "  " : "";
        String files = change.files().isEmpty()
                ? ""
                : ", new "
                        + String.join(
                                ", ",
                                change.files().stream()
                                        .map(FileChange.NewFile::path)
                                        .toList());
        String word = switch (status) {
            case DONE -> "nothing to do";
            case READY -> "changed";
            case PARTLY -> "changed in part";
            case BLOCKED -> "left as it is";
        };
        line("  " + padded(change.path()) + console.errStyled(style, word) + "  " + lines + notes(change) + files);
        for (Finding each : change.report().of(Reason.Level.REFUSED)) {
            line("    " + console.errStyled(Console.Style.RED, "refused") + " line " + each.line() + " ["
                    + each.reason().id() + "] " + SourceText.display(each.message()));
        }
    }

    private static String notes(FileChange change) {
        int notes = change.report().of(Reason.Level.NOTE).size();
        return notes == 0 ? "" : Text.count(notes, "note");
    }

    @Override
    public void built(ImageReport image) {
        ImageFacts facts = image.facts();
        if (facts == null) {
            line("  " + padded(image.file()) + console.errStyled(Console.Style.RED, "not built"));
            image.problem().lines().forEach(each -> line("    " + each));
            return;
        }
        String when = image.again() ? "as before" : Text.duration(image.millis() * 1_000_000);
        line("  " + padded(image.file()) + "built    "
                + Text.row(Text.count(facts.packages(), "package"), 13, Text.bytes(facts.size()), 7, "") + "   "
                + has(facts) + "   " + console.errStyled(Console.Style.DIM, when));
    }

    private static String has(ImageFacts facts) {
        return (facts.root() ? "root" : "no root") + ", " + (facts.shells().isEmpty() ? "no shell" : "shell") + ", "
                + (facts.managers().isEmpty() ? "no package manager" : "package manager");
    }

    @Override
    public void smoked(SmokeReport report) {
        String word = report.passed()
                ? console.errStyled(Console.Style.GREEN, "passes")
                : console.errStyled(Console.Style.RED, "fails");
        String when = report.again() ? "as before" : Text.duration(report.millis() * 1_000_000);
        line("  " + padded("smoke test") + word + "   " + console.errStyled(Console.Style.DIM, when));
        if (!report.passed()) {
            report.words().lines().forEach(each -> line("    " + each));
        }
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(1, NAME - name.length()));
    }

    /// The survey, before anything is done.
    void surveyed(String words, List<String> uses) {
        line(words);
        uses.forEach(each -> line("  " + each));
    }

    private void line(String text) {
        done();
        session.say(text);
    }

    void done() {
        if (working) {
            console.err().print(ERASE_LINE);
            console.err().flush();
            working = false;
        }
    }
}
