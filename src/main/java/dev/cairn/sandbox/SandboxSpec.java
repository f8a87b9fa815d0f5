package dev.cairn.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What to run and what it may do. The defaults are the hardened ones: the root is read-only, there are no
/// capabilities and no way to gain any, no network, a system call filter, a limit on processes.
///
/// @param root an unpacked root file system; it is never written to
/// @param writable whether the program may write to its root; what it writes goes away with the sandbox
/// @param command the program and its arguments
/// @param user docker's `USER[:GROUP]`, names or numbers, looked up in the root's own `/etc/passwd` and `/etc/group`;
///     empty for root
/// @param workDir the working folder, made where missing; empty for `/`
/// @param env environment; `PATH` and `HOME` are added where missing
/// @param capabilities capabilities to give, without `CAP_`; also to a user other than root
/// @param terminal whether standard input is a terminal that the program is to control
/// @param trace where strace writes which files the program opens; null for no trace
public record SandboxSpec(
        Path root,
        boolean writable,
        List<String> command,
        String user,
        String workDir,
        Map<String, String> env,
        List<Mount> mounts,
        Network network,
        List<PortForward> ports,
        Set<String> capabilities,
        Limits limits,
        String hostname,
        boolean terminal,
        Stdio stdio,
        @Nullable Path trace) {

    public SandboxSpec {
        root = root.toAbsolutePath().normalize();
        command = List.copyOf(command);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        mounts = List.copyOf(mounts);
        ports = List.copyOf(ports);
        capabilities = Collections.unmodifiableSet(new TreeSet<>(capabilities));
        if (command.isEmpty()) {
            throw invalid("there is no command to run");
        }
        if (!workDir.isEmpty() && !workDir.startsWith("/")) {
            throw invalid("the working folder is not absolute: " + workDir);
        }
        for (String capability : capabilities) {
            if (!Capabilities.NAMES.contains(capability)) {
                throw invalid("no such capability: " + capability);
            }
        }
        if (network == Network.HOST && !ports.isEmpty()) {
            throw invalid(
                    "ports are published on the host's network already\ntry: without -p, or without --network host");
        }
        checkNoZero(command, "an argument");
        checkNoZero(env.keySet(), "a variable's name");
        checkNoZero(env.values(), "a variable's value");
        checkNoZero(List.of(user, workDir, hostname), "the user, working folder or host name");
    }

    private static void checkNoZero(Iterable<String> values, String what) {
        for (String value : values) {
            if (value.indexOf('\0') >= 0) {
                throw invalid(what + " holds a zero byte");
            }
        }
    }

    private static SandboxException invalid(String message) {
        return new SandboxException(SandboxException.Code.INVALID, message);
    }

    /// Begins a specification with the defaults and captured output.
    public static Builder of(Path root, List<String> command) {
        return new Builder(root, command);
    }

    /// [#of] with the command as arguments.
    public static Builder of(Path root, String... command) {
        return new Builder(root, List.of(command));
    }

    /// Collects what differs from the defaults.
    public static final class Builder {
        private final Path root;
        private final List<String> command;
        private final Map<String, String> env = new LinkedHashMap<>();
        private final List<Mount> mounts = new ArrayList<>();
        private final List<PortForward> ports = new ArrayList<>();
        private final Set<String> capabilities = new TreeSet<>();
        private boolean writable;
        private String user = "";
        private String workDir = "";
        private Network network = Network.NONE;
        private Limits limits = Limits.DEFAULT;
        private String hostname = "cairn";
        private boolean terminal;
        private Stdio stdio = Stdio.CAPTURE;
        private @Nullable Path trace;

        private Builder(Path root, List<String> command) {
            this.root = root;
            this.command = command;
        }

        public Builder writable(boolean value) {
            writable = value;
            return this;
        }

        public Builder user(String value) {
            user = value;
            return this;
        }

        public Builder workDir(String value) {
            workDir = value;
            return this;
        }

        public Builder env(String name, String value) {
            env.put(name, value);
            return this;
        }

        public Builder mount(Mount mount) {
            mounts.add(mount);
            return this;
        }

        public Builder network(Network value) {
            network = value;
            return this;
        }

        public Builder port(PortForward port) {
            ports.add(port);
            return this;
        }

        /// With or without `CAP_`.
        public Builder capability(String name) {
            capabilities.add(Capabilities.canonical(name));
            return this;
        }

        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        public Builder hostname(String value) {
            hostname = value;
            return this;
        }

        public Builder terminal(boolean value) {
            terminal = value;
            return this;
        }

        public Builder stdio(Stdio value) {
            stdio = value;
            return this;
        }

        /// Writes down which files the program opens; needs strace. It cannot be sent signals while it is traced.
        public Builder trace(Path file) {
            trace = file.toAbsolutePath().normalize();
            return this;
        }

        public SandboxSpec build() {
            return new SandboxSpec(
                    root,
                    writable,
                    command,
                    user,
                    workDir,
                    env,
                    mounts,
                    network,
                    ports,
                    capabilities,
                    limits,
                    hostname,
                    terminal,
                    stdio,
                    trace);
        }
    }
}
