package dev.cairn.cli;

import picocli.CommandLine.Model.OptionSpec;

/// `--output`: text for people, or JSON for programs.
final class OutputOption {
    private final OptionSpec spec = Spec.textBuilder("FORMAT", "text (the default) or json.", "-o", "--output")
            .initialValue("text")
            .build();

    OptionSpec spec() {
        return spec;
    }

    /// Whether JSON is wanted; another format is a mistake of usage.
    boolean isJson() {
        String format = spec.getValue();
        return switch (format) {
            case "text" -> false;
            case "json" -> true;
            default ->
                throw new CliException(
                        CliException.Code.USAGE,
                        "no output format '" + format + "'\ntry: --output text or --output json");
        };
    }
}
