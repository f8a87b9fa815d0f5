package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.testing.ClassPath;
import dev.cairn.testing.MadeDistributions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Builds the same definition in processes that have nothing else in common, each with a cache of its own, and compares
/// every byte of the result: the whole archive, names and modes of its members included.
class ReproducibleBuildTest {
    @TempDir
    Path folder;

    private final List<Digest> archives = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"deb", "apk"})
    void nothingButTheInputsMatters(String kind) throws Exception {
        Path definition = kind.equals("deb") ? MadeDistributions.deb(folder) : MadeDistributions.apk(folder);
        Path elsewhere = Files.createDirectories(folder.resolve("else where/ü"));

        build("plain", definition.toString(), folder, "022", Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC"));
        build(
                "everything else",
                "../../" + definition.getFileName(),
                elsewhere,
                "077",
                Map.of("LC_ALL", "C.UTF-8", "LANG", "tr_TR.UTF-8", "TZ", "Pacific/Kiritimati", "HOME", "/nonexistent"),
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=America/St_Johns",
                "-Duser.name=somebody",
                "-XX:ActiveProcessorCount=1",
                "-XX:hashCode=2",
                "-XX:+UnlockExperimentalVMOptions");
        build(
                "the C locale, many processors",
                definition.toString(),
                Path.of("/"),
                "000",
                Map.of("LC_ALL", "C", "TZ", "Asia/Kathmandu"),
                "-Dfile.encoding=COMPAT",
                "-XX:ActiveProcessorCount=16",
                "-Djava.io.tmpdir=" + folder);
        build("a warm cache", "cache of plain", definition.toString(), folder, "027", Map.of());

        assertThat(archives).hasSize(4).containsOnly(archives.getFirst());
    }

    private void build(
            String name, String definition, Path from, String umask, Map<String, String> environment, String... flags)
            throws Exception {
        build(name, "cache of " + name, definition, from, umask, environment, flags);
    }

    private void build(
            String name,
            String cache,
            String definition,
            Path from,
            String umask,
            Map<String, String> environment,
            String... flags)
            throws Exception {
        Path archive = folder.resolve(name + ".tar");
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-Xshare:auto"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(flags).reversed());
        command.addAll(List.of("-cp", ClassPath.text(), "dev.cairn.cli.Main"));
        command.addAll(List.of("--cache", folder.resolve(cache).toString(), "build", definition));
        command.addAll(List.of("--to", archive.toString(), "-t", "example.com/made:1"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(from.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().keySet().removeIf(each -> each.startsWith("CAIRN_") || each.equals("JAVA_TOOL_OPTIONS"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as("%s: %s", name, output).isZero();
        try (InputStream in = Files.newInputStream(archive)) {
            archives.add(Digest.of(in.readAllBytes()));
        }
    }
}
