package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Variant;
import dev.cairn.image.layer.LayerForm;
import dev.cairn.oci.Image;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.sandbox.Network;
import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxSpec;
import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.RepackedAlpine;
import dev.cairn.testing.SignedApkRepository;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images of real apk packages: musl, busybox and apk-tools of an Alpine root file system, packed again and signed.
class ApkImagesIT {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private SignedApkRepository alpine;
    private Sandbox sandbox;

    @BeforeEach
    void open() throws IOException {
        Tool.requireRoot();
        alpine = RepackedAlpine.in(folder.resolve("alpine"));
        sandbox = BuiltImages.sandbox(folder);
    }

    private Definition definition(String packages, String rest) throws IOException {
        return Installed.definition(
                folder,
                "contents: {repositories: [./alpine], keyring: [" + folder.relativize(alpine.publicKey())
                        + "], packages: [" + packages + "]}\n" + rest);
    }

    /// An example as it is, but for the repository: Alpine's own needs the network.
    private Definition example(String name) throws IOException {
        String text = Files.readString(BuiltImages.examples().resolve("apk/" + name + ".yaml"));
        String own = text.replace(
                "    - https://dl-cdn.alpinelinux.org/alpine/v3.22/main\n",
                "    - ./alpine\n  keyring: [" + folder.relativize(alpine.publicKey()) + "]\n");
        assertThat(own).isNotEqualTo(text);
        return Installed.definition(folder, own);
    }

    @Test
    void theExamplesRun() throws Exception {
        AssembledImage busybox = build(example("busybox"));
        assertThat(busybox.warnings()).isEmpty();
        Path root = BuiltImages.unpack(busybox.image(), Files.createDirectories(folder.resolve("busybox")));
        assertThat(run(shell(busybox.image(), root, "id -u; wget --help 2>&1 | head -n 1 | cut -d' ' -f1; pwd")))
                .isEqualTo("65532\nBusyBox\n/home/nonroot\n");
        assertThat(busybox.traits().packageManagers()).isEmpty();

        AssembledImage base = build(example("base"));
        Path baseRoot = BuiltImages.unpack(base.image(), Files.createDirectories(folder.resolve("base")));
        assertThat(run(shell(base.image(), baseRoot, "apk info | sort | head -n 1; ls /etc/ssl/certs")))
                .isEqualTo("alpine-baselayout\nca-certificates.crt\n");
    }

    private AssembledImage build(Definition definition) throws IOException {
        CacheDirectory cache = new CacheDirectory(folder.resolve("cache"));
        Repositories repositories = new Repositories(
                new Downloader(cache, Downloader.Options.DEFAULT),
                new Repositories.Trust(List.of(), false),
                () -> new AptMirror(folder.toUri(), folder.toUri(), true));
        ImageBuilder builder = new ImageBuilder(repositories, cache);
        return builder.assemble(definition, builder.select(definition, Architecture.AMD64));
    }

    private String run(SandboxSpec.Builder spec) throws Exception {
        try (RunningSandbox running = sandbox.start(spec.build())) {
            assertThat(running.waitFor(LONG)).as(running.output()).isTrue();
            assertThat(running.waitFor())
                    .as("%s%s", running.output(), running.errorOutput())
                    .isZero();
            return running.output();
        }
    }

    private static SandboxSpec.Builder shell(Image image, Path root, String script) {
        return BuiltImages.run(image, root, List.of("/bin/sh", "-e", "-c", "exec 2>&1; " + script));
    }

    @Test
    void muslAndBusyboxRunUnprivileged() throws Exception {
        AssembledImage built = build(definition("alpine-baselayout, busybox, musl-utils", """
                os-release: {id: alpine, name: Alpine Linux}
                entrypoint: {command: /bin/busybox}
                accounts:
                  users: [{username: nonroot, uid: 65532, gid: 65532}]
                  run-as: nonroot
                """));
        assertThat(built.layers().subList(0, built.layers().size() - 1))
                .as("every package is its own layer, byte for byte")
                .allMatch(each -> each.form() == LayerForm.VERBATIM);
        Path root = BuiltImages.unpack(built.image(), folder);

        String said = run(shell(built.image(), root, """
                id -u; id -un; ls -l /usr/bin/wc | awk '{print $NF}'; readlink /bin/ls
                echo a b | wc -w; ldd /bin/busybox | grep -c musl; ! touch /x 2>/dev/null
                getconf LONG_BIT; grep NAME /etc/os-release; ls /lib/apk/db
                """));

        assertThat(said.lines().map(String::strip))
                .containsExactly(
                        "65532",
                        "nonroot",
                        "/bin/busybox",
                        "/bin/busybox",
                        "2",
                        "2",
                        "64",
                        "NAME=\"Alpine Linux\"",
                        "installed");
        assertThat(built.traits().packageManagers()).isEmpty();
    }

    @Test
    void apkAddWorksInTheDevVariant() throws Exception {
        alpine.add(ApkSpec.of("greeting", "1.0-r0")
                .depends("busybox")
                .file("usr/bin/greet", 0755, "#!/bin/sh\ncat /etc/greeting\n".getBytes(StandardCharsets.UTF_8))
                .file("usr/share/greetings/plain", "x\n")
                .script("post-install", "#!/bin/sh\necho hello > /etc/greeting\n"));
        alpine.add(ApkSpec.of("watcher", "1.0-r0")
                .file("usr/share/watcher/x", "x\n")
                .triggers("/usr/share/greetings")
                .script("trigger", "#!/bin/sh\necho \"$@\" >> /var/log/watched\n"));
        alpine.index();
        Definition definition = definition("alpine-baselayout, watcher", """
                accounts:
                  users: [{username: nonroot, uid: 65532, gid: 65532}]
                  run-as: nonroot
                """).withVariant(Variant.DEV);
        AssembledImage built = build(definition);
        assertThat(built.traits().packageManagers()).containsExactly("/sbin/apk");
        Path root = BuiltImages.unpack(built.image(), folder);
        Path repository = Files.createDirectories(root.resolve("repository"));
        Tool.require("cp").run("-r", alpine.root() + "/.", repository).success();

        String said =
                run(shell(built.image(), root, """
                cat /etc/apk/world; cat /etc/apk/repositories
                apk --version | cut -d, -f1
                echo /repository > /etc/apk/repositories
                apk audit --system
                apk add greeting
                greet
                cat /var/log/watched
                apk info -W /usr/bin/greet
                apk del greeting
                ! test -e /usr/bin/greet
                apk fix --reinstall busybox
                apk audit --system
                """).user("0:0").writable(true).network(Network.NONE));

        assertThat(said.lines())
                .as("what was asked for, no folder of the building machine, and a database that agrees with the disk")
                .startsWith(
                        "alpine-baselayout",
                        "alpine-keys",
                        "apk-tools",
                        "busybox",
                        "busybox-binsh",
                        "watcher",
                        "apk-tools 2.14.4",
                        "(1/1) Installing greeting (1.0-r0)")
                .contains(
                        "Executing greeting-1.0-r0.post-install",
                        "Executing watcher-1.0-r0.trigger",
                        "hello",
                        "/usr/share/greetings",
                        "/usr/bin/greet is owned by greeting-1.0-r0",
                        "(1/1) Purging greeting (1.0-r0)",
                        "Executing busybox-1.36.1-r29.trigger")
                .last()
                .asString()
                .startsWith("OK: ");
    }
}
