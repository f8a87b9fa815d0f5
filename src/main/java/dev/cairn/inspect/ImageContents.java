package dev.cairn.inspect;

import dev.cairn.archive.TarEntry;
import dev.cairn.oci.Image;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// What an image holds.
///
/// @param image the image
/// @param system the os-release file's fields; empty where there is none
/// @param packages what the package databases list, sorted; a package that two databases list is listed once
/// @param files every path that a container sees
/// @param traits shells and package managers
/// @param user who the program runs as: `0` for root
/// @param warnings what could not be read
public record ImageContents(
        Image image,
        Map<String, String> system,
        List<FoundPackage> packages,
        NavigableMap<String, FileState> files,
        ImageTraits traits,
        String user,
        List<String> warnings) {
    public ImageContents {
        system = Collections.unmodifiableMap(new TreeMap<>(system));
        packages = List.copyOf(packages);
        files = Collections.unmodifiableNavigableMap(files);
        warnings = List.copyOf(warnings);
    }

    /// The distribution as it calls itself.
    public Optional<String> systemName() {
        String name = system.getOrDefault("PRETTY_NAME", system.getOrDefault("ID", ""));
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    /// Whether the program runs as root unless it is told otherwise.
    public boolean isRoot() {
        return user.equals("0");
    }

    /// The bytes of all files, unpacked.
    public long unpackedSize() {
        return files.values().stream().mapToLong(FileState::size).sum();
    }

    /// How many entries of this type there are.
    public long count(TarEntry.Type type) {
        return files.values().stream().filter(each -> each.type() == type).count();
    }

    /// Programs that run as their owner or group, whoever starts them.
    public List<String> privileged() {
        return files.entrySet().stream()
                .filter(each -> each.getValue().isPrivileged())
                .map(Map.Entry::getKey)
                .toList();
    }
}
