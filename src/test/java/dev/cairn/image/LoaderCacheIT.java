package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.image.definition.Definition;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxResult;
import dev.cairn.testing.Tool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `ld.so.cache` beside that of the real ldconfig, and before the real loader.
class LoaderCacheIT {
    @TempDir
    Path folder;

    @Test
    void theLoaderFindsWhatOnlyTheCacheNames() throws Exception {
        Tool.requireRoot();
        Sandbox sandbox = BuiltImages.sandbox(folder);
        AptMirror mirror = BuiltImages.requireMirror();
        Definition definition = Installed.definition(folder, """
                contents: {repositories: [deb trixie main], packages: [python3, libfakeroot]}
                entrypoint: {command: /usr/bin/python3}
                """);
        AssembledImage built = new BuiltImages().build(definition, mirror);
        assertThat(built.warnings()).isEmpty();
        Path root = BuiltImages.unpack(built.image(), folder);

        String program = "import ctypes; print(ctypes.CDLL('libfakeroot-0.so') is not None)";
        SandboxResult result = sandbox.run(
                BuiltImages.run(built.image(), root, List.of("/usr/bin/python3", "-c", program))
                        .build(),
                Duration.ofMinutes(1),
                1 << 16);
        assertThat(result.out()).as(result.err()).isEqualTo("True\n");

        Tool ldconfig = Tool.require("ldconfig");
        List<String> ours = listed(ldconfig, root.resolve("etc/ld.so.cache"));
        ldconfig.run("-X", "-r", root, "-C", "/real.cache").success();
        assertThat(ours).hasSizeGreaterThan(20).isEqualTo(listed(ldconfig, root.resolve("real.cache")));
    }

    private static List<String> listed(Tool ldconfig, Path cache) throws Exception {
        return ldconfig.run("-p", "-C", cache)
                .success()
                .lines()
                .filter(each -> each.contains("=>"))
                .map(String::strip)
                .toList();
    }

    @Test
    void noCacheIsMadeWhereTheLoaderNeedsNone() throws Exception {
        Definition definition = Installed.definition(folder, """
                contents: {repositories: [deb trixie main], packages: [libzstd1]}
                """);
        AssembledImage built = new BuiltImages().build(definition, BuiltImages.requireMirror());
        assertThat(built.topFiles()).extracting(AssembledImage.TopFile::path).doesNotContain("etc/ld.so.cache");
    }
}
