package dev.cairn.cli;

import dev.cairn.image.Repositories;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.packages.PackageSource;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/// `--repository`: packages without a definition; and which one architecture a command looks at.
final class RepositoryOption {
    private final OptionSpec spec = Spec.texts(
            "REPO",
            "a package repository: an address or folder of apk packages, or an apt source line"
                    + " ('deb trixie main'); may be given several times",
            "--repository");

    OptionSpec spec() {
        return spec;
    }

    boolean isGiven() {
        return spec.<String[]>getValue().length > 0;
    }

    /// The repositories that the command line names, or else these.
    PackageSource open(Repositories repositories, DefinitionOptions options, String... otherwise) throws IOException {
        List<String> lines = List.of(isGiven() ? spec.getValue() : otherwise);
        Architecture architecture = one(options.architectures());
        return isApt(lines) ? repositories.deb(lines, architecture) : repositories.apk(lines, architecture);
    }

    /// The repositories of a definition.
    static PackageSource open(Repositories repositories, Definition definition) throws IOException {
        return repositories.open(definition, one(definition.archs()));
    }

    private static boolean isApt(List<String> lines) {
        int apt = 0;
        for (String line : lines) {
            if (line.startsWith("deb ") || line.startsWith("deb\t") || line.startsWith("deb[")) {
                apt++;
            }
        }
        if (apt != 0 && apt != lines.size()) {
            throw new CliException(CliException.Code.USAGE, "apk and deb repositories cannot be mixed");
        }
        return apt != 0;
    }

    /// This machine's architecture where there is a choice, else the first.
    private static Architecture one(List<Architecture> choice) {
        if (choice.size() == 1) {
            return choice.getFirst();
        }
        Architecture host = Architecture.host();
        return choice.isEmpty() || choice.contains(host) ? host : choice.getFirst();
    }
}
