package dev.cairn.proof;

import dev.cairn.oci.Execution;
import dev.cairn.sandbox.PortForward;
import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxException;
import dev.cairn.sandbox.SandboxSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Runs an image's start command in the sandbox and watches it: until it ends, until it has listened on the same ports
/// for a second, or until the patience is over. Then the smoke script is run against it, and it is stopped. It has no
/// network but the forwarded ports, and what it writes goes away.
public final class Rehearsal {
    /// How much is kept of each stream.
    public static final int OUTPUT_LIMIT = 1 << 20;

    private static final int NO_PROGRAM = 127;
    private static final Duration SETTLED = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Sandbox sandbox;
    private final Conditions conditions;

    /// What both images are given.
    ///
    /// @param patience how long a program that listens on no port is watched
    /// @param ports TCP ports to forward besides those that the image exposes
    /// @param environment variables besides the image's
    /// @param capabilities capabilities; none are usual
    /// @param smoke a shell script that is run on the host against the running program: `CAIRN_ADDRESS` is
    ///     `127.0.0.1:PORT` for the first port, `CAIRN_PORT_N` the host's port for port N. Null for none
    /// @param smokeLimit how long the script may take
    public record Conditions(
            Duration patience,
            List<Integer> ports,
            Map<String, String> environment,
            List<String> capabilities,
            @Nullable Path smoke,
            Duration smokeLimit) {
        /// Ten seconds' patience, a minute for the script, nothing else.
        public static final Conditions USUAL =
                new Conditions(Duration.ofSeconds(10), List.of(), Map.of(), List.of(), null, Duration.ofMinutes(1));

        public Conditions {
            ports = List.copyOf(ports);
            environment = Map.copyOf(environment);
            capabilities = List.copyOf(capabilities);
        }

        /// These with a smoke script.
        public Conditions withSmoke(Path script) {
            return new Conditions(patience, ports, environment, capabilities, script, smokeLimit);
        }

        /// These with another patience.
        public Conditions withPatience(Duration time) {
            return new Conditions(time, ports, environment, capabilities, smoke, smokeLimit);
        }
    }

    public Rehearsal(Sandbox sandbox, Conditions conditions) {
        this.sandbox = sandbox;
        this.conditions = conditions;
    }

    /// Runs it.
    ///
    /// @param root the image's unpacked root, which is not written to
    /// @param execution how the image is run
    /// @throws SandboxException when the sandbox cannot be made; a program that is missing is conduct
    public Conduct run(Path root, Execution execution) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(execution.entrypoint());
        command.addAll(execution.cmd());
        List<Integer> ports = ports(execution);
        try (RunningSandbox running = sandbox.start(specification(root, command, execution, ports))) {
            SortedSet<Integer> listening = watch(running);
            boolean ended = running.waitFor(Duration.ZERO);
            Conduct.Smoke smoke = null;
            if (!ended && conditions.smoke() != null) {
                smoke = new SmokeScript(conditions.smoke(), conditions.smokeLimit()).run(ports, running.hostPorts());
            }
            // a program that ends while it is asked has not kept running
            Integer exit = running.waitFor(Duration.ZERO) ? running.waitFor() : null;
            if (exit == null) {
                running.stop(signal(execution), GRACE);
            }
            return new Conduct(exit, running.output() + running.errorOutput(), listening, smoke);
        } catch (SandboxException e) {
            if (e.code() == SandboxException.Code.COMMAND_NOT_FOUND) {
                return new Conduct(NO_PROGRAM, String.valueOf(e.getMessage()), new TreeSet<>(), null);
            }
            throw e;
        }
    }

    private SortedSet<Integer> watch(RunningSandbox running) throws InterruptedException {
        Optional<Long> pid = running.pid();
        SortedSet<Integer> listening = new TreeSet<>();
        long now = System.nanoTime();
        long end = now + conditions.patience().toNanos();
        long since = now;
        while (pid.isPresent() && now < end && !running.waitFor(TICK)) {
            now = System.nanoTime();
            SortedSet<Integer> seen = ListeningPorts.of(pid.get());
            if (!seen.equals(listening)) {
                listening = seen;
                since = now;
            } else if (!seen.isEmpty() && now - since > SETTLED.toNanos()) {
                return listening;
            }
        }
        return listening;
    }

    private List<Integer> ports(Execution execution) {
        List<Integer> ports = new ArrayList<>(conditions.ports());
        for (String exposed : execution.exposedPorts()) {
            int slash = exposed.indexOf('/');
            if (slash < 0 || exposed.endsWith("/tcp")) {
                ports.add(Integer.parseInt(slash < 0 ? exposed : exposed.substring(0, slash)));
            }
        }
        return ports.stream().distinct().toList();
    }

    private SandboxSpec specification(Path root, List<String> command, Execution execution, List<Integer> ports) {
        SandboxSpec.Builder spec = SandboxSpec.of(root, command)
                .user(execution.user())
                .workDir(execution.workingDir())
                .writable(true);
        for (String variable : execution.env()) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                spec.env(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        conditions.environment().forEach(spec::env);
        conditions.capabilities().forEach(spec::capability);
        ports.forEach(port -> spec.port(new PortForward(PortForward.LOOPBACK, 0, port)));
        return spec.build();
    }

    private static String signal(Execution execution) {
        String signal = execution.stopSignal();
        if (signal == null || signal.isEmpty()) {
            return "TERM";
        }
        return signal.startsWith("SIG") ? signal.substring(3) : signal;
    }
}
