package dev.cairn.cli;

import dev.cairn.archive.GzipOutputStream;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarWriter;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.oci.Execution;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.Platform;
import dev.cairn.oci.layout.DeleteTree;
import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.server.PackageLayers;
import dev.cairn.server.RegistryServer;
import dev.cairn.server.ServerOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// A run through the usual commands on made-up repositories, for the launcher: the JVM records which classes they load
/// and writes them to its AOT cache. It leaves nothing behind, needs no network and prints nothing.
public final class WarmUp {
    private static final String INDEX = """
            C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=
            P:app
            V:1.2.3-r0
            A:x86_64
            S:1000
            I:2000
            T:an application
            D:so:libtool.so.1 tool>=1
            p:cmd:app=1.2.3-r0

            C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAE=
            P:libtool
            V:1.0_p1-r2
            A:x86_64
            S:1000
            I:2000
            T:a library
            p:so:libtool.so.1=1.0.0

            C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAI=
            P:tool
            V:1.0-r0
            A:x86_64
            S:1000
            I:2000
            T:a tool
            D:!none
            p:cmd:tool=1.0-r0

            """;
    private static final String DEFINITION = """
            contents:
              repositories: [repository]
              packages: [app]
            accounts:
              run-as: 65532
            entrypoint:
              command: /usr/bin/app
            archs: [amd64]
            """;

    private static final String DOCKERFILE = """
            FROM python:3.12-slim AS build
            # tools
            RUN apt-get update && apt-get install -y --no-install-recommends \\
                build-essential \\
                curl \\
             && rm -rf /var/lib/apt/lists/*
            RUN useradd -m app && pip install x > /dev/null
            FROM debian:12
            RUN if [ -n "$X" ]; then apt-get install -y git; fi
            COPY --from=build /a /a
            USER app
            CMD ["/a"]
            """;

    private final Console console;
    private final Path folder;

    private WarmUp(Console console, Path folder) {
        this.console = console;
        this.folder = folder;
    }

    /// Runs them.
    ///
    /// @param args `-large` for the commands that serve and scan, too: each cache has the classes of its own
    ///     commands only, since all of them are linked when the JVM starts
    public static void main(String[] args) throws IOException {
        OutputStream nowhere = OutputStream.nullOutputStream();
        Path folder = Files.createTempDirectory("cairn-warm-up");
        try {
            new WarmUp(new Console(nowhere, nowhere, false, false, false), folder)
                    .run(List.of(args).contains("-large"));
        } finally {
            DeleteTree.ifExists(folder);
        }
        Console.ofProcess().flush();
    }

    private void run(boolean large) throws IOException {
        Path repository = folder.resolve("repository");
        Path index = repository.resolve("x86_64/APKINDEX.tar.gz");
        Files.createDirectories(index.resolveSibling("."));
        writeIndex(index);
        String definition =
                Files.writeString(folder.resolve("warm.yaml"), DEFINITION).toString();
        String address = repository.toString();
        cairn("--version");
        cairn("-q", "--version");
        cairn("--help");
        cairn("no-such-command");
        // twice: the second time the index is compiled already
        for (int i = 0; i < 2; i++) {
            cairn("resolve", "--allow-untrusted", "--arch", "amd64", "--repository", address, "--", "app");
        }
        cairn("resolve", "--allow-untrusted", definition);
        cairn("resolve", "--allow-untrusted", definition, "--output", "json");
        cairn("resolve", "--allow-untrusted", "--arch", "amd64", "--repository", address, "--", "missing");
        cairn("why", "--allow-untrusted", definition, "tool");
        cairn("search", "--allow-untrusted", "--arch", "amd64", "--repository", address, "cmd:tool");
        String suite = new WarmUpSuite(folder.resolve("suite")).write(folder).toString();
        String to = folder.resolve("image").toString();
        for (int i = 0; i < 3; i++) {
            cairn("build", suite, "--to", to);
        }
        cairn("build", suite, "--to", to + ".tar", "--output", "json");
        cairn("lock", suite);
        cairn("build", suite, "--locked", "--to", to);
        String dockerfile =
                Files.writeString(folder.resolve("Dockerfile"), DOCKERFILE).toString();
        for (int i = 0; i < 2; i++) {
            cairn("convert", dockerfile);
            cairn("migrate", folder.toString());
            cairn("migrate", folder.toString(), "--step", "base");
        }
        cairn("cache", "info");
        if (large) {
            new WarmUpScan(folder.resolve("scan")).run(this::cairn);
            serve();
        }
        // an image without its program: everything up to the sandbox
        writeImage(folder.resolve("image"));
        cairn("run", folder.resolve("image").toString());
    }

    /// A registry, and an image pushed to it.
    private void serve() throws IOException {
        Path data = folder.resolve("data");
        PackageLayers packages = new PackageLayers(new CacheDirectory(folder.resolve("cache")));
        try (RegistryServer server = new RegistryServer(
                ServerOptions.loopback(data), packages, OutputStream.nullOutputStream(), InstantSource.system())) {
            server.start();
            String host = server.address().substring("http://".length());
            cairn("org", "create", "warm", "--registry", host);
            cairn("tags", host + "/warm/image");
        }
    }

    private static void writeImage(Path layout) throws IOException {
        Execution execution = Execution.NONE.withCmd(List.of("/app"));
        Image image = Image.of(ImageConfig.of(null, Platform.LINUX_AMD64, execution, List.of()), List.of());
        new LayoutWriter().add(image, List.of()).writeFolder(layout);
    }

    private void cairn(String... args) {
        Map<String, String> environment = Map.of(
                "CAIRN_CACHE", folder.resolve("cache").toString(),
                "CAIRN_DATA", folder.resolve("data").toString(),
                "HOME", folder.toString());
        Main.run(console, environment, args);
    }

    private static void writeIndex(Path file) throws IOException {
        byte[] text = INDEX.getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file);
                GzipOutputStream gzip = new GzipOutputStream(out)) {
            TarWriter tar = new TarWriter(gzip);
            tar.put(TarEntry.file("APKINDEX", 0644, text.length), text);
            tar.end();
        }
    }
}
