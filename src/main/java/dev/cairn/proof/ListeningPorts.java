package dev.cairn.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The TCP ports on which something listens in a process's network: proc_net_tcp of the kernel's documentation.
final class ListeningPorts {
    private static final String LISTEN = "0A";

    private ListeningPorts() {}

    static SortedSet<Integer> of(long pid) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            try {
                read(Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table), StandardCharsets.US_ASCII), ports);
            } catch (IOException _) {
                // the process is gone, or the kernel has no IPv6
            }
        }
        return ports;
    }

    /// `sl local_address rem_address st …`, addresses in hexadecimal with the port behind a colon.
    static void read(List<String> lines, SortedSet<Integer> into) {
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+", 5);
            if (fields.length >= 4 && fields[3].equals(LISTEN)) {
                int colon = fields[1].lastIndexOf(':');
                into.add(Integer.parseInt(fields[1].substring(colon + 1), 16));
            }
        }
    }
}
