package dev.cairn.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/// `--registry`: what stands before the names of the catalogue's images.
final class RegistryPrefix {
    private static final String VARIABLE = "CAIRN_REGISTRY";
    private static final String DEFAULT = "localhost:5000";

    private final OptionSpec spec = Spec.text(
            "PREFIX",
            "What stands before the images' names: registry.example.org/hardened (default: $CAIRN_REGISTRY, else "
                    + DEFAULT + ").",
            "--registry");

    OptionSpec spec() {
        return spec;
    }

    /// Whether it is given, by the option or the environment.
    boolean isGiven(Session session) {
        return spec.getValue() != null || session.environment().containsKey(VARIABLE);
    }

    /// The prefix, without a slash at its end.
    String value(Session session) {
        return value(session, null);
    }

    /// The prefix; where the option is not given, `otherwise`, if there is that.
    String value(Session session, @Nullable String otherwise) {
        String own = spec.getValue();
        String given = own == null ? otherwise : own;
        String prefix = given != null ? given : session.environment().getOrDefault(VARIABLE, DEFAULT);
        while (prefix.endsWith("/")) {
            prefix = prefix.substring(0, prefix.length() - 1);
        }
        if (prefix.isEmpty() || prefix.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '$')) {
            throw new CliException(
                    CliException.Code.USAGE,
                    "'" + prefix
                            + "' is not what image names start with\ntry: --registry registry.example.org/hardened");
        }
        return prefix;
    }
}
