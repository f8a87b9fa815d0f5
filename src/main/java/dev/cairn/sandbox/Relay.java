package dev.cairn.sandbox;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// The process in the sandbox's network namespace: a connection on its Unix socket names a port by its first two bytes
/// and is then joined to that port on loopback. It writes one byte when it listens and ends when its standard input
/// does, which is when its parent ends.
final class Relay {
    private static final int BUFFER = 1 << 16;
    private static final byte[] IPV4 = {127, 0, 0, 1};
    private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private Relay() {}

    /// Serves until standard input ends.
    ///
    /// @param args the Unix socket's path
    public static void main(String[] args) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(Path.of(args[0])));
        Thread.ofVirtual().start(() -> accept(server));
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write('.');
        }
        while (System.in.read() >= 0) {
            // nothing is ever sent
        }
    }

    private static void accept(ServerSocketChannel server) {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                // the other side is gone already
            }
        }
    }

    private static void serve(SocketChannel client) {
        try (client) {
            ByteBuffer port = ByteBuffer.allocate(2);
            while (port.hasRemaining()) {
                if (client.read(port) < 0) {
                    return;
                }
            }
            try (SocketChannel target = connect(Short.toUnsignedInt(port.getShort(0)))) {
                join(client, target);
            }
        } catch (IOException _) {
            // nobody listens: closing says so
        }
    }

    private static SocketChannel connect(int port) throws IOException {
        try {
            return SocketChannel.open(new InetSocketAddress(InetAddress.getByAddress(IPV4), port));
        } catch (IOException _) {
            return SocketChannel.open(new InetSocketAddress(InetAddress.getByAddress(IPV6), port));
        }
    }

    /// Copies both ways until both sides have ended; one side's end is passed on while the other goes on.
    static void join(SocketChannel one, SocketChannel other) throws IOException {
        Thread back = Thread.ofVirtual().start(() -> copy(other, one));
        copy(one, other);
        try {
            back.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try {
            while (from.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
            to.shutdownOutput();
        } catch (IOException _) {
            close(from);
            close(to);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // it is of no use any more either way
        }
    }
}
