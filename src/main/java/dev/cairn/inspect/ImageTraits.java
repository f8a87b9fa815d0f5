package dev.cairn.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// What an attacker would look for in an image: shells and package managers, by path; empty lists in a distroless
/// one.
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

    /// The traits of a tree of which `has` says whether it has a file or link at a relative path.
    public static ImageTraits of(Predicate<String> has) {
        return new ImageTraits(present(has, SHELLS), present(has, MANAGERS));
    }

    private static List<String> present(Predicate<String> has, List<String> names) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            for (String place : PLACES) {
                String path = place + "/" + name;
                if (has.test(path)) {
                    found.add("/" + path);
                    break;
                }
            }
        }
        return found;
    }
}
