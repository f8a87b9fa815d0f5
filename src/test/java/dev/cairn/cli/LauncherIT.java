package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./cairn` as a person runs it: which JDK, which cache, and that neither is ever in the way.
class LauncherIT {
    private static final Path HOME = Path.of("").toAbsolutePath();

    @TempDir
    Path temp;

    @BeforeEach
    void theJarIsThere() {
        assumeTrue(Files.exists(HOME.resolve("target/cairn.jar")), "skipped: no target/cairn.jar (mvn package)");
    }

    @Test
    void makesAnAotCacheAndUsesIt() throws Exception {
        assertVersion(cairn(Map.of("CAIRN_AOT", "wait"), "--version"));
        assertThat(caches()).hasSize(1);
        Ran ran =
                cairn(Map.of("CAIRN_JAVA_OPTS", "-Xlog:class+load:file=" + temp.resolve("loaded")), "-q", "--version");
        assertVersion(ran);
        List<String> loaded = Files.readAllLines(temp.resolve("loaded"));
        assertThat(loaded)
                .filteredOn(line -> line.contains(" picocli.") || line.contains(" dev.cairn.cli."))
                .isNotEmpty()
                .allMatch(line -> line.contains("shared objects file"));
    }

    @Test
    void aBrokenAotCacheBreaksNothing() throws Exception {
        assertVersion(cairn(Map.of("CAIRN_AOT", "wait"), "--version"));
        Path cache = caches().getFirst();
        byte[] whole = Files.readAllBytes(cache);
        for (int length : new int[] {0, 10, whole.length / 2}) {
            Files.write(cache, java.util.Arrays.copyOf(whole, length));
            assertVersion(cairn(Map.of(), "--version"));
        }
        Files.write(cache, "no cache at all".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
        assertVersion(cairn(Map.of(), "--version"));
    }

    @Test
    void aCacheFolderThatCannotBeWrittenBreaksNothing() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");
        assertVersion(cairn(Map.of("XDG_CACHE_HOME", file.toString(), "CAIRN_AOT", "wait"), "--version"));
        assertVersion(cairn(Map.of("XDG_CACHE_HOME", "", "HOME", ""), "--version"));
    }

    @Test
    void runsThroughALinkFromAnotherFolder() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("cairn"), HOME.resolve("cairn"));
        assertVersion(run(temp, Map.of("CAIRN_AOT", "off"), link.toString(), "--version"));
        assertVersion(run(temp, Map.of("CAIRN_AOT", "off"), "./cairn", "--version"));
    }

    @Test
    void passesWordsAsTheyAre() throws Exception {
        Ran ran = cairn(Map.of("CAIRN_AOT", "off"), "no such * $HOME \"command\"");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("'no such * $HOME \"command\"'");
    }

    @Test
    void readsEveryNameInTheCLocale() throws Exception {
        Files.createDirectories(temp.resolve("größe"));
        Path file = Files.writeString(temp.resolve("größe/図.yaml"), "nonsense: 1\n");
        Ran ran = cairn(Map.of("CAIRN_AOT", "off", "LC_ALL", "C"), "resolve", file.toString());
        assertThat(ran.err()).contains("größe/図.yaml:1:1");
    }

    @Test
    void aJdkIsKnownByItsReleaseFile() throws Exception {
        String script = "home=$1; . " + HOME + "/src/launcher/jdk.sh; is_jdk \"$2\" && echo \"$jdk_build\"";
        assertThat(sh(script, temp, jdk("new", "25.0.3", "Eclipse Adoptium")).out())
                .isEqualTo("25.0.3+9-Eclipse\n");
        assertThat(sh(script, temp, jdk("newer", "26-ea", "Debian")).out()).isEqualTo("26-ea+9-Debian\n");
        assertThat(sh(script, temp, jdk("old", "17.0.15", "Debian")).code()).isNotZero();
        assertThat(sh(script, temp, jdk("ancient", "1.8.0", "Debian")).code()).isNotZero();
        assertThat(sh(script, temp, temp.resolve("none")).code()).isNotZero();
    }

    @Test
    void theNamedJdkGoesBeforeAllOthers() throws Exception {
        String script = "home=$1; . " + HOME + "/src/launcher/jdk.sh; find_jdk; echo \"$jdk\"";
        Path good = jdk("good", "25", "Vendor");
        Path old = jdk("old", "21", "Vendor");
        assertThat(run(temp, Map.of("JAVA_HOME", good.toString()), "sh", "-c", script, "sh", temp.toString())
                        .out())
                .isEqualTo(good + "\n");
        Ran refused = run(temp, Map.of("CAIRN_JAVA_HOME", old.toString()), "sh", "-c", script, "sh", temp.toString());
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).isEqualTo("cairn: error: CAIRN_JAVA_HOME is not a JDK 25 or newer: " + old + "\n");
    }

    @Test
    @Tag("e2e")
    void aFreshCloneCompilesOnceForTwoAtATime() throws Exception {
        Path clone = temp.resolve("a clone");
        assertThat(run(temp, Map.of(), "git", "clone", "-q", HOME.toString(), clone.toString())
                        .code())
                .isZero();
        Process first = start(clone, Map.of("CAIRN_AOT", "off"), temp.resolve("first"), "./cairn", "--version");
        Process second = start(clone, Map.of("CAIRN_AOT", "off"), temp.resolve("second"), "./cairn", "--version");
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        String told = Files.readString(temp.resolve("first.err")) + Files.readString(temp.resolve("second.err"));
        assertThat(told).containsOnlyOnce("first run: compiling").containsOnlyOnce("waiting for another cairn");
    }

    private Path jdk(String name, String version, String vendor) throws IOException {
        Path home = temp.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Path javac = Files.writeString(home.resolve("bin/javac"), "");
        assertThat(javac.toFile().setExecutable(true)).isTrue();
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"" + vendor + "\"\nJAVA_RUNTIME_VERSION=\"" + version + "+9\"\nJAVA_VERSION=\"" + version
                        + "\"\n");
        return home;
    }

    private static void assertVersion(Ran ran) {
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).matches("cairn [0-9.]+\n");
        assertThat(ran.code()).isZero();
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".aot"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private Ran sh(String script, Path home, Path argument) throws Exception {
        return run(temp, Map.of(), "sh", "-c", script, "sh", home.toString(), argument.toString());
    }

    private Ran cairn(Map<String, String> environment, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("./cairn"));
        command.addAll(List.of(args));
        return run(HOME, environment, command.toArray(String[]::new));
    }

    private Ran run(Path folder, Map<String, String> environment, String... command) throws Exception {
        Path output = Files.createTempFile(temp, "output", "");
        Process process = start(folder, environment, output, command);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), Files.readString(output), Files.readString(Path.of(output + ".err")));
    }

    private Process start(Path folder, Map<String, String> environment, Path output, String... command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(Path.of(output + ".err").toFile());
        // the test's own JDK is new enough; the clone of the e2e test is the only one to compile
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("XDG_CACHE_HOME", temp.resolve("cache").toString());
        if (folder.equals(HOME) || folder.equals(temp)) {
            builder.environment().put("CAIRN_BUILD", "off");
        }
        builder.environment().putAll(environment);
        return builder.start();
    }
}
