package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.image.definition.Definition;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.sandbox.Mount;
import dev.cairn.sandbox.Network;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxResult;
import dev.cairn.sandbox.SandboxSpec;
import dev.cairn.testing.ClassPath;
import dev.cairn.testing.MadeDistributions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Builds the same images with the JDK that runs the tests and with Debian's OpenJDK 25, which takes the system's zlib,
/// in an image of trixie that Cairn made: the archives are equal to the last byte.
class SecondJdkIT {
    private static final String SECOND = """
            contents:
              repositories: [deb trixie main]
              packages: [openjdk-25-jre-headless]
            """;

    /// Real packages: xz and zstd members, links, conflicts of directories, an archive of several megabytes.
    private static final String REAL = """
            contents:
              repositories: [deb trixie main]
              packages: [libc6, zlib1g, ca-certificates, netbase, tzdata]
              keep: [netbase]
            layering: {strategy: origin, budget: 4}
            """;

    @TempDir
    Path folder;

    @Test
    void anotherJdkMakesTheSameBytes() throws Exception {
        AptMirror mirror = BuiltImages.requireMirror();
        Definition second = Installed.definition(folder, SECOND);
        Path root = BuiltImages.unpack(new BuiltImages().build(second, mirror).image(), folder.resolve("second"));
        Path shared = Files.createDirectories(folder.resolve("shared"));
        Path real = Files.writeString(shared.resolve("real.yaml"), REAL);
        List<Path> definitions = List.of(MadeDistributions.deb(shared), MadeDistributions.apk(shared), real);

        assertThat(there(root, List.of("java", "-version"), List.of())).contains("25.", "Debian");
        for (Path definition : definitions) {
            Path first = folder.resolve(definition.getFileName() + ".first.tar");
            Path other = shared.resolve(definition.getFileName() + ".other.tar");
            here(command(javaHere(), folder.resolve("cache"), definition, first, mirror));
            String said = there(
                    root,
                    command("java", shared.resolve("cache"), definition, other, mirror),
                    List.of(new Mount.Bind(shared, shared.toString(), false)));
            assertThat(digest(other)).as("%s: %s", definition, said).isEqualTo(digest(first));
        }
    }

    private static String javaHere() {
        return Path.of(System.getProperty("java.home"), "bin/java").toString();
    }

    private static List<String> command(String java, Path cache, Path definition, Path archive, AptMirror mirror) {
        return List.of(
                java,
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                ClassPath.text(),
                "dev.cairn.cli.Main",
                "--cache",
                cache.toString(),
                "build",
                definition.toString(),
                "--mirror",
                mirror.archive().toString(),
                "--security-mirror",
                mirror.security().toString(),
                "-t",
                "same:1",
                "--to",
                archive.toString());
    }

    private static void here(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    private String there(Path root, List<String> command, List<Mount> mounts) throws Exception {
        SandboxSpec.Builder spec = SandboxSpec.of(root, command)
                .network(Network.HOST)
                .env("PATH", "/usr/bin:/usr/lib/jvm/java-25-openjdk-amd64/bin:/usr/lib/jvm/java-25-openjdk-arm64/bin")
                .env("LC_ALL", "C.UTF-8")
                .mount(new Mount.Tmpfs("/tmp", "exec"));
        List<Mount> all = new ArrayList<>(mounts);
        for (Path each : ClassPath.entries()) {
            if (Files.exists(each)) {
                all.add(new Mount.Bind(each, each.toString(), true));
            }
        }
        for (String each : List.of("/etc/resolv.conf", "/etc/hosts")) {
            if (Files.exists(Path.of(each))) {
                all.add(new Mount.Bind(Path.of(each).toRealPath(), each, true));
            }
        }
        all.forEach(spec::mount);
        Sandbox sandbox = BuiltImages.sandbox(folder);
        SandboxResult result = sandbox.run(spec.build(), Duration.ofMinutes(5), 1 << 16);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out() + result.err();
    }

    private static Digest digest(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return Digest.of(in.readAllBytes());
        }
    }
}
