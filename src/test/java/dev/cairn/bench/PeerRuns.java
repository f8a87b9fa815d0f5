package dev.cairn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Two command lines, run in turn in the same minutes on the same machine: what each costs, and their ratio.
/// Linux only.
final class PeerRuns {
    private static final double TICKS = 100;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private final Path output;

    /// @param output a file for what the commands print
    PeerRuns(Path output) {
        this.output = output;
    }

    /// What one run took.
    ///
    /// @param wall seconds from start to end
    /// @param cpu seconds of processor time, user and system, of the command and of all that it waited for
    record Cost(double wall, double cpu) {}

    /// Runs each once to warm up, then `rounds` times in turn, and prints medians and the ratio.
    void compare(List<String> ours, String peer, int rounds) throws IOException, InterruptedException {
        List<String> theirs = List.of("sh", "-c", peer);
        run(ours);
        run(theirs);
        List<Cost> our = new ArrayList<>();
        List<Cost> their = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            // who goes first changes: the one after the other finds another machine
            if (i % 2 == 0) {
                our.add(run(ours));
                their.add(run(theirs));
            } else {
                their.add(run(theirs));
                our.add(run(ours));
            }
        }
        System.out.printf("%d rounds after one to warm up, medians%n", rounds);
        print("cairn", our);
        print("peer", their);
        System.out.printf(
                "peer / cairn: wall %.2f, user+sys %.2f%n",
                median(their, Cost::wall) / median(our, Cost::wall), median(their, Cost::cpu) / median(our, Cost::cpu));
    }

    private static void print(String who, List<Cost> costs) {
        System.out.printf(
                "%-6s wall %7.3f s (min %.3f), user+sys %7.2f s (min %.2f)%n",
                who,
                median(costs, Cost::wall),
                costs.stream().mapToDouble(Cost::wall).min().orElseThrow(),
                median(costs, Cost::cpu),
                costs.stream().mapToDouble(Cost::cpu).min().orElseThrow());
    }

    static double median(List<Cost> costs, ToDoubleFunction<Cost> what) {
        double[] sorted = costs.stream().mapToDouble(what).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private Cost run(List<String> command) throws IOException, InterruptedException {
        double before = childrensCpu(Files.readString(Path.of("/proc/self/stat")));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        double wall = (System.nanoTime() - start) / 1e9;
        if (exit != 0) {
            throw new IllegalStateException(
                    String.join(" ", command) + ": exit code " + exit + "\n" + Files.readString(output));
        }
        return new Cost(wall, childrensCpu(Files.readString(Path.of("/proc/self/stat"))) - before);
    }

    /// Processor time of the children that have ended, from `/proc/self/stat` (proc_pid_stat(5): cutime and cstime), in
    /// seconds. The name in brackets may hold spaces and brackets.
    static double childrensCpu(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) / TICKS;
    }

    /// The value after a flag among arguments, or null; both are taken out of the list.
    static String take(List<String> arguments, String flag) {
        int at = arguments.indexOf(flag);
        if (at < 0) {
            return null;
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException(flag + " wants a value");
        }
        arguments.remove(at);
        return arguments.remove(at);
    }

    static List<String> modifiable(String... arguments) {
        return new ArrayList<>(Arrays.asList(arguments));
    }
}
