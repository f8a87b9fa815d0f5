package dev.cairn.cli;

import java.nio.file.Path;
import java.util.Map;

/// Where a registry on this machine keeps everything, unless told otherwise: `$CAIRN_DATA`, else
/// `$XDG_DATA_HOME/cairn/registry`, else `~/.local/share/cairn/registry`.
final class DataPlace {
    private DataPlace() {}

    static Path of(Map<String, String> environment) {
        String own = environment.getOrDefault("CAIRN_DATA", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg, "cairn", "registry");
        }
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home, ".local/share/cairn/registry");
    }
}
