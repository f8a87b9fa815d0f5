package dev.cairn.image;

import java.util.ArrayList;
import java.util.List;

/// What an attacker would look for in an image: shells and package managers, by path; empty lists in a distroless one.
public record ImageTraits(List<String> shells, List<String> packageManagers) {
    private static final List<String> SHELLS =
            List.of("sh", "bash", "dash", "ash", "busybox", "zsh", "ksh", "mksh", "fish");
    private static final List<String> MANAGERS = List.of(
            "apk", "apt", "apt-get", "dpkg", "aptitude", "dnf", "yum", "microdnf", "rpm", "zypper", "pip", "pip3");
    private static final List<String> PLACES = List.of("bin", "usr/bin", "sbin", "usr/sbin", "usr/local/bin");

    public ImageTraits {
        shells = List.copyOf(shells);
        packageManagers = List.copyOf(packageManagers);
    }

    static ImageTraits of(ImageTree tree) {
        return new ImageTraits(present(tree, SHELLS), present(tree, MANAGERS));
    }

    private static List<String> present(ImageTree tree, List<String> names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            for (String place : PLACES) {
                String path = place + "/" + name;
                if (tree.view().has(path) || tree.top().find(path) != null) {
                    found.add("/" + path);
                    break;
                }
            }
        }
        return found;
    }
}
