package dev.cairn.cli;

import dev.cairn.sandbox.Mount;
import java.nio.file.Path;
import java.util.Map;

/// The volumes that `cairn run -v NAME:PLACE` keeps from one run to the next: folders below
/// `$XDG_DATA_HOME/cairn/volumes`
/// (XDG Base Directory Specification 0.8). They are the user's data: nothing of Cairn ever deletes them.
record NamedVolumes(Path folder) {
    private static final String ALSO_IN_NAMES = "_.-";

    static NamedVolumes of(Map<String, String> environment) {
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        // The specification: a relative path is to be ignored.
        if (!data.isEmpty() && Path.of(data).isAbsolute()) {
            return new NamedVolumes(Path.of(data, "cairn", "volumes"));
        }
        String home = environment.getOrDefault("HOME", "");
        Path base = Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home);
        return new NamedVolumes(base.resolve(".local/share/cairn/volumes"));
    }

    /// The mount of a volume; docker's rule for names.
    Mount mount(String name, String place, boolean readOnly) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean alphanumeric = c < 128 && Character.isLetterOrDigit(c);
            if (!alphanumeric && (i == 0 || ALSO_IN_NAMES.indexOf(c) < 0)) {
                throw RunInput.usage("a volume's name has letters, digits, '_', '.' and '-': " + name + "\ntry: -v ./"
                        + name + ":" + place + " for a folder");
            }
        }
        return new Mount.Kept(folder.resolve(name), place, readOnly);
    }
}
