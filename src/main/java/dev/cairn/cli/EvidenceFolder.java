package dev.cairn.cli;

import dev.cairn.advisory.AdvisoryStore;
import dev.cairn.scan.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/// Where the advisory database and the scan history are: `--data`, else `CAIRN_DATA`, else `$XDG_DATA_HOME/cairn`, else
/// `~/.local/share/cairn` (XDG Base Directory Specification 0.8). Unlike the cache it is not to be thrown away.
final class EvidenceFolder {
    private final OptionSpec data = Spec.text(
            "DIR",
            "Advisory database and scan history are in DIR (else CAIRN_DATA, else ~/.local/share/cairn).",
            "--data");

    OptionSpec spec() {
        return data;
    }

    AdvisoryStore advisories(Session session) {
        return new AdvisoryStore(folder(session).resolve("advisories"));
    }

    History history(Session session) {
        return new History(folder(session).resolve("history"));
    }

    /// The public keys whose owners may say what flaws an image has: the files in `vex-keys`.
    List<Path> vexKeys(Session session) throws IOException {
        Path keys = folder(session).resolve("vex-keys");
        if (!Files.isDirectory(keys)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(keys)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Path folder(Session session) {
        String given = data.getValue();
        return given != null ? Path.of(given) : folder(session.environment());
    }

    static Path folder(Map<String, String> environment) {
        String own = environment.getOrDefault("CAIRN_DATA", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        @Nullable String xdg = environment.get("XDG_DATA_HOME");
        if (xdg != null && !xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg, "cairn");
        }
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home, ".local", "share", "cairn");
    }
}
