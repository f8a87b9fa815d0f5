package dev.cairn.packages.deb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What this machine's apt is configured with, as far as it says where Debian's archives are: the addresses in its
/// sources, and whether expired Release files are accepted. Its keys are never read.
///
/// @param archive the main archive's address
/// @param security the security archive's address
/// @param checksValidUntil false where `Acquire::Check-Valid-Until` is turned off
record HostApt(Optional<String> archive, Optional<String> security, boolean checksValidUntil) {
    private static final long LARGEST = 1 << 20;

    /// Reads apt's configuration folder; what is missing or unreadable says nothing.
    static HostApt read(Path apt) {
        List<String> addresses = new ArrayList<>();
        for (Path file : files(apt, "sources.list", "sources.list.d")) {
            String name = String.valueOf(file.getFileName());
            for (String line : lines(file)) {
                addresses.addAll(name.endsWith(".sources") ? deb822(line) : oneLine(line));
            }
        }
        boolean checks = true;
        for (Path file : files(apt, "apt.conf", "apt.conf.d")) {
            checks &= !turnsOff(String.join("\n", lines(file)));
        }
        return new HostApt(
                addresses.stream().filter(HostApt::isArchive).findFirst(),
                addresses.stream().filter(HostApt::isSecurity).findFirst(),
                checks);
    }

    private static List<String> oneLine(String line) {
        if (!line.startsWith("deb ")) {
            return List.of();
        }
        String rest = line.substring(4).strip();
        int end = rest.startsWith("[") ? rest.indexOf(']') + 1 : 0;
        return List.of(rest.substring(end).strip().split("\\s+", 2)[0]);
    }

    private static List<String> deb822(String line) {
        boolean names = line.regionMatches(true, 0, "URIs:", 0, 5);
        return names ? List.of(line.substring(5).strip().split("\\s+", -1)) : List.of();
    }

    private static boolean isArchive(String address) {
        return isAddress(address) && path(address).endsWith("/debian");
    }

    private static boolean isSecurity(String address) {
        return isAddress(address) && path(address).endsWith("/debian-security");
    }

    private static boolean isAddress(String address) {
        return address.startsWith("http://") || address.startsWith("https://") || address.startsWith("file:/");
    }

    private static String path(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    /// `Acquire::Check-Valid-Until "false";`, at the top or in an `Acquire { … }` block (apt.conf(5)).
    private static boolean turnsOff(String configuration) {
        List<String> scope = new ArrayList<>();
        String text = configuration.replaceAll("(?m)^\\s*(//|#).*$", "").replaceAll("(?s)/\\*.*?\\*/", "");
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '{' -> {
                    scope.add(word.toString().strip());
                    word.setLength(0);
                }
                case '}' -> {
                    if (!scope.isEmpty()) {
                        scope.removeLast();
                    }
                    word.setLength(0);
                }
                case ';' -> {
                    if (isOff(String.join("::", scope)
                            + (scope.isEmpty() ? "" : "::")
                            + word.toString().strip())) {
                        return true;
                    }
                    word.setLength(0);
                }
                default -> word.append(c);
            }
        }
        return false;
    }

    private static boolean isOff(String statement) {
        String[] parts = statement.split("\\s+", 2);
        String value = parts.length < 2 ? "" : parts[1].replace("\"", "").strip();
        return parts[0].equalsIgnoreCase("Acquire::Check-Valid-Until")
                && List.of("false", "no", "0", "off", "without", "disable").contains(value);
    }

    private static List<Path> files(Path apt, String file, String folder) {
        List<Path> files = new ArrayList<>();
        if (Files.isRegularFile(apt.resolve(file))) {
            files.add(apt.resolve(file));
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(apt.resolve(folder))) {
            entries.forEach(files::add);
        } catch (IOException e) {
            return files;
        }
        files.sort(null);
        return files;
    }

    private static List<String> lines(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return List.of();
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
