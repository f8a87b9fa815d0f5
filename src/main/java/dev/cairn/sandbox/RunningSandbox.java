package dev.cairn.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A sandbox that was started.
public final class RunningSandbox implements AutoCloseable {
    static final String RUNC_LOG = "runc.log";
    private static final Duration START = Duration.ofSeconds(10);

    private final SandboxSpec spec;
    private final Host host;
    private final Engine engine;
    private final Scratch scratch;
    private final Process process;
    private final @Nullable PortForwarder forwarder;
    private final @Nullable Capture out;
    private final @Nullable Capture err;
    private boolean closed;

    private RunningSandbox(
            SandboxSpec spec,
            Host host,
            Engine engine,
            Scratch scratch,
            Process process,
            @Nullable PortForwarder forwarder,
            @Nullable Capture out,
            @Nullable Capture err) {
        this.spec = spec;
        this.host = host;
        this.engine = engine;
        this.scratch = scratch;
        this.process = process;
        this.forwarder = forwarder;
        this.out = out;
        this.err = err;
    }

    static RunningSandbox start(
            SandboxSpec spec, Host host, Engine engine, Scratch scratch, List<String> command, int outputLimit)
            throws IOException {
        PortForwarder forwarder = spec.ports().isEmpty() ? null : PortForwarder.listen(spec.ports(), host, scratch);
        try {
            Process process = spawn(builder(spec, command));
            boolean capture = spec.stdio() == Stdio.CAPTURE;
            RunningSandbox running = new RunningSandbox(
                    spec,
                    host,
                    engine,
                    scratch,
                    process,
                    forwarder,
                    capture ? new Capture(process.getInputStream(), outputLimit) : null,
                    capture ? new Capture(process.getErrorStream(), outputLimit) : null);
            if (forwarder != null) {
                forwarder.forward(running);
            }
            return running;
        } catch (IOException | RuntimeException e) {
            if (forwarder != null) {
                forwarder.close();
            }
            throw e;
        }
    }

    private static ProcessBuilder builder(SandboxSpec spec, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        if (spec.stdio() == Stdio.INHERIT) {
            return builder.inheritIO();
        }
        builder.redirectInput(Path.of("/dev/null").toFile());
        if (spec.stdio() == Stdio.INHERIT_OUTPUT) {
            builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        }
        return builder;
    }

    /// Starts it from a thread that lives as long as the process: the kernel takes the end of the thread that made a
    /// process for its parent's end (prctl(2), PR_SET_PDEATHSIG), and the caller's thread may end any time.
    private static Process spawn(ProcessBuilder builder) throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("sandbox").start(() -> {
            try {
                Process process = builder.start();
                started.complete(process);
                process.waitFor();
            } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return started.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /// The program's process id on the host, as soon as it runs; empty when it does not start or has ended.
    public Optional<Long> pid() throws InterruptedException {
        long end = System.nanoTime() + START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            Optional<Long> engineProcess = enginePid();
            Optional<Long> program = engineProcess.flatMap(RunningSandbox::child);
            if (program.isPresent() && isProgram(program.get(), engineProcess.orElseThrow())) {
                return program;
            }
            Thread.sleep(5);
        }
        return Optional.empty();
    }

    /// The process of runc or bubblewrap itself; before, of the script that becomes it.
    Optional<Long> enginePid() {
        return child(process.pid());
    }

    private static Optional<Long> child(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(parent -> parent.children().findFirst())
                .map(ProcessHandle::pid);
    }

    /// The engine's children are copies of the engine until one, the first process of its namespace, executes the
    /// program. runc copies itself to a file without a name.
    private boolean isProgram(long pid, long enginePid) {
        if (!Files.exists(scratch.file(Stage.READY))) {
            return false;
        }
        try {
            Path ours = Files.readSymbolicLink(Path.of("/proc/" + enginePid + "/exe"));
            Path child = Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe"));
            return ours.endsWith(engine.program())
                    && !child.equals(ours)
                    && !child.toString().endsWith(" (deleted)")
                    && isFirst(pid);
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isFirst(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("NSpid:")) {
                return line.endsWith("\t1");
            }
        }
        return false;
    }

    /// The host's ports that were forwarded, in the specification's order.
    public List<Integer> hostPorts() {
        return forwarder == null ? List.of() : forwarder.hostPorts();
    }

    /// Sends the program a signal, named as in `kill -s`: `TERM`, `USR1`, …. Nothing happens when it has ended.
    public void signal(String name) throws IOException, InterruptedException {
        Optional<Long> target = pid();
        if (target.isPresent()) {
            List<String> kill = List.of("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, "" + target.get());
            new ProcessBuilder(kill)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    /// Kills everything in it at once.
    public void kill() {
        process.destroyForcibly();
    }

    /// Asks the program to end and kills it when it has not within the time.
    public int stop(String signal, Duration grace) throws IOException, InterruptedException {
        signal(signal);
        if (!waitFor(grace)) {
            kill();
        }
        return waitFor();
    }

    /// Waits for the end; false when the time was over first.
    public boolean waitFor(Duration timeout) throws InterruptedException {
        return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Waits for the end and returns the program's exit code, 128+n when signal n ended it.
    public int waitFor() throws IOException, InterruptedException {
        int code = process.waitFor();
        for (Capture capture : new @Nullable Capture[] {out, err}) {
            if (capture != null) {
                capture.finish();
            }
        }
        if (!Files.exists(scratch.file(Stage.READY)) && code != 128 + 9) {
            throw notStarted("the sandbox could not be prepared" + logged(scratch.file("overlay.log")));
        }
        checkRunc();
        return code;
    }

    /// runc logs its own errors, which it has also printed to the error stream.
    private void checkRunc() throws IOException {
        Path file = scratch.file(RUNC_LOG);
        String log = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        boolean missing = log.contains("executable file not found") || log.contains("no such file or directory");
        if (missing && log.contains("exec")) {
            throw new SandboxException(
                    SandboxException.Code.COMMAND_NOT_FOUND,
                    "the image cannot execute '" + spec.command().getFirst()
                            + "': it, or the loader or interpreter that it names, is missing");
        }
        if (log.contains("level=error")) {
            throw notStarted("runc could not start the command");
        }
    }

    private SandboxException notStarted(String message) {
        String said = err == null ? "" : "\n" + err.text().strip();
        String advice = host.privileged() ? "" : "\ntry: as root, where user namespaces are not allowed";
        return new SandboxException(SandboxException.Code.NOT_STARTED, message + said + advice);
    }

    private static String logged(Path log) throws IOException {
        String text = Files.exists(log)
                ? Files.readString(log, StandardCharsets.UTF_8).strip()
                : "";
        return text.isEmpty() ? "" : "\n" + text;
    }

    /// What was printed until now, with [Stdio#CAPTURE].
    public String output() {
        return out == null ? "" : out.text();
    }

    /// What was printed to the error stream until now, with [Stdio#CAPTURE].
    public String errorOutput() {
        return err == null ? "" : err.text();
    }

    /// Waits for the end; what was printed and how it ended.
    ///
    /// @param timedOut what the result is to say of that
    public SandboxResult result(boolean timedOut) throws IOException, InterruptedException {
        int code = waitFor();
        boolean truncated = (out != null && out.truncated()) || (err != null && err.truncated());
        return new SandboxResult(code, output(), errorOutput(), truncated, timedOut);
    }

    /// Kills what still runs and removes every trace.
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        process.destroyForcibly();
        if (forwarder != null) {
            forwarder.close();
        }
        // until the kernel has ended the namespace, its mounts keep the scratch folder busy
        process.onExit().join();
        scratch.close();
    }
}
