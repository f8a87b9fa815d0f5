package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.cairn.image.definition.Definition;
import dev.cairn.oci.Image;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.sandbox.Network;
import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxSpec;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.SignedDebRepository;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// apt and dpkg work inside dev variants: what they were told about packages whose scripts never ran is true.
class DevVariantIT {
    private static final Duration LONG = Duration.ofMinutes(8);

    /// Docker's set, less what nothing here needs.
    private static final List<String> CAPABILITIES =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "SETGID", "SETUID", "KILL", "SETFCAP", "SYS_CHROOT");

    private static final String AUDIT = """
            echo "audit: $(dpkg --audit)"
            echo "states: $(dpkg-query -W -f '${db:Status-Abbrev}\\n' | sort | uniq -c | tr -s ' ')"
            echo "verify: $(dpkg --verify)"
            """;

    @TempDir
    Path dir;

    private final BuiltImages images = new BuiltImages();
    private Sandbox sandbox;

    @BeforeEach
    void open() throws IOException {
        Tool.requireRoot();
        sandbox = BuiltImages.sandbox(dir);
    }

    /// Runs a script as root that may write to its root and reach the mirror, and expects success.
    private String script(Image image, AptMirror mirror, String script) throws Exception {
        Path root = BuiltImages.unpack(image, dir);
        String expired = mirror.checksValidUntil() ? "" : "-o Acquire::Check-Valid-Until=false";
        try (DebianProxy proxy = DebianProxy.start(mirror)) {
            SandboxSpec.Builder spec = BuiltImages.run(
                            image, root, List.of("/bin/bash", "-e", "-c", "cd /; exec 2>&1; " + script))
                    .user("0:0")
                    .writable(true)
                    .network(Network.HOST)
                    .env("http_proxy", proxy.address())
                    .env("no_proxy", "127.0.0.1")
                    .env("EXPIRED", expired)
                    .env("DEBIAN_FRONTEND", "noninteractive");
            CAPABILITIES.forEach(spec::capability);
            try (RunningSandbox running = sandbox.start(spec.build())) {
                assertThat(running.waitFor(LONG)).as(running.output()).isTrue();
                assertThat(running.waitFor())
                        .as("%s%s", running.output(), running.errorOutput())
                        .isZero();
                return running.output();
            }
        }
    }

    private static void isSound(String said) {
        assertThat(said).containsPattern("(?m)^audit: $");
        assertThat(said).containsPattern("(?m)^states: +\\d+ ii *$");
        assertThat(said).containsPattern("(?m)^verify: $");
    }

    @Test
    void curlCanBeInstalledInPython() throws Exception {
        AptMirror mirror = BuiltImages.requireMirror();
        SignedDebRepository vendor = SignedDebRepository.in(dir.resolve("vendor"));
        vendor.add("stable", DebSpec.of("vendored", "1.0").file("usr/share/vendored", "from a third party\n"));
        vendor.publish();
        HttpServer server = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                vendor.root(),
                SimpleFileServer.OutputLevel.NONE);
        server.start();
        try {
            curlAndTheVendorsPackage(mirror, vendor, server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private void curlAndTheVendorsPackage(AptMirror mirror, SignedDebRepository vendor, int port) throws Exception {
        Definition definition = Installed.definition(
                dir,
                "include: " + BuiltImages.examples().resolve("python.yaml")
                        + "\nvariant: dev\ncontents: {repositories: ['deb [signed-by="
                        + dir.relativize(vendor.keyFile()) + "] http://127.0.0.1:" + port + "/ stable main']}\n");
        Image image = images.build(definition, mirror).image();
        assertThat(image.config().execution().user()).isEqualTo("65532");

        String said = script(image, mirror, """
                update-alternatives --query awk | grep -E '^(Status|Best|Value)'
                apt-get $EXPIRED update
                apt-get install -y --no-install-recommends libfribidi0 | grep -o 'Processing triggers for libc-bin'
                apt-get check
                apt-get install -y curl vendored
                cat /usr/share/vendored
                curl --version
                python3 -c 'print("still", 6 * 7)'
                """ + AUDIT);

        assertThat(said.lines()).startsWith("Status: auto", "Best: /usr/bin/mawk", "Value: /usr/bin/mawk");
        assertThat(said).contains("Processing triggers for libc-bin");
        assertThat(said).contains("still 42", "from a third party").containsPattern("(?m)^curl \\d");
        isSound(said);
    }

    @Test
    @Tag("e2e")
    void postgresAndLocalesCanBeInstalledInBase() throws Exception {
        AptMirror mirror = BuiltImages.requireMirror();

        String said = script(images.example("base").image(), mirror, """
                apt-get $EXPIRED update
                apt-get install -y postgresql locales
                localedef -i de_DE -f UTF-8 de_DE.UTF-8
                locale -a
                ls /etc/pam.d/common-auth
                su postgres -c '/usr/lib/postgresql/*/bin/pg_ctl --version'
                pg_lsclusters -h
                """ + AUDIT);

        assertThat(said).contains("de_DE.utf8", "pg_ctl (PostgreSQL)").containsPattern("(?m)^\\d+\\s+main");
        isSound(said);
    }
}
