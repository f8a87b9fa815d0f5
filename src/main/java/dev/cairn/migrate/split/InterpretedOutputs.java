package dev.cairn.migrate.split;

import dev.cairn.migrate.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Node and PHP: the program's folder holds all, dependencies included. Python: a virtual environment at the same path
/// in both stages, and the program. Ruby: the gems at their usual place, and the program.
final class InterpretedOutputs {
    private static final String VENV = "/opt/venv";
    private static final String GEMS = "/usr/local/bundle";
    private static final Set<String> ELSEWHERE = Set.of("--user", "--target", "-t", "--prefix", "--root");

    private final Scene scene;

    InterpretedOutputs(Scene scene) {
        this.scene = scene;
    }

    /// npm, yarn, pnpm: `node_modules` lies beside the program.
    Outputs node() throws Refusal {
        for (RunText run : scene.runs()) {
            for (BuildCommand each : run.tools()) {
                boolean global =
                        each.has("-g") || each.has("--global") || (each.name().equals("yarn") && each.has("global"));
                if (global && startsOneOf(each)) {
                    throw new Refusal(Reason.SPLIT_INSTALL_ELSEWHERE, run.offset(each), each.name());
                }
            }
        }
        return Outputs.of(scene.someFolders());
    }

    /// Whether a package that the command names is what the container starts.
    private boolean startsOneOf(BuildCommand install) {
        for (BuildCommand start : scene.start().commands()) {
            for (String each : install.operands()) {
                if (each != null && each.split("@", -1)[0].equals(start.name())) {
                    return true;
                }
            }
        }
        return false;
    }

    /// composer: `vendor` lies beside the program. Extensions are set up in both stages.
    Outputs php() throws Refusal {
        for (RunText run : scene.runs()) {
            for (BuildCommand each : run.tools()) {
                if (each.name().equals("composer") && each.has("global")) {
                    throw new Refusal(Reason.SPLIT_INSTALL_ELSEWHERE, run.offset(each), "composer global");
                }
            }
        }
        return Outputs.of(scene.someFolders());
    }

    /// pip, poetry and pipenv install into the environment that is active; uv makes one beside the program.
    Outputs python() throws Refusal {
        boolean own = false;
        boolean installs = false;
        for (RunText run : scene.runs()) {
            for (BuildCommand each : run.tools()) {
                checkPython(run, each);
                own |= makesEnvironment(each);
                installs |= installs(each);
            }
        }
        if (own || !installs) {
            return Outputs.of(scene.someFolders()).noting("The virtual environment lies in the program's folder.");
        }
        checkUser();
        checkPythonStart();
        List<String> copies = new ArrayList<>(List.of(VENV));
        copies.addAll(scene.folders());
        String environment = "ENV VIRTUAL_ENV=" + VENV + " PATH=\"" + VENV + "/bin:$PATH\"";
        String make = "RUN python3 -m venv " + (usesSystemModules() ? "--system-site-packages " : "") + VENV;
        return new Outputs(copies, List.of(make, environment), List.of(environment), List.of());
    }

    private void checkPython(RunText run, BuildCommand tool) throws Refusal {
        boolean pip = tool.name().startsWith("pip") || tool.has("pip");
        boolean elsewhere = pip
                && (ELSEWHERE.stream().anyMatch(tool::has)
                        || tool.hasPrefix("--target=")
                        || tool.hasPrefix("--prefix="));
        boolean inProject = tool.hasPrefix("virtualenvs.in-project") || scene.sets("POETRY_VIRTUALENVS_IN_PROJECT");
        boolean uvSystem = tool.name().equals("uv") && tool.has("--system");
        if (elsewhere || uvSystem || inProject) {
            throw new Refusal(Reason.SPLIT_INSTALL_ELSEWHERE, run.offset(tool), tool.name());
        }
    }

    /// `uv sync`, `uv venv` and `python -m venv` of a folder of the program.
    private boolean makesEnvironment(BuildCommand tool) {
        boolean uv = tool.name().equals("uv") && (tool.has("sync") || tool.has("venv"));
        boolean module = tool.name().startsWith("python") && (tool.has("venv") || tool.has("virtualenv"));
        return uv || module;
    }

