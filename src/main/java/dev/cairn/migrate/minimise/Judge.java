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
record Judge(
        Distribution distribution,
        String release,
        List<StartText> starts,
        List<StageWork.Command> work,
        ProjectText project) {
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
        List<String> left = PackageFacts.left(name.name(), distribution);
        return Verdict.instead(
                name,
                left,
                left.isEmpty() ? "it only builds, and nothing is built here" : "what it built may need these of it");
    }

    private Verdict development(Name name) {
        Optional<List<String>> libraries = PackageFacts.libraries(name.name(), distribution, release);
        return libraries
                .map(each -> Verdict.instead(name, each, "the library that it stands for"))
                .orElseGet(() -> Verdict.unknown(name, "which library it stands for is not known"));
    }

    private Verdict onlyInBuilds(Name name, Role role, Set<String> commands) {
        if (!project.isKnown() || !project.isSmall()) {
            return Verdict.unknown(name, (project.isKnown() ? "a large project" : "no project beside it") + NOT_KNOWN);
        }
        String place = project.namedBy(commands);
        if (place != null) {
            return Verdict.keep(name, place);
        }
        String what = role == Role.FETCHER ? "it fetches or unpacks" : "it installs modules";
        return Verdict.instead(name, List.of(), what + ", and neither what starts nor the project's files name it");
    }

    private Verdict other(Name name, Set<String> commands) {
        String place = project.namedBy(commands);
        return place != null ? Verdict.keep(name, place) : Verdict.unknown(name, "nothing tells whether it is needed");
    }
}
