package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Entry;
import dev.cairn.image.layer.PathRewrite;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Chooses what of a resolution a runtime image needs. Resolving equals the package manager's answer, maintainer
/// scripts' needs included; since no script runs here, packages of the reviewed list go, and with them what only they
/// needed. Evidence overrides the list: a library that a kept ELF file asks for stays, and so does the package of the
/// program that the image starts, and of its interpreter.
final class RuntimeSelection {
    private final Definition definition;
    private final Resolution.Solved solved;
    private final PackageLoader loader;
    private final PathRewrite rewrite;
    private final Map<String, String> reasons;
    private final Set<String> named = new HashSet<>();
    private final Set<String> kept = new HashSet<>();
    private final Map<String, InstalledPackage> loaded = new HashMap<>();
    private final Map<String, List<Resolution.Edge>> edgesByOrigin = new HashMap<>();

    RuntimeSelection(Definition definition, Resolution.Solved solved, PackageLoader loader, PathRewrite rewrite) {
        this.definition = definition;
        this.solved = solved;
        this.loader = loader;
        this.rewrite = rewrite;
        this.reasons = reasons(definition, solved);
        solved.edges().stream()
                .filter(edge -> edge.from().equals(Resolution.Edge.WORLD))
                .forEach(edge -> named.add(edge.to()));
    }

    private static Map<String, String> reasons(Definition definition, Resolution.Solved solved) {
        boolean deb =
                !solved.packages().isEmpty() && solved.packages().getFirst().ecosystem() == Ecosystem.DEB;
        Map<String, String> reasons = deb ? OmissionList.read() : new HashMap<>();
        definition.contents().keep().forEach(each -> reasons.remove(each.text()));
        for (Entry each : definition.contents().exclude()) {
            reasons.put(each.text(), Omission.EXCLUDED);
        }
        return reasons;
    }

    /// Why a runtime image has this package only where something that stays needs it; empty for packages that stay.
    static Optional<String> reasonToOmit(Definition definition, Resolution.Solved solved, String name) {
        return Optional.ofNullable(reasons(definition, solved).get(name));
    }

    /// The packages to keep, in install order; what is left out goes to `omissions`.
    List<InstalledPackage> choose(List<Omission> omissions) throws IOException {
        reach(Resolution.Edge.WORLD);
        load(each -> kept.contains(each.name()));
        keepPrograms();
        keepLibraries();
        List<InstalledPackage> chosen = new ArrayList<>();
        for (ResolvedPackage each : solved.packages()) {
            InstalledPackage installed = loaded.get(each.name());
            if (kept.contains(each.name()) && installed != null) {
                chosen.add(installed);
            } else {
                omissions.add(new Omission(each, reasons.getOrDefault(each.name(), "only left-out packages need it")));
            }
        }
        return chosen;
    }

    /// Keeps what can be reached from a package (or the world) without passing through one that is left out.
    private void reach(String from) {
        Deque<String> open = new ArrayDeque<>(List.of(from));
        if (!from.equals(Resolution.Edge.WORLD)) {
            kept.add(from);
        }
        while (!open.isEmpty()) {
            String next = open.removeFirst();
            for (Resolution.Edge edge : edges(next)) {
                if (!isLeftOut(edge.to()) && kept.add(edge.to())) {
                    open.add(edge.to());
                }
            }
        }
    }

    private List<Resolution.Edge> edges(String from) {
        if (edgesByOrigin.isEmpty()) {
            solved.edges()
                    .forEach(edge -> edgesByOrigin
                            .computeIfAbsent(edge.from(), name -> new ArrayList<>())
                            .add(edge));
        }
        return edgesByOrigin.getOrDefault(from, List.of());
    }

    private boolean isLeftOut(String name) {
        String reason = reasons.get(name);
        return reason != null && (!named.contains(name) || reason.equals(Omission.EXCLUDED));
    }

    private void load(Predicate<ResolvedPackage> which) throws IOException {
        List<ResolvedPackage> wanted = solved.packages().stream()
                .filter(each -> which.test(each) && !loaded.containsKey(each.name()))
                .toList();
        for (InstalledPackage each : loader.load(wanted, rewrite)) {
            loaded.put(each.name(), each);
        }
    }

    private void keepLibraries() throws IOException {
        for (Set<String> missing = missing(); !missing.isEmpty(); missing = missing()) {
            load(each -> !isExcluded(each.name()));
            int before = kept.size();
            for (InstalledPackage each : loaded.values()) {
                if (!kept.contains(each.name())
                        && !isExcluded(each.name())
                        && each.facts().sonames().stream().anyMatch(missing::contains)) {
                    kept.add(each.name());
                }
            }
            if (kept.size() == before) {
                return;
            }
        }
    }

    private boolean isExcluded(String name) {
        return reasons.getOrDefault(name, "").equals(Omission.EXCLUDED);
    }

    /// The sonames that kept packages ask for and none of them brings.
    private Set<String> missing() {
        Set<String> missing = new LinkedHashSet<>();
        for (String name : kept) {
            missing.addAll(loadedPackage(name).facts().needed());
        }
        for (String name : kept) {
            loadedPackage(name).facts().sonames().forEach(missing::remove);
        }
        return missing;
    }

    private InstalledPackage loadedPackage(String name) {
        InstalledPackage found = loaded.get(name);
        if (found == null) {
            throw new IllegalStateException(name + " is kept but not loaded");
        }
        return found;
    }

    /// Keeps the packages of the program that the image starts and, for a script, of its interpreter.
    private void keepPrograms() throws IOException {
        String program = StartCommand.program(definition);
        for (int depth = 0; program != null && depth < 4; depth++) {
            MergedView.Owned owned = owner(program, false);
            if (owned == null) {
                load(each -> !isExcluded(each.name()));
                owned = owner(program, true);
            }
            if (owned == null) {
                return;
            }
            if (!kept.contains(owned.owner().name())) {
                reach(owned.owner().name());
                load(each -> kept.contains(each.name()));
            }
            String interpreter = owned.fact().interpreter();
            program = interpreter.isEmpty() ? null : interpreter;
        }
    }

    private MergedView.@Nullable Owned owner(String program, boolean any) {
        List<InstalledPackage> candidates = solved.packages().stream()
                .map(each -> loaded.get(each.name()))
                .filter(each -> each != null && (any || kept.contains(each.name())))
                .toList();
        ImageTree tree = new ImageTree(new MergedView(candidates), new TopTree(bytes -> {
            throw new IllegalStateException("a view for look-ups only");
        }));
        new AlternativeLinks(tree, candidates).write();
        for (String path : StartCommand.candidates(program)) {
            String end = tree.canonical(rewrite.apply(path.substring(path.startsWith("/") ? 1 : 0)), true);
            MergedView.Owned found = tree.view().find(rewrite.apply(end)).orElse(null);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
