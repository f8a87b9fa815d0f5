package dev.cairn.oci;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How a container of an image is run by default: the member `config` of the image configuration (OCI image-spec,
/// config.md). Start with [#NONE] and add what there is.
///
/// @param user `user`, `uid`, `user:group` or `uid:gid`; empty for root
/// @param exposedPorts `port/protocol`, sorted
/// @param env `NAME=value`, in order
/// @param entrypoint the command's fixed part
/// @param cmd its arguments, or the command where there is no entrypoint
/// @param volumes folders that the container writes to, sorted
/// @param workingDir where the command starts; empty for `/`
/// @param labels free facts, sorted by key
/// @param stopSignal the signal that asks the command to end: `SIGTERM`
public record Execution(
        String user,
        SortedSet<String> exposedPorts,
        List<String> env,
        List<String> entrypoint,
        List<String> cmd,
        SortedSet<String> volumes,
        String workingDir,
        SortedMap<String, String> labels,
        @Nullable String stopSignal) {
    /// Nothing said.
    public static final Execution NONE = new Execution(
            "",
            Collections.emptySortedSet(),
            List.of(),
            List.of(),
            List.of(),
            Collections.emptySortedSet(),
            "",
            Collections.emptySortedMap(),
            null);

    public Execution {
        exposedPorts = sorted(exposedPorts);
        env = List.copyOf(env);
        entrypoint = List.copyOf(entrypoint);
        cmd = List.copyOf(cmd);
        volumes = sorted(volumes);
        labels = Descriptor.sorted(labels);
    }

    /// The same, run by this user.
    public Execution withUser(String value) {
        return new Execution(value, exposedPorts, env, entrypoint, cmd, volumes, workingDir, labels, stopSignal);
    }

    /// The same with these ports instead.
    public Execution withExposedPorts(Collection<String> value) {
        return new Execution(user, sorted(value), env, entrypoint, cmd, volumes, workingDir, labels, stopSignal);
    }

    /// The same with this environment instead.
    public Execution withEnv(List<String> value) {
        return new Execution(user, exposedPorts, value, entrypoint, cmd, volumes, workingDir, labels, stopSignal);
    }

    /// The same with this entrypoint instead.
    public Execution withEntrypoint(List<String> value) {
        return new Execution(user, exposedPorts, env, value, cmd, volumes, workingDir, labels, stopSignal);
    }

    /// The same with these arguments instead.
    public Execution withCmd(List<String> value) {
        return new Execution(user, exposedPorts, env, entrypoint, value, volumes, workingDir, labels, stopSignal);
    }

    /// The same with these volumes instead.
    public Execution withVolumes(Collection<String> value) {
        return new Execution(user, exposedPorts, env, entrypoint, cmd, sorted(value), workingDir, labels, stopSignal);
    }

    /// The same, started in this folder.
    public Execution withWorkingDir(String value) {
        return new Execution(user, exposedPorts, env, entrypoint, cmd, volumes, value, labels, stopSignal);
    }

    /// The same with these labels instead.
    public Execution withLabels(Map<String, String> value) {
        return new Execution(
                user, exposedPorts, env, entrypoint, cmd, volumes, workingDir, Descriptor.sorted(value), stopSignal);
    }

    /// The same, ended by this signal.
    public Execution withStopSignal(@Nullable String value) {
        return new Execution(user, exposedPorts, env, entrypoint, cmd, volumes, workingDir, labels, value);
    }

    private static SortedSet<String> sorted(Collection<String> values) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }

    static Execution read(JsonObject json) {
        String user = json.optionalString("User");
        String workingDir = json.optionalString("WorkingDir");
        return new Execution(
                user == null ? "" : user,
                keys(json, "ExposedPorts"),
                json.strings("Env"),
                json.strings("Entrypoint"),
                json.strings("Cmd"),
                keys(json, "Volumes"),
                workingDir == null ? "" : workingDir,
                json.stringMap("Labels"),
                json.optionalString("StopSignal"));
    }

    private static SortedSet<String> keys(JsonObject json, String name) {
        JsonObject set = json.optionalObject(name);
        return set == null ? Collections.emptySortedSet() : new TreeSet<>(set.names());
    }

    void write(JsonWriter json) {
        json.optionalString("User", user.isEmpty() ? null : user);
        json.optionalSet("ExposedPorts", exposedPorts);
        optionalStrings(json, "Env", env);
        optionalStrings(json, "Entrypoint", entrypoint);
        optionalStrings(json, "Cmd", cmd);
        json.optionalSet("Volumes", volumes);
        json.optionalString("WorkingDir", workingDir.isEmpty() ? null : workingDir);
        json.optionalMap("Labels", labels);
        json.optionalString("StopSignal", stopSignal);
    }

    private static void optionalStrings(JsonWriter json, String name, List<String> values) {
        if (!values.isEmpty()) {
            json.strings(name, values);
        }
    }
}
