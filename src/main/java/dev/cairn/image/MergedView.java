package dev.cairn.image;

import dev.cairn.image.layer.FileFact;
import dev.cairn.image.layer.FileList;
import dev.cairn.image.layer.PathHashes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// All packages of an image laid over each other: which path is whose, and where packages meet at one path. Built from
/// path hashes; file lists are decoded only for the packages that a question concerns.
final class MergedView {
    private final List<InstalledPackage> packages;
    private final HashIndex index;
    private final List<Meeting> meetings = new ArrayList<>();
    private final Map<Long, List<InstalledPackage>> sharers = new HashMap<>();
    private final Map<String, List<Meeting>> meetingsByPath = new HashMap<>();
    private final Map<FileList, Map<String, FileFact>> decoded = new HashMap<>();
    private final TreeMap<String, List<Owned>> directories = new TreeMap<>();

    /// A path at which two packages have a file or link; `first` comes before `second` in install order.
    record Meeting(String path, Owned first, Owned second) {
        /// Whether both leave the same thing on the disk.
        boolean harmless() {
            return first.fact().sameAs(second.fact());
        }

        /// The entry that has to be seen: of a package that may replace the other's, the later one where both may.
        Optional<Owned> winner() {
            if (second.owner().mayReplace(first.owner())) {
                return Optional.of(second);
            }
            return first.owner().mayReplace(second.owner()) ? Optional.of(first) : Optional.empty();
        }
    }

    /// An entry with the package that brings it.
    record Owned(InstalledPackage owner, FileFact fact) {}

    MergedView(List<InstalledPackage> packages) {
        this.packages = List.copyOf(packages);
        int total =
                packages.stream().mapToInt(each -> each.facts().paths().size()).sum();
        index = new HashIndex(total);
        for (int i = 0; i < packages.size(); i++) {
            addPaths(i);
            addDirectories(this.packages.get(i));
        }
    }

    private void addPaths(int position) {
        PathHashes paths = packages.get(position).facts().paths();
        for (int i = 0; i < paths.size(); i++) {
            long hash = paths.at(i);
            int earlier = index.putIfAbsent(hash, position);
            if (earlier >= 0) {
                List<InstalledPackage> before = sharers.computeIfAbsent(hash, each -> new ArrayList<>());
                if (before.isEmpty()) {
                    before.add(packages.get(earlier));
                }
                before.forEach(each -> meet(each, packages.get(position), hash));
                before.add(packages.get(position));
            }
        }
    }

    private void meet(InstalledPackage first, InstalledPackage second, long hash) {
        for (Map.Entry<String, FileFact> entry : files(first).entrySet()) {
            FileFact other =
                    PathHashes.hash(entry.getKey()) == hash ? files(second).get(entry.getKey()) : null;
            if (other != null && !other.isDirectory() && !entry.getValue().isDirectory()) {
                String path = entry.getKey();
                Meeting meeting = new Meeting(path, new Owned(first, entry.getValue()), new Owned(second, other));
                meetings.add(meeting);
                meetingsByPath.computeIfAbsent(path, each -> new ArrayList<>(1)).add(meeting);
            }
        }
    }

    private void addDirectories(InstalledPackage owner) {
        for (FileFact directory : owner.facts().directories()) {
            directories
                    .computeIfAbsent(directory.path(), path -> new ArrayList<>(1))
                    .add(new Owned(owner, directory));
        }
    }

    private Map<String, FileFact> files(InstalledPackage owner) {
        return decoded.computeIfAbsent(owner.facts().files(), list -> {
            Map<String, FileFact> byPath = new HashMap<>();
            list.decode().forEach(file -> byPath.put(file.path(), file));
            return byPath;
        });
    }

    /// Every pair of packages that have a file or link at one path.
    List<Meeting> meetings() {
        return List.copyOf(meetings);
    }

    /// Each directory with every package that brings it, in install order.
    Map<String, List<Owned>> directories() {
        return directories;
    }

    /// The file or link at this very path, of several packages' the winner's; links on the way are not followed.
    Optional<Owned> find(String path) {
        int position = index.find(PathHashes.hash(path));
        if (position < 0) {
            return Optional.empty();
        }
        InstalledPackage owner = packages.get(position);
        FileFact fact = files(owner).get(path);
        return fact == null || fact.isDirectory() ? Optional.empty() : Optional.of(winner(new Owned(owner, fact)));
    }

    private Owned winner(Owned earliest) {
        Owned winner = earliest;
        for (Meeting each : meetingsByPath.getOrDefault(earliest.fact().path(), List.of())) {
            boolean concerned = each.first().equals(winner) || each.second().equals(winner);
            if (concerned && !each.harmless()) {
                winner = each.winner().orElse(winner);
            }
        }
        return winner;
    }

    /// Whether a file or link is at this path, by its hash alone.
    boolean has(String path) {
        return index.find(PathHashes.hash(path)) >= 0;
    }

    /// Whether a package has this directory.
    boolean hasDirectory(String path) {
        return directories.containsKey(path);
    }

    /// Every file or link below a directory.
    List<Owned> below(String directory) {
        String prefix = directory.isEmpty() ? "" : directory + "/";
        List<Owned> found = new ArrayList<>();
        for (InstalledPackage owner : packages) {
            if (!directory.isEmpty()
                    && owner.facts().directories().stream()
                            .noneMatch(each -> each.path().equals(directory))) {
                continue;
            }
            for (FileFact file : owner.facts().files().decode()) {
                if (!file.isDirectory() && file.path().startsWith(prefix)) {
                    found.add(new Owned(owner, file));
                }
            }
        }
        return found;
    }
}
