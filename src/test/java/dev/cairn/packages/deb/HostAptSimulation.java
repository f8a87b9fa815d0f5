package dev.cairn.packages.deb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The machine's own apt-get on an empty system: its own state, status, sources and configuration in a folder, so that
/// nothing of the host but its mirror and program counts.
final class HostAptSimulation {
    private final Path folder;

    private HostAptSimulation(Path folder) {
        this.folder = folder;
    }

    /// Prepares the folder and fetches the suites' indexes with apt.
    static HostAptSimulation of(Path folder, AptMirror mirror, List<String> suites) throws Exception {
        for (String each : List.of("state/lists/partial", "cache/archives/partial", "etc/parts")) {
            Files.createDirectories(folder.resolve(each));
        }
        Files.writeString(folder.resolve("status"), "");
        StringBuilder sources = new StringBuilder();
        for (String suite : suites) {
            sources.append("deb [trusted=yes] ")
                    .append(mirror.of(suite))
                    .append(' ')
                    .append(suite)
                    .append(" main\n");
        }
        Files.writeString(folder.resolve("etc/sources.list"), sources);
        Files.writeString(folder.resolve("options"), """
                Dir::State "%1$s/state";
                Dir::State::status "%1$s/status";
                Dir::Cache "%1$s/cache";
                Dir::Etc::main "/dev/null";
                Dir::Etc::parts "%1$s/etc/parts";
                Dir::Etc::preferences "/dev/null";
                Dir::Etc::preferencesparts "%1$s/etc/parts";
                Dir::Etc::sourcelist "%1$s/etc/sources.list";
                Dir::Etc::sourceparts "%1$s/etc/parts";
                APT::Architecture "amd64";
                APT::Architectures { "amd64"; };
                APT::Install-Recommends "false";
                APT::AutoRemove::SuggestsImportant "false";
                APT::Sandbox::User "root";
                Acquire::Languages "none";
                Acquire::Check-Valid-Until "false";
                """.formatted(folder));
        HostAptSimulation apt = new HostAptSimulation(folder);
        apt.run(List.of("apt-get", "-qq", "update"));
        return apt;
    }

    /// What apt would install, as sorted `name=version`; empty when it finds no solution.
    Optional<List<String>> install(List<String> world) throws Exception {
        List<String> command = new ArrayList<>(List.of("apt-get", "-qq", "-s", "--no-install-recommends", "install"));
        command.addAll(world);
        Result result = run(command);
        if (result.exit != 0) {
            return Optional.empty();
        }
        List<String> pins = new ArrayList<>();
        for (String line : result.output.lines().toList()) {
            if (line.startsWith("Inst ")) {
                String[] words = line.split(" ", -1);
                pins.add(words[1] + "=" + words[2].substring(1));
            }
        }
        pins.sort(null);
        return Optional.of(pins);
    }

    private record Result(int exit, String output) {}

    private Result run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("APT_CONFIG", folder.resolve("options").toString());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("apt-get takes more than ten minutes: " + command);
        }
        return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
