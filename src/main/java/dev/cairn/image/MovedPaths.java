package dev.cairn.image;

import dev.cairn.archive.TarEntry;
import dev.cairn.image.layer.FileFact;
import dev.cairn.image.layer.PathHashes;
import dev.cairn.image.layer.PathRewrite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finds directories that are something else in another package. Where that is a link (`lib` → `usr/lib`), the
/// directory laid over it would hide it and all that it leads to, so the packages that bring the directory are
/// rewritten to where the link leads. Where it is a file, the packages can't be had together.
final class MovedPaths {
    /// What a move uncovers may have to move again, though never often.
    private static final int MOST_ROUNDS = 8;

    private final List<InstalledPackage> packages;
    private final PackageLoader loader;
    private final List<PathRewrite> rewrites;

    private MovedPaths(List<InstalledPackage> packages, PackageLoader loader, PathRewrite loadedWith) {
        this.packages = new ArrayList<>(packages);
        this.loader = loader;
        this.rewrites = new ArrayList<>();
        packages.forEach(each -> rewrites.add(loadedWith));
    }

    /// The packages, in their order, with paths moved where another's link leads.
    ///
    /// @param loadedWith the rewrite that they were loaded with
    /// @throws ImageException when one's file is another's directory
    static List<InstalledPackage> apply(List<InstalledPackage> packages, PackageLoader loader, PathRewrite loadedWith)
            throws IOException {
        MovedPaths moved = new MovedPaths(packages, loader, loadedWith);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Set<String> meetings = moved.meetings();
            if (meetings.isEmpty()) {
                return moved.packages;
            }
            moved.move(moved.targets(meetings));
        }
        throw new ImageException(
                ImageException.Code.FILE_CONFLICT,
                "directories of these packages are links in others, in a circle: " + moved.meetings());
    }

    /// Directories whose path is, by its hash at least, a file or link of some package.
    private Set<String> meetings() {
        int total = packages.stream()
                .mapToInt(each -> each.facts().directories().size())
                .sum();
        HashIndex directories = new HashIndex(total);
        for (InstalledPackage each : packages) {
            for (FileFact directory : each.facts().directories()) {
                directories.putIfAbsent(PathHashes.hash(directory.path()), 0);
            }
        }
        Set<Long> met = new HashSet<>();
        for (InstalledPackage each : packages) {
            PathHashes paths = each.facts().paths();
            for (int i = 0; i < paths.size(); i++) {
                if (directories.find(paths.at(i)) >= 0) {
                    met.add(paths.at(i));
                }
            }
        }
        return met.isEmpty() ? Set.of() : named(met);
    }

    private Set<String> named(Set<Long> hashes) {
        Set<String> names = new TreeSet<>();
        for (InstalledPackage each : packages) {
            for (FileFact directory : each.facts().directories()) {
                if (hashes.contains(PathHashes.hash(directory.path()))) {
                    names.add(directory.path());
                }
            }
        }
        return names;
    }

    /// Where the outermost of these directories lead.
    private Map<String, String> targets(Set<String> directories) {
        ImageTree tree = new ImageTree(new MergedView(packages), new TopTree(bytes -> {
            throw new IllegalStateException("a view for look-ups only");
        }));
        Map<String, String> targets = new TreeMap<>();
        for (String path : directories) {
            boolean inside = new PathRewrite(new TreeMap<>(targets)).apply(path).equals(path);
            MergedView.Owned other = tree.view().find(path).orElse(null);
            if (inside && other != null) {
                targets.put(path, target(tree, path, other));
            }
        }
        return targets;
    }

    private String target(ImageTree tree, String path, MergedView.Owned other) {
        boolean link = other.fact().type() == TarEntry.Type.SYMLINK;
        String target = link ? tree.canonical(path, true) : path;
        boolean leadsOn = !target.isEmpty()
                && !target.equals(path)
                && !target.startsWith(path + "/")
                && tree.view().find(target).isEmpty();
        if (!leadsOn) {
            String what = link ? "a link to " + other.fact().link() : "a file";
            throw new ImageException(
                    ImageException.Code.FILE_CONFLICT,
                    "/" + path + " is a directory in " + owner(path) + " and " + what + " in " + other.owner()
                            + ", so they can't be had together\n"
                            + "try: drop one of them from contents.packages, or name it in contents.exclude");
        }
        return target;
    }

    private InstalledPackage owner(String directory) {
        return packages.stream()
                .filter(each -> has(each, Set.of(directory)))
                .findFirst()
                .orElseThrow();
    }

    private void move(Map<String, String> targets) throws IOException {
        Set<String> directories = new HashSet<>(targets.keySet());
        for (int i = 0; i < packages.size(); i++) {
            if (has(packages.get(i), directories)) {
                PathRewrite rewrite = rewrites.get(i).with(targets);
                rewrites.set(i, rewrite);
                packages.set(i, loader.reload(packages.get(i), rewrite));
            }
        }
    }

    private static boolean has(InstalledPackage owner, Set<String> directories) {
        return owner.facts().directories().stream().map(FileFact::path).anyMatch(directories::contains);
    }
}
