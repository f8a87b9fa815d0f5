package dev.cairn.migrate;

import dev.cairn.migrate.FileReport.Status;
import dev.cairn.migrate.FileReport.StepReport;
import java.util.List;

/// A report as Markdown: a table of files and steps, then each file with its findings and differences.
public final class MarkdownReport {
    private MarkdownReport() {}

    /// The report.
    public static String of(List<FileReport> files) {
        StringBuilder out = new StringBuilder("# Migration report\n\n");
        if (files.isEmpty()) {
            return out.append("No Dockerfile was found.\n").toString();
        }
        out.append("| file |");
        List<StepReport> steps = files.getFirst().steps();
        steps.forEach(step -> out.append(' ').append(step.step()).append(" |"));
        out.append("\n|---|").append("---|".repeat(steps.size())).append('\n');
        for (FileReport file : files) {
            out.append("| ").append(cell(file.path())).append(" |");
            for (StepReport step : file.steps()) {
                out.append(' ').append(step.status().word());
                out.append(step.status() == Status.DONE ? "" : ": " + step.summary())
                        .append(" |");
            }
            out.append('\n');
        }
        files.forEach(file -> file(file, out));
        return out.toString();
    }

    private static void file(FileReport file, StringBuilder out) {
        out.append("\n## ").append(cell(file.path())).append('\n');
        for (StepReport step : file.steps()) {
            if (step.status() == Status.DONE && step.findings().isEmpty()) {
                continue;
            }
            out.append("\n### ")
                    .append(step.step())
                    .append(": ")
                    .append(step.status().word())
                    .append("\n\n");
            for (Finding finding : step.findings()) {
                out.append("- line ")
                        .append(finding.line())
                        .append(", ")
                        .append(finding.reason().level().word());
                out.append(" `").append(finding.reason().id()).append("`: ");
                out.append(cell(SourceText.display(finding.message()))).append('\n');
            }
            if (!step.diff().isEmpty()) {
                String fence = fence(step.diff());
                out.append('\n').append(fence).append("diff\n").append(SourceText.display(step.diff()));
                out.append(fence).append('\n');
            }
        }
    }

    /// More backticks than the text has in a row.
    private static String fence(String text) {
        String fence = "```";
        while (text.contains(fence)) {
            fence += "`";
        }
        return fence;
    }

    private static String cell(String text) {
        return text.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("\n", " ");
    }
}
