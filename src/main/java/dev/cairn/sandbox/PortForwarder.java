package dev.cairn.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Listens on ports of the host and forwards connections to ports of a sandbox that has a network of its own. A
/// second Java process, the [Relay], joins the sandbox's network namespace; both meet at a Unix socket, which no
/// network namespace cuts off. That works for root and for ordinary users and needs nothing in the sandbox.
final class PortForwarder implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private record Listener(ServerSocketChannel socket, int port) {}

    private final Host host;
    private final Path socket;
    private final List<Listener> listeners = new ArrayList<>();
    private final CompletableFuture<Process> relay = new CompletableFuture<>();

    private PortForwarder(Host host, Path socket) {
        this.host = host;
        this.socket = socket;
    }

    static PortForwarder listen(List<PortForward> ports, Host host, Scratch scratch) throws IOException {
        host.require("nsenter", "util-linux");
        PortForwarder forwarder = new PortForwarder(host, scratch.file("relay"));
        try {
            for (PortForward port : ports) {
                ServerSocketChannel server = ServerSocketChannel.open();
                forwarder.listeners.add(new Listener(server, port.port()));
                server.bind(new InetSocketAddress(InetAddress.getByName(port.address()), port.hostPort()));
            }
        } catch (IOException e) {
            forwarder.close();
            throw new IOException("cannot listen on a published port: " + e.getMessage(), e);
        }
        return forwarder;
    }

    List<Integer> hostPorts() {
        return listeners.stream()
                .map(listener -> listener.socket.socket().getLocalPort())
                .toList();
    }

    void forward(RunningSandbox running) {
        for (Listener listener : listeners) {
            Thread.ofVirtual().start(() -> accept(listener));
        }
        Thread.ofPlatform().daemon().name("relay").start(() -> {
            try {
                relay.complete(startRelay(running));
            } catch (IOException | InterruptedException | RuntimeException e) {
                relay.completeExceptionally(e);
            }
        });
    }

    private Process startRelay(RunningSandbox running) throws IOException, InterruptedException {
        Optional<Long> program = running.pid();
        Optional<Long> engine = running.enginePid();
        if (program.isEmpty() || engine.isEmpty()) {
            throw new IOException("the sandbox has ended");
        }
        List<String> command = new ArrayList<>();
        command.add(host.require("nsenter", "util-linux"));
        if (!host.privileged()) {
            command.addAll(List.of("--user=/proc/" + engine.get() + "/ns/user", "--preserve-credentials"));
        }
        command.addAll(List.of("--net=/proc/" + program.get() + "/ns/net", "--"));
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp", ourCode()));
        command.addAll(List.of(Relay.class.getName(), socket.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.getInputStream().read() < 0) {
            throw new IOException("the relay into the sandbox's network does not start");
        }
        return process;
    }

    private static String ourCode() throws IOException {
        try {
            return Path.of(Objects.requireNonNull(
                                    Relay.class.getProtectionDomain().getCodeSource())
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private void accept(Listener listener) {
        while (listener.socket.isOpen()) {
            try {
                SocketChannel client = listener.socket.accept();
                Thread.ofVirtual().start(() -> serve(client, listener.port));
            } catch (IOException _) {
                // closed, or the client is gone already
            }
        }
    }

    private void serve(SocketChannel client, int port) {
        try (client) {
            relay.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            try (SocketChannel inside = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                inside.connect(UnixDomainSocketAddress.of(socket));
                inside.write(ByteBuffer.allocate(2).putShort((short) port).flip());
                Relay.join(client, inside);
            }
        } catch (IOException | ExecutionException | TimeoutException _) {
            // the client sees its connection closed, as where nobody listens
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        for (Listener listener : listeners) {
            listener.socket.close();
        }
        if (!relay.completeExceptionally(new IOException("closed")) && !relay.isCompletedExceptionally()) {
            relay.join().destroyForcibly();
        }
        Files.deleteIfExists(socket);
    }
}