    private static boolean installs(BuildCommand tool) {
        boolean python = tool.name().startsWith("python") && (tool.has("pip") || tool.hasPrefix("setup.py"));
        return python
                || tool.name().startsWith("pip")
                || tool.name().equals("poetry")
                || tool.name().equals("pipenv")
                || tool.name().equals("uv")
                || tool.name().equals("pdm");
    }

    /// Debian's and Alpine's packages of Python modules are seen from within the environment only when asked for.
    private boolean usesSystemModules() {
        return scene.runs().stream()
                .flatMap(run -> run.commands().stream())
                .filter(each -> each.kind() == CommandKind.PACKAGES)
                .flatMap(each -> each.operands().stream())
                .anyMatch(InterpretedOutputs::isSystemModule);
    }

    private static boolean isSystemModule(@org.jspecify.annotations.Nullable String name) {
        if (name == null || !(name.startsWith("python3-") || name.startsWith("py3-"))) {
            return false;
        }
        return !Set.of("pip", "venv", "dev", "setuptools", "wheel", "virtualenv")
                .contains(name.substring(name.indexOf('-') + 1));
    }

    private void checkUser() throws Refusal {
        Step first = scene.firstTool();
        if (!first.user().isEmpty()
                && !first.user().equals("root")
                && !first.user().equals("0")) {
            throw new Refusal(Reason.SPLIT_USER_BEFORE_INSTALL, first.offset(), first.user());
        }
    }

    private void checkPythonStart() throws Refusal {
        for (String word : scene.start().words()) {
            if (word.startsWith("/usr/local/bin/") && !word.startsWith("/usr/local/bin/python") && !isCopied(word)) {
                throw new Refusal(Reason.SPLIT_START_UNCLEAR, scene.start().offset(), word);
            }
        }
    }

    /// Whether the project itself brings the file.
    private boolean isCopied(String path) {
        return scene.steps().stream()
                .filter(each -> each.copies())
                .anyMatch(each ->
                        path.startsWith(each.instruction().arguments().getLast().value()));
    }

    /// Gems lie where the official images put them, said openly so that both stages agree.
    Outputs ruby() throws Refusal {
        boolean inFolder = scene.sets("BUNDLE_DEPLOYMENT") && !scene.sets("BUNDLE_PATH");
        for (RunText run : scene.runs()) {
            for (BuildCommand each : run.tools()) {
                boolean path = each.has("--path")
                        || each.hasPrefix("vendor/bundle")
                        || each.has("--deployment")
                        || (each.has("config") && (each.has("path") || each.has("deployment")));
                if (path && each.has("config") && !each.has("--local")) {
                    throw new Refusal(Reason.SPLIT_INSTALL_ELSEWHERE, run.offset(each), "bundle config");
                }
                inFolder |= path && !each.has("config");
            }
        }
        if (scene.sets("GEM_HOME") || (scene.sets("BUNDLE_PATH") && !setsUsualGems())) {
            throw new Refusal(Reason.SPLIT_INSTALL_ELSEWHERE, scene.firstTool().offset(), "GEM_HOME, BUNDLE_PATH");
        }
        if (inFolder) {
            return Outputs.of(scene.someFolders()).noting("The gems lie in the program's folder.");
        }
        List<String> copies = new ArrayList<>(List.of(GEMS));
        copies.addAll(scene.folders());
        String environment = "ENV GEM_HOME=" + GEMS + " BUNDLE_APP_CONFIG=" + GEMS + " PATH=\"" + GEMS + "/bin:$PATH\"";
        return new Outputs(copies, List.of(environment), List.of(environment), List.of());
    }

    private boolean setsUsualGems() {
        return scene.steps().stream()
                .filter(each -> each.instruction().is("env"))
                .anyMatch(each -> scene.written(each.instruction()).contains(GEMS));
    }
}
