package dev.cairn.migrate.split;

import dev.cairn.migrate.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Go, Rust, Java and .NET: the runtime takes what the build makes and the container starts, and the project's data.
final class CompiledOutputs {
    private static final Set<String> GO_SOURCES =
            Set.of("cmd", "internal", "pkg", "api", "go.mod", "go.sum", "vendor", "Makefile", "main.go");
    private static final Set<String> RUST_SOURCES =
            Set.of("src", "Cargo.toml", "Cargo.lock", "benches", "build.rs", "crates", ".cargo", "rust-toolchain.toml");
    private static final Set<String> NOT_DATA = Set.of(
            "README.md",
            "LICENSE",
            "Makefile",
            "Dockerfile",
            "docker-compose.yml",
            "docker-compose.yaml",
            "compose.yaml",
            "compose.yml",
            "go.mod",
            "go.sum",
            "Cargo.toml",
            "Cargo.lock",
            "build.rs");

    private final Scene scene;

    CompiledOutputs(Scene scene) {
        this.scene = scene;
    }

    /// `go build -o P` or `go install`, where P is what starts.
    Outputs go() throws Refusal {
        String program = program();
        boolean made = false;
        for (Step step : scene.steps()) {
            for (BuildCommand each : step.commands()) {
                if (each.name().equals("go") && each.has("run")) {
                    throw new Refusal(Reason.SPLIT_FOREIGN_COMMAND, step.offset(each), "go run");
                }
                made |= goMakes(step, each, program);
            }
        }
        return made ? withData(program, GO_SOURCES, ".go") : copiedLater(program, GO_SOURCES, ".go");
    }

    private boolean goMakes(Step step, BuildCommand go, String program) {
        if (go.has("install")) {
            return program.equals("/go/bin/" + Places.last(program));
        }
        if (!go.has("build")) {
            return false;
        }
        String output = go.option("-o");
        if (output != null) {
            String path = Places.resolve(step.workDir(), output);
            return path.equals(program) || path.equals(Places.parent(program));
        }
        return Places.parent(program).equals(step.workDir())
                && Places.last(program).equals(goName(go, step));
    }

