package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.image.definition.Definition;
import dev.cairn.oci.Image;
import dev.cairn.sandbox.PortForward;
import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxResult;
import dev.cairn.sandbox.SandboxSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// One of the examples, built from Debian's packages and unpacked, to be run as `cairn run` would run it: as its own
/// user, with a read-only root, without capabilities and network.
final class BuiltExample {
    static final Duration LONG = Duration.ofSeconds(90);

    private static final int OUTPUT = 1 << 20;
    private static final int TRIES = 300;
    private static final List<String> PROGRAMS = List.of("bin", "sbin", "usr/bin", "usr/sbin", "usr/local/bin");
    private static final List<String> SHELLS = List.of("sh", "bash", "dash", "busybox");
    private static final List<String> UNWANTED = List.of("dpkg", "apt", "apt-get", "apk", "perl");

    private final AssembledImage built;
    private final Path root;
    private final Sandbox sandbox;

    private BuiltExample(AssembledImage built, Path root, Sandbox sandbox) {
        this.built = built;
        this.root = root;
        this.sandbox = sandbox;
    }

    static BuiltExample of(String name, Path folder) throws IOException {
        AssembledImage built = new BuiltImages().example(name);
        return new BuiltExample(built, BuiltImages.unpack(built.image(), folder), BuiltImages.sandbox(folder));
    }

    static BuiltExample of(Definition definition, Path folder) throws IOException {
        AssembledImage built = new BuiltImages().build(definition, BuiltImages.requireMirror());
        return new BuiltExample(built, BuiltImages.unpack(built.image(), folder), BuiltImages.sandbox(folder));
    }

    Image image() {
        return built.image();
    }

    Path root() {
        return root;
    }

    /// The file's text.
    String text(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    void hasNoShellNorPackageManager() throws IOException {
        assertThat(built.traits().shells()).isEmpty();
        assertThat(programs(SHELLS)).isEmpty();
        hasNoPackageManager();
    }

    void hasNoPackageManager() throws IOException {
        assertThat(built.traits().packageManagers()).isEmpty();
        assertThat(image().config().execution().user()).isEqualTo("65532");
        assertThat(programs(UNWANTED)).isEmpty();
    }

    private List<String> programs(List<String> names) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> names.contains(String.valueOf(path.getFileName())))
                    .map(path -> root.relativize(path).toString())
                    .filter(path -> PROGRAMS.contains(path.substring(0, Math.max(0, path.lastIndexOf('/')))))
                    .toList();
        }
    }

    /// How many certificates the bundle has.
    long certificates() throws IOException {
        return text("etc/ssl/certs/ca-certificates.crt")
                .lines()
                .filter("-----BEGIN CERTIFICATE-----"::equals)
                .count();
    }

    /// What a command prints, which must end well.
    String succeed(UnaryOperator<SandboxSpec.Builder> change, List<String> command) throws Exception {
        SandboxSpec spec = change.apply(BuiltImages.run(image(), root, command)).build();
        SandboxResult result = sandbox.run(spec, LONG, OUTPUT);
        assertThat(result.exitCode()).as("%s%s", result.out(), result.err()).isZero();
        return result.out();
    }

    /// What the image's entrypoint prints with these arguments; it must end well.
    String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(image().config().execution().entrypoint());
        command.addAll(List.of(arguments));
        return succeed(UnaryOperator.identity(), command);
    }

    /// Starts what the image starts by itself, with its port on a free one of this machine.
    RunningSandbox start(int port, UnaryOperator<SandboxSpec.Builder> change) throws IOException {
        return start(spec -> change.apply(spec.port(new PortForward(PortForward.LOOPBACK, 0, port))));
    }

    /// Starts what the image starts by itself.
    RunningSandbox start(UnaryOperator<SandboxSpec.Builder> change) throws IOException {
        List<String> command = new ArrayList<>(image().config().execution().entrypoint());
        command.addAll(image().config().execution().cmd());
        return sandbox.start(
                change.apply(BuiltImages.run(image(), root, command)).build());
    }

    /// Something that may fail while a server is starting.
    interface Attempt {
        String make() throws Exception;
    }

    /// The first answer of a server that may still be starting.
    static String eventually(RunningSandbox running, Attempt attempt) throws Exception {
        Throwable last = new IOException("never tried");
        for (int i = 0; i < TRIES; i++) {
            try {
                return attempt.make();
            } catch (Exception | AssertionError e) {
                last = e;
            }
            if (running.waitFor(Duration.ofMillis(100))) {
                break;
            }
        }
        throw new AssertionError(running.output() + running.errorOutput(), last);
    }

    /// The page at a path of the server on this port.
    static String get(int port, String path) throws IOException {
        URI address = URI.create("http://" + PortForward.LOOPBACK + ":" + port + path);
        try (InputStream in = address.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// Sends lines to a server that closes the connection after the last; everything that it answers.
    static String talk(int port, String... lines) throws IOException {
        try (Socket socket = new Socket(PortForward.LOOPBACK, port)) {
            OutputStream out = socket.getOutputStream();
            out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.isEmpty()) {
                throw new IOException("no answer yet");
            }
            return answer;
        }
    }
}
