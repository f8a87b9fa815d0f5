package dev.cairn.packages.deb;

import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.packages.deb.IndexRow.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what `apt-get install --no-install-recommends` would install into an empty system: requests are marked first,
/// then each with its dependencies in the order of the list, then problems are mended and leftovers taken back.
///
/// Essential packages come in only when something depends on them, as with apt.
final class Solver {
    /// Dependency chains are followed by recursion; a thread of its own has room for the deepest.
    private static final long STACK = 512L << 20;

    private final Universe universe;
    private final Marks marks = new Marks();
    private final Installer installer = new Installer(marks);
    private final List<String> errors = new ArrayList<>();
    private final Map<WorldItem, VersionNode> requests = new LinkedHashMap<>();
    private final Set<PackageNode> requested = new LinkedHashSet<>();

    private Solver(Universe universe) {
        this.universe = universe;
    }

    /// Solves a world over these suites, in the order of the sources.
    static Resolution solve(List<SuiteIndex> sources, String architecture, List<String> world) {
        Solver solver = new Solver(new Universe(sources, architecture));
        Answer answer = new Answer();
        Thread thread = new Thread(null, () -> answer.run(solver, world), "deb-solver", STACK);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return answer.get();
    }

    /// Carries the outcome from the solver's thread.
    private static final class Answer {
        private @Nullable Resolution resolution;
        private @Nullable RuntimeException failure;

        void run(Solver solver, List<String> world) {
            try {
                resolution = solver.solve(world);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        Resolution get() {
            if (resolution != null) {
                return resolution;
            }
            throw failure != null ? failure : new IllegalStateException("the solver ended without an answer");
        }
    }

    private Resolution solve(List<String> world) {
        List<WorldItem> items = new ArrayList<>();
        for (String text : world) {
            items.add(item(text));
        }
        for (WorldItem item : items) {
            if (item.kind() == WorldItem.Kind.OUT) {
                PackageNode node = plain(item.name());
                node.held = true;
                node.isProtected = true;
            } else {
                find(item);
            }
        }
        if (!errors.isEmpty()) {
            return new Resolution.Unsolvable(errors);
        }
        for (Map.Entry<WorldItem, VersionNode> request : requests.entrySet()) {
            marks.chooseCandidate(request.getValue());
            PackageNode node = request.getValue().node();
            requested.add(node);
            node.isProtected = true;
            installer.request(node, false);
        }
        switchSuites();
        for (PackageNode node : requested) {
            installer.request(node, true);
        }
        if (!new ProblemResolver(marks, installer, requested).resolve()) {
            return new Resolution.Unsolvable(new Explanation(marks, requested).reasons());
        }
        Leftovers.sweep(marks, installer);
        return solved();
    }

    private WorldItem item(String text) {
        WorldItem item = WorldItem.parse(text);
        boolean minus = item.kind() == WorldItem.Kind.ANY && item.name().endsWith("-");
        if (minus && plain(item.name()).versions().isEmpty()) {
            return new WorldItem(text, item.name().substring(0, item.name().length() - 1), WorldItem.Kind.OUT, "");
        }
        return item;
    }

    /// The package of a name that may name an architecture: this one, or `any`, which is this one too.
    private PackageNode plain(String name) {
        for (String suffix : List.of(":" + universe.architecture(), ":any")) {
            if (name.endsWith(suffix)) {
                return universe.node(name.substring(0, name.length() - suffix.length()));
            }
        }
        return universe.node(name);
    }

    private void find(WorldItem item) {
        PackageNode node = plain(item.name());
        if (node.versions().isEmpty()) {
            findProvider(item, node);
            return;
        }
        VersionNode best = null;
        for (VersionNode version : node.versions()) {
            boolean fits = item.kind() == WorldItem.Kind.ANY ? version == node.candidate : item.accepts(version);
            if (fits && (best == null || version.pinPriority() > best.pinPriority())) {
                best = version;
            }
        }
        if (best == null) {
            errors.add(Explanation.noSuchVersion(item, node));
        } else if (requests.values().stream().noneMatch(node.versions()::contains)) {
            requests.put(item, best);
        }
    }

    /// A virtual package can be asked for when exactly one package provides it.
    private void findProvider(WorldItem item, PackageNode node) {
        Set<VersionNode> owners = new LinkedHashSet<>();
        for (PackageNode.Provider provider : node.providers()) {
            if (provider.owner().node().candidate == provider.owner()) {
                owners.add(provider.owner());
            }
        }
        if (owners.size() == 1 && item.kind() == WorldItem.Kind.ANY) {
            requests.put(item, owners.iterator().next());
        } else if (owners.isEmpty()) {
            errors.add(Explanation.unknown(item, universe));
        } else {
            errors.add(Explanation.severalProviders(item, owners));
        }
    }

    /// `name/suite` takes the dependencies from that suite, too, where their versions ask for it.
    private void switchSuites() {
        for (Map.Entry<WorldItem, VersionNode> request : requests.entrySet()) {
            if (request.getKey().kind() == WorldItem.Kind.SUITE) {
                new SuiteSwitch(marks, request.getKey()).follow(request.getValue());
            }
        }
    }

    private Resolution solved() {
        InstallOrder order = new InstallOrder(requested, marks.marked());
        List<ResolvedPackage> packages = new ArrayList<>();
        List<Resolution.Edge> edges = new ArrayList<>();
        for (Map.Entry<WorldItem, VersionNode> request : requests.entrySet()) {
            edges.add(new Resolution.Edge(
                    Resolution.Edge.WORLD,
                    request.getKey().text(),
                    request.getValue().node().name()));
        }
        for (VersionNode version : order.all()) {
            packages.add(resolved(version));
            order.addEdges(version, edges);
        }
        return new Resolution.Solved(packages, edges);
    }

    private static ResolvedPackage resolved(VersionNode version) {
        IndexRow row = version.row();
        String source = row.get(Field.SOURCE, version.node().name());
        int open = source.indexOf('(');
        int close = source.indexOf(')', Math.max(open, 0));
        boolean own = open >= 0 && close > open;
        return new ResolvedPackage(
                Ecosystem.DEB,
                version.node().name(),
                version.version().toString(),
                row.require(Field.ARCHITECTURE),
                open < 0 ? source : source.substring(0, open).strip(),
                own
                        ? source.substring(open + 1, close).strip()
                        : version.version().toString(),
                version.sources().getFirst().repository(),
                row.require(Field.FILENAME),
                row.number(Field.SIZE),
                "sha256:" + row.require(Field.SHA256),
                row.number(Field.INSTALLED_SIZE) * 1024);
    }
}
