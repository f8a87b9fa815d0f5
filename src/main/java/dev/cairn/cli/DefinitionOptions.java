package dev.cairn.cli;

import dev.cairn.image.Repositories;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.image.definition.Variant;
import dev.cairn.packages.deb.AptMirror;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options of every command that works on a definition: which variant, which architectures, which mirror.
final class DefinitionOptions {
    private final OptionSpec variant = Spec.text("VARIANT", "runtime or dev (default: the definition's)", "--variant");
    private final OptionSpec arch = Spec.text(
            "ARCH,…", "architectures: amd64, arm64, … (default: the definition's, else this machine's)", "--arch");
    private final OptionSpec mirror = Spec.text(
            "URL",
            "the Debian mirror (default: $CAIRN_DEBIAN_MIRROR, else this machine's apt sources, else the public network)",
            "--mirror");
    private final OptionSpec securityMirror = Spec.text(
            "URL", "the mirror of Debian's security archive (default: found like --mirror)", "--security-mirror");
    private final OptionSpec keyring = Spec.texts(
            "FILE",
            "a further key, or a folder of keys, that may sign repositories; may be given several times",
            "--keyring");
    private final OptionSpec untrusted =
            Spec.flag("accept repositories and packages without a known signature", "--allow-untrusted");

    /// Found once for a command line, however many architectures it is for.
    private @Nullable AptMirror apt;

    CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(variant)
                .addOption(arch)
                .addOption(mirror)
                .addOption(securityMirror)
                .addOption(keyring)
                .addOption(untrusted);
    }

    /// The definition with the command line's variant and architectures.
    Definition read(Path path) throws IOException {
        Definition definition = DefinitionReader.read(path);
        String wantedVariant = variant.getValue();
        if (wantedVariant != null) {
            definition = definition.withVariant(variant(wantedVariant));
        }
        List<Architecture> wanted = architectures();
        return wanted.isEmpty() ? definition : definition.withArchs(wanted);
    }

    private static Variant variant(String text) {
        for (Variant each : Variant.values()) {
            if (each.id().equals(text)) {
                return each;
            }
        }
        throw new CliException(
                CliException.Code.USAGE, "there is no variant '" + text + "'\ntry: --variant runtime or --variant dev");
    }

    /// The architectures of `--arch`; none when it is not given.
    List<Architecture> architectures() {
        String given = arch.getValue();
        List<Architecture> wanted = new ArrayList<>();
        if (given != null) {
            for (String each : given.split(",", -1)) {
                wanted.add(Architecture.of(each.strip())
                        .orElseThrow(() -> new CliException(
                                CliException.Code.USAGE,
                                "there is no architecture '" + each + "'\ntry: --arch amd64 or --arch arm64")));
            }
        }
        return wanted;
    }

    /// The architectures to build: the definition's, else this machine's.
    static List<Architecture> architectures(Definition definition) {
        return definition.archs().isEmpty() ? List.of(Architecture.host()) : definition.archs();
    }

    /// Whom to trust besides the definition's keys.
    Repositories.Trust trust() {
        String[] given = keyring.getValue();
        List<Path> paths = new ArrayList<>();
        for (String each : given) {
            paths.add(Path.of(each));
        }
        boolean anybody = untrusted.getValue();
        return new Repositories.Trust(paths, anybody);
    }

    /// Where Debian's archives are; a warning when this machine accepts expired ones.
    AptMirror mirror(Session session) {
        AptMirror known = apt;
        if (known != null) {
            return known;
        }
        AptMirror found = AptMirror.find(
                mirror.getValue(), securityMirror.getValue(), session.environment(), Path.of("/etc/apt"));
        if (!found.checksValidUntil()) {
            session.say("cairn: warning: this machine's apt accepts expired indexes (Check-Valid-Until is off),"
                    + " and so does this command");
        }
        apt = found;
        return found;
    }

    /// The name of a definition's image in documents about it: `redis`, `redis-dev`.
    static String name(Path path, Definition definition) {
        return base(path) + (definition.variant() == Variant.DEV ? "-dev" : "");
    }

    /// The name of what is built where the command line names none: `redis`, and `redis-dev` for a variant that it asks
    /// for. A file that is distroful itself has its own name.
    String outputName(Path path) {
        return base(path) + derived();
    }

    /// The tag of what is built: `redis:latest`, `redis:latest-dev`.
    String outputTag(Path path) {
        String name = base(path).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        return name + ":latest" + derived();
    }

    private String derived() {
        String wanted = variant.getValue();
        return wanted != null && variant(wanted) == Variant.DEV ? "-dev" : "";
    }

    private static String base(Path path) {
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
