package dev.cairn.builder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A storage of images and containers that buildah and podman share, apart from the machine's own. Nobody's
/// configuration and credentials are read.
///
/// @param state a folder of ours, which exists
public record Storage(Path state) {
    /// The flags that name it.
    ///
    /// @param podman whether they are for podman, which wants more where there is no systemd
    public List<String> flags(boolean podman) throws IOException {
        List<String> flags = new ArrayList<>();
        flags.addAll(List.of("--root", state.resolve("storage").toString()));
        flags.addAll(List.of("--runroot", runRoot().toString()));
        if (podman) {
            flags.addAll(List.of("--cgroup-manager", "cgroupfs", "--events-backend", "file"));
        }
        return flags;
    }

    /// The environment that goes with them.
    public Map<String, String> environment() throws IOException {
        Path credentials = state.resolve("auth.json");
        Files.writeString(credentials, "{}\n", StandardCharsets.UTF_8);
        Map<String, String> environment = new TreeMap<>();
        if (Files.isRegularFile(registries())) {
            environment.put("CONTAINERS_REGISTRIES_CONF", registries().toString());
        }
        environment.put("REGISTRY_AUTH_FILE", credentials.toString());
        environment.put("TMPDIR", state.toString());
        return environment;
    }

    /// Where registries are looked up, as the last build had it.
    Path registries() {
        return state.resolve("registries.conf");
    }

    /// podman takes no run folder of more than 50 characters, and both want the same one each time: one in the folder
    /// for temporary files, which nobody else can have made.
    public Path runRoot() throws IOException {
        byte[] name = state.toString().getBytes(StandardCharsets.UTF_8);
        Path folder = Path.of(
                System.getProperty("java.io.tmpdir", "/tmp"),
                "cairn-" + UUID.nameUUIDFromBytes(name).toString().substring(0, 13));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.getOwner(folder).equals(Files.getOwner(state))) {
            throw new IOException(folder + " belongs to somebody else\ntry: another cache folder");
        }
        return folder;
    }
}
