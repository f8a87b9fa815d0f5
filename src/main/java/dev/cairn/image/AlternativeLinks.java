package dev.cairn.image;

import dev.cairn.packages.deb.Alternative;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes the links that `update-alternatives` would have made of what the packages' scripts declare: of several ways to
/// provide a name (`awk`, `java`, `libblas.so.3`) the one with the highest priority, as in automatic mode.
final class AlternativeLinks {
    private static final String DIRECTORY = "etc/alternatives/";

    private final ImageTree tree;
    private final Map<String, List<Alternative>> byName = new TreeMap<>();

    /// Those of these packages, given in install order, whose files are in the tree.
    AlternativeLinks(ImageTree tree, List<InstalledPackage> packages) {
        this.tree = tree;
        for (InstalledPackage each : packages) {
            for (Alternative one : each.facts().alternatives()) {
                byName.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(one);
            }
        }
        byName.values().forEach(all -> {
            all.removeIf(each -> !tree.hasFile(relative(each.path())));
            all.sort(Comparator.comparingInt(each -> -each.priority()));
        });
        byName.values().removeIf(List::isEmpty);
    }

    /// Adds the links.
    void write() {
        byName.forEach((name, all) -> {
            Alternative best = all.getFirst();
            link(best.link(), name, best.path());
            for (Alternative.Follower each : best.followers()) {
                if (tree.hasFile(relative(each.path()))) {
                    link(each.link(), each.name(), each.path());
                }
            }
        });
    }

    private void link(String link, String name, String path) {
        String place = tree.canonical(relative(link), false);
        if (tree.exists(place)) {
            return;
        }
        String why = "alternative: " + path;
        tree.top().symlink(place, "/" + DIRECTORY + name, why);
        tree.top().symlink(DIRECTORY + name, path, why);
    }

    /// Adds dpkg's record of them, in the form of update-alternatives(1): mode, link, followers, then each choice.
    void record(String reason) {
        byName.forEach((name, all) ->
                tree.top().file("var/lib/dpkg/alternatives/" + name, 0644, DebianFiles.utf8(record(all)), reason));
    }

    private String record(List<Alternative> all) {
        TreeMap<String, String> followers = new TreeMap<>();
        all.forEach(each -> each.followers().forEach(one -> followers.putIfAbsent(one.name(), one.link())));
        StringBuilder text =
                new StringBuilder("auto\n").append(all.getFirst().link()).append('\n');
        followers.forEach((follower, link) ->
                text.append(follower).append('\n').append(link).append('\n'));
        text.append('\n');
        TreeMap<String, Alternative> choices = new TreeMap<>();
        all.forEach(each -> choices.putIfAbsent(each.path(), each));
        for (Alternative each : choices.values()) {
            text.append(each.path()).append('\n').append(each.priority()).append('\n');
            for (String follower : new TreeSet<>(followers.keySet())) {
                text.append(each.followers().stream()
                                .filter(one -> one.name().equals(follower))
                                .map(Alternative.Follower::path)
                                .findFirst()
                                .orElse(""))
                        .append('\n');
            }
        }
        return text.append('\n').toString();
    }

    private static String relative(String path) {
        return path.substring(1);
    }
}
