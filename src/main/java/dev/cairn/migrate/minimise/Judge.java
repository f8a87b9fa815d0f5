package dev.cairn.migrate.minimise;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.PackageFacts;
import dev.cairn.mapping.PackageFacts.Role;
import dev.cairn.migrate.dockerfile.InstallLines.Name;
import dev.cairn.migrate.split.StageWork;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides on one package after the other. Without evidence that it is not needed, a package stays.
///
/// @param distribution whose packages they are
/// @param release its release; empty where it is not known
/// @param starts what containers start
/// @param work what the stage's RUNs do
/// @param project the project
/// @param evidence what runs of the image have shown
record Judge(
        Distribution distribution,
        String release,
        List<StartText> starts,
        List<StageWork.Command> work,
        ProjectText project,
        RunEvidence evidence) {
    private static final String NOT_KNOWN = ": whether the program calls it is not known";

    Judge {
        starts = List.copyOf(starts);
        work = List.copyOf(work);
    }

    Verdict judge(Name name) {
        if (name.name().isEmpty()) {
            return Verdict.unknown(name, "not a plain name");
        }
        Set<String> commands = PackageFacts.commands(name.name(), distribution);
        Role role = PackageFacts.role(name.name(), distribution);
        String named = named(commands);
        if (named != null) {
            return Verdict.keep(name, named);
        }
        String used = used(commands);
        if (used != null) {
            return Verdict.keep(name, used);
        }
        Optional<String> use = evidence.use(name.name());
        if (use.isPresent()) {
            return Verdict.keep(name, use.get());
        }
        return switch (role) {
            case DATA -> Verdict.keep(name, "data that programs look up: certificates, time zones, locales or fonts");
            case LIBRARY -> Verdict.keep(name, "a library, which what was copied may need");
            case COMPILER -> compiler(name);
            case DEVELOPMENT -> development(name);
            case SET_UP -> Verdict.instead(name, List.of(), "it serves the package manager alone");
            case INSTALLER, FETCHER -> onlyInBuilds(name, role, commands);
            case OTHER -> other(name, commands);
        };
    }

    private @Nullable String named(Set<String> commands) {
        for (StartText each : starts) {
            for (String word : each.words()) {
                if (commands.contains(word)) {
                    return each.keyword() + " on line " + each.line() + " names " + word;
                }
            }
        }
        return null;
    }

    /// A RUN of this stage that needs it: it cannot go before the RUN does.
    private @Nullable String used(Set<String> commands) {
        for (StageWork.Command each : work) {
            if (commands.contains(each.name())) {
                return "RUN on line " + each.line() + " calls " + each.name() + "; done in the builder, it could go";
            }
        }
        return null;
    }

    private Verdict compiler(Name name) {
        Set<String> commands = PackageFacts.commands(name.name(), distribution);
        String place = project.namedBy(commands);
        if (place != null) {
            return Verdict.keep(name, place);
        }
        List<String> all = PackageFacts.left(name.name(), distribution);
        // what the image's programs are linked with is known for certain, once somebody has looked
        List<String> left = evidence.isLinked(name.name())
                ? all.stream().filter(each -> evidence.use(each).isPresent()).toList()
                : all;
        String why =
                left.isEmpty() ? "it only builds, and nothing is built here" : "what it built may need these of it";
        boolean looked = evidence.isLinked(name.name()) && !all.isEmpty();
        return Verdict.instead(
                name, left, !looked ? why : left.isEmpty() ? "no program is linked with what it brings" : linked(left));
    }

    private String linked(List<String> left) {
        return evidence.use(left.getFirst()).orElse("");
    }

    private Verdict development(Name name) {
        String own = evidence.libraries().get(name.name());
        Optional<List<String>> libraries = own == null
                ? PackageFacts.libraries(name.name(), distribution, release)
                : Optional.of(List.of(own.split(" ", -1)));
        return libraries
                .map(each -> Verdict.instead(name, each, "the library that it stands for"))
                .orElseGet(() -> Verdict.unknown(name, "which library it stands for is not known"));
    }

    private Verdict onlyInBuilds(Name name, Role role, Set<String> commands) {
        boolean traced = evidence.isTraced(name.name());
        if (!traced && (!project.isKnown() || !project.isSmall())) {
            return Verdict.unknown(name, (project.isKnown() ? "a large project" : "no project beside it") + NOT_KNOWN);
        }
        String place = project.namedBy(commands);
        if (place != null) {
            return Verdict.keep(name, place);
        }
        String what = role == Role.FETCHER ? "it fetches or unpacks" : "it installs modules";
        String rest =
                traced ? ", and no traced run called it" : ", and neither what starts nor the project's files name it";
        return Verdict.instead(name, List.of(), what + rest);
    }

    private Verdict other(Name name, Set<String> commands) {
        String place = project.namedBy(commands);
        String traced = evidence.isTraced(name.name()) ? "; no traced run opened a file of it" : "";
        return place != null
                ? Verdict.keep(name, place)
                : Verdict.unknown(name, "nothing tells whether it is needed" + traced);
    }
}
