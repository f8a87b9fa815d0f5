package dev.cairn.migrate;

import dev.cairn.migrate.FileReport.StepReport;
import java.util.List;

/// A report as one HTML page without scripts and without anything from elsewhere.
public final class HtmlReport {
    private static final String STYLE = """
            body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1f24}
            table{border-collapse:collapse}td,th{padding:.3rem .8rem;border-bottom:1px solid #d8dee4;text-align:left}
            code,pre{font:13px/1.45 ui-monospace,monospace}pre{background:#f6f8fa;padding:.8rem;overflow:auto}
            .add{color:#116329}.del{color:#a40e26}.at{color:#57606a}
            .ready{color:#116329}.blocked,.refused{color:#a40e26}.partly,.note{color:#7d4e00}.done,.info{color:#57606a}
            """;

    private HtmlReport() {}

    /// The page.
    public static String of(List<FileReport> files) {
        StringBuilder out = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
        out.append("<title>Migration report</title>\n<style>\n").append(STYLE).append("</style>\n");
        out.append("<h1>Migration report</h1>\n<table>\n<tr><th>file");
        if (!files.isEmpty()) {
            files.getFirst().steps().forEach(step -> out.append("<th>").append(escaped(step.step())));
        }
        out.append('\n');
        for (int i = 0; i < files.size(); i++) {
            out.append("<tr><td><a href=\"#f")
                    .append(i)
                    .append("\">")
                    .append(escaped(files.get(i).path()))
                    .append("</a>");
            for (StepReport step : files.get(i).steps()) {
                String word = step.status().word();
                out.append("<td class=\"").append(word).append("\">").append(word);
                out.append(": ").append(escaped(step.summary()));
            }
            out.append('\n');
        }
        out.append("</table>\n");
        for (int i = 0; i < files.size(); i++) {
            out.append("<h2 id=\"f")
                    .append(i)
                    .append("\">")
                    .append(escaped(files.get(i).path()))
                    .append("</h2>\n");
            files.get(i).steps().forEach(step -> step(step, out));
        }
        return out.toString();
    }

    private static void step(StepReport step, StringBuilder out) {
        if (step.findings().isEmpty() && step.diff().isEmpty()) {
            return;
        }
        out.append("<h3>").append(escaped(step.step())).append("</h3>\n<ul>\n");
        for (Finding finding : step.findings()) {
            String level = finding.reason().level().word();
            out.append("<li class=\"")
                    .append(level)
                    .append("\">line ")
                    .append(finding.line())
                    .append(", ")
                    .append(level);
            out.append(" <code>").append(finding.reason().id()).append("</code>: ");
            out.append(escaped(SourceText.display(finding.message()))).append('\n');
        }
        out.append("</ul>\n");
        if (!step.diff().isEmpty()) {
            out.append("<pre>");
            SourceText.display(step.diff()).lines().forEach(line -> line(line, out));
            out.append("</pre>\n");
        }
    }

    private static void line(String line, StringBuilder out) {
        String kind = line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : line.startsWith("@") ? "at" : "";
        if (kind.isEmpty()) {
            out.append(escaped(line)).append('\n');
        } else {
            out.append("<span class=\"")
                    .append(kind)
                    .append("\">")
                    .append(escaped(line))
                    .append("</span>\n");
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
