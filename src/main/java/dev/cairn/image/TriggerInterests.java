package dev.cairn.image;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// dpkg's record of which packages want to know when files below a path change (`triggers/File`) or when another
/// package names a trigger (a file of that trigger's name): deb-triggers(5), and the format of dpkg's `trigdb`.
final class TriggerInterests {
    private static final String DIRECTORY = "var/lib/dpkg/triggers/";

    private final StringBuilder files = new StringBuilder();
    private final Map<String, StringBuilder> named = new TreeMap<>();

    /// Notes what a package's `triggers` file says.
    ///
    /// @param owner the package as dpkg names it, with its architecture where several could be installed
    void add(String owner, byte[] triggers) {
        for (String line : new String(triggers, StandardCharsets.UTF_8).split("\n", -1)) {
            String[] words = line.strip().split("[ \t]+", -1);
            if (words.length == 2 && words[0].startsWith("interest")) {
                String who = owner + (words[0].equals("interest-noawait") ? "/noawait" : "") + "\n";
                if (words[1].startsWith("/")) {
                    files.append(words[1]).append(' ').append(who);
                } else if (isName(words[1])) {
                    named.computeIfAbsent(words[1], each -> new StringBuilder()).append(who);
                }
            }
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || "-+._:".indexOf(c) >= 0)
                && name.charAt(0) != '.';
    }

    void write(TopTree top, String reason) {
        top.file(DIRECTORY + "File", 0644, DebianFiles.utf8(files.toString()), reason);
        top.file(DIRECTORY + "Unincorp", 0644, new byte[0], reason);
        named.forEach((name, owners) -> top.file(DIRECTORY + name, 0644, DebianFiles.utf8(owners.toString()), reason));
    }
}