    /// What `go build` calls a program without `-o`: its folder's name, or the module's for the module's own folder.
    private String goName(BuildCommand go, Step step) {
        List<@Nullable String> operands = go.operands();
        String what = operands.size() > 1 ? operands.getLast() : ".";
        if (what != null && what.endsWith(".go")) {
            return Places.last(what).substring(0, Places.last(what).length() - 3);
        }
        if (what != null && !what.equals(".") && !what.equals("./")) {
            return Places.last(what.endsWith("/") ? what.substring(0, what.length() - 1) : what);
        }
        String module = scene.project()
                .text("go.mod")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith("module "))
                .map(line -> line.substring(7).strip())
                .findFirst()
                .orElse(step.workDir());
        String last = Places.last(module);
        boolean major = last.length() > 1 && last.startsWith("v") && Character.isDigit(last.charAt(1));
        return major ? Places.last(Places.parent("/" + module)) : last;
    }

    /// `cargo build --release` or `cargo install --path .`.
    Outputs rust() throws Refusal {
        String program = program();
        String folder = Places.parent(program);
        boolean built = folder.endsWith("/target/release") || folder.endsWith("/target/debug");
        boolean installed = folder.equals("/usr/local/cargo/bin");
        return built || installed ? withData(program, RUST_SOURCES, ".rs") : copiedLater(program, RUST_SOURCES, ".rs");
    }

    /// A program that a RUN moved from where the build left it.
    private Outputs copiedLater(String program, Set<String> sources, String ending) throws Refusal {
        for (Step step : scene.steps()) {
            for (BuildCommand each : step.commands()) {
                boolean places = Set.of("cp", "mv", "install").contains(each.name());
                String target =
                        places && !each.operands().isEmpty() ? each.operands().getLast() : null;
                String path = target == null ? "" : Places.resolve(step.workDir(), target);
                if (!path.isEmpty() && (path.equals(program) || path.equals(Places.parent(program)))) {
                    return withData(program, sources, ending);
                }
            }
        }
        throw new Refusal(Reason.SPLIT_OUTPUT_UNKNOWN, scene.start().offset(), program);
    }

    /// The path of what starts.
    private String program() throws Refusal {
        Start start = scene.start();
        if (!start.isKnown()) {
            throw new Refusal(
                    Reason.SPLIT_NO_START, scene.stage().from().range().start(), "");
        }
        if (start.commands().size() != 1 || start.words().isEmpty()) {
            throw new Refusal(Reason.SPLIT_START_UNCLEAR, start.offset(), start.text());
        }
        String word = start.words().getFirst();
        if (Set.of("go", "cargo", "make").contains(word)) {
            throw new Refusal(Reason.SPLIT_START_BUILDS, start.offset(), word);
        }
        String folder = scene.steps().getLast().workDir();
        String path = word.contains("/") ? Places.resolve(folder, word) : onPath(word);
        if (path.isEmpty()) {
            throw new Refusal(Reason.SPLIT_START_UNCLEAR, start.offset(), word);
        }
        return path;
    }

    /// Where a program without a folder lies: where a build or a copy put it, else where the tools install.
    private String onPath(String name) {
        for (Step step : scene.steps()) {
            for (BuildCommand each : step.commands()) {
                for (String word : each.words()) {
                    if (word != null && word.endsWith("/bin/" + name) && word.startsWith("/")) {
                        return word;
                    }
                }
            }
        }
        boolean rust = scene.runs().stream().anyMatch(run -> run.toolchains().contains(Toolchain.RUST));
        return (rust ? "/usr/local/cargo/bin/" : "/go/bin/") + name;
    }

    /// The program, and of its project what may be read when it runs.
    private Outputs withData(String program, Set<String> sources, String ending) throws Refusal {
        List<String> all = scene.project().all();
        if (all.isEmpty()) {
            return copiesMoreThan(sources, ending) ? withFolders(program) : Outputs.of(List.of(program));
        }
        Set<String> data = new TreeSet<>();
        for (String each : all) {
            String top = each.contains("/") ? each.substring(0, each.indexOf('/')) : each;
            boolean source = each.endsWith(ending)
                    || NOT_DATA.contains(each)
                    || sources.contains(top)
                    || each.startsWith("docs/");
            if (!source) {
                data.add(top);
            }
        }
        return data.isEmpty() ? Outputs.of(List.of(program)) : withFolders(program);
    }

    /// Without the project at hand: whether the file copies anything but sources.
    private boolean copiesMoreThan(Set<String> sources, String ending) {
        return scene.steps().stream()
                .filter(each -> each.copies())
                .flatMap(each -> each.instruction().arguments().stream()
                        .limit(each.instruction().arguments().size() - 1L))
                .map(word -> word.value().startsWith("./") ? word.value().substring(2) : word.value())
                .map(word -> word.endsWith("/") ? word.substring(0, word.length() - 1) : word)
                .anyMatch(word -> !sources.contains(word)
                        && !word.endsWith(ending)
                        && !word.startsWith("go.")
                        && !word.startsWith("Cargo."));
    }

    private Outputs withFolders(String program) throws Refusal {
        List<String> folders = scene.someFolders();
        List<String> copies = new ArrayList<>(folders);
        if (folders.stream().noneMatch(folder -> Places.isWithin(program, folder))) {
            copies.addFirst(program);
        }
        return Outputs.of(copies)
                .noting(
                        "The whole folder goes along: it may hold files that the program reads. Copy less if it reads none.");
    }

    /// `java -jar J`.
    Outputs java() throws Refusal {
        Start start = scene.start();
        if (!start.isKnown()) {
            throw new Refusal(
                    Reason.SPLIT_NO_START, scene.stage().from().range().start(), "");
        }
        List<String> words = start.words();
        int jar = words.indexOf("-jar");
        boolean builds = start.commands().stream()
                .anyMatch(each -> Set.of("mvn", "mvnw", "gradle", "gradlew").contains(each.name()));
        if (builds) {
            throw new Refusal(
                    Reason.SPLIT_START_BUILDS, start.offset(), start.words().getFirst());
        }
        if (jar < 0 || jar + 1 >= words.size()) {
            return Outputs.of(scene.someFolders())
                    .noting("What starts is not one jar, so the whole folder goes along.");
        }
        String path = Places.resolve(scene.steps().getLast().workDir(), words.get(jar + 1));
        if (path.isEmpty() || !makesJar(path)) {
            throw new Refusal(Reason.SPLIT_OUTPUT_UNKNOWN, start.offset(), words.get(jar + 1));
        }
        return Outputs.of(List.of(path));
    }

    private boolean makesJar(String path) {
        boolean place = path.contains("/target/") || path.contains("/build/libs/");
        for (Step step : scene.steps()) {
            for (BuildCommand each : step.commands()) {
                boolean moves = each.name().equals("cp") || each.name().equals("mv");
                String target =
                        moves && !each.operands().isEmpty() ? each.operands().getLast() : null;
                place |=
                        target != null && Places.resolve(step.workDir(), target).equals(path);
            }
        }
        return place;
    }

    /// `dotnet publish -o OUT`.
    Outputs dotnet() throws Refusal {
        if (!scene.start().isKnown()) {
            throw new Refusal(
                    Reason.SPLIT_NO_START, scene.stage().from().range().start(), "");
        }
        if (scene.start().commands().stream().anyMatch(each -> each.has("run") || each.has("watch"))) {
            throw new Refusal(Reason.SPLIT_START_BUILDS, scene.start().offset(), "dotnet run");
        }
        for (Step step : scene.steps()) {
            for (BuildCommand each : step.commands()) {
                String output = each.has("publish") ? each.option("-o", "--output") : null;
                String path = output == null ? "" : Places.resolve(step.workDir(), output);
                if (!path.isEmpty()) {
                    return Outputs.of(List.of(path));
                }
            }
        }
        throw new Refusal(Reason.SPLIT_OUTPUT_UNKNOWN, scene.firstTool().offset(), "dotnet publish");
    }
}
