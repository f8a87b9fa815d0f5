package dev.cairn.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Short ways to say what picocli's programmatic API says at length. (Its annotations cost reflection at start.)
final class Spec {
    private Spec() {}

    /// The specification of `command` with its one-line summary and its examples, each a whole command line.
    static CommandSpec command(Object command, String name, String summary, String... examples) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command).name(name);
        spec.usageMessage()
                .descriptionHeading("%n")
                .description(summary)
                .parameterListHeading("%nParameters:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .sortOptions(false)
                .width(100);
        if (examples.length > 0) {
            String[] footer = new String[examples.length];
            for (int i = 0; i < examples.length; i++) {
                footer[i] = "  " + examples[i].replace("%", "%%");
            }
            spec.usageMessage().footerHeading("%nExamples:%n").footer(footer);
        }
        return spec;
    }

    /// An option without a value.
    static OptionSpec flag(String help, String... names) {
        return flagBuilder(help, names).build();
    }

    /// [#flag], to be refined.
    static OptionSpec.Builder flagBuilder(String help, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .arity("0")
                .initialValue(false)
                .description(help);
    }

    /// An option with a text value; null when not given.
    static OptionSpec text(String label, String help, String... names) {
        return textBuilder(label, help, names).build();
    }

    /// [#text], to be refined.
    static OptionSpec.Builder textBuilder(String label, String help, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(help);
    }

    /// An option that may be given several times; an empty array when not given.
    static OptionSpec texts(String label, String help, String... names) {
        return OptionSpec.builder(names)
                .type(String[].class)
                .arity("1")
                .initialValue(new String[0])
                .paramLabel(label)
                .description(help)
                .build();
    }

    /// The parameter at this place; null when not given.
    static PositionalParamSpec parameter(int place, String label, String help, boolean required) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(place))
                .type(String.class)
                .arity(required ? "1" : "0..1")
                .required(required)
                .paramLabel(label)
                .description(help)
                .build();
    }

    /// The parameters from this place on; an empty array when there are none.
    static PositionalParamSpec parameters(int from, String label, String help, boolean required) {
        return PositionalParamSpec.builder()
                .index(from + "..*")
                .type(String[].class)
                .arity(required ? "1..*" : "0..*")
                .required(required)
                .initialValue(new String[0])
                .paramLabel(label)
                .description(help)
                .build();
    }
}
