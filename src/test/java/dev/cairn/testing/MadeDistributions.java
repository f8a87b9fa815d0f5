package dev.cairn.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// A made-up Debian suite and a made-up apk repository with the same application, and a definition for each. They have
/// what layers are hard for: links of both kinds, odd modes and owners, long and non-ASCII names, paths that move to
/// `/usr`, files of several compressed blocks, directories on which packages differ, more packages than layers.
///
/// The packages are the same bytes each time; only the repositories' signatures differ.
public final class MadeDistributions {
    /// How many small libraries the application needs.
    private static final int LIBRARIES = 12;

    private static final String COMMON = """
            layering: {strategy: origin, budget: 6}
            accounts:
              groups: [{groupname: app, gid: 1000}]
              users: [{username: app, uid: 1000, gid: 1000, homedir: /home/app}]
              run-as: app
            paths:
              - {path: /var/lib/app, type: directory, uid: 1000, gid: 1000, permissions: 0o750}
              - {path: /etc/motd, type: symlink, source: ../usr/share/app/text}
              - {path: /etc/nothing, type: empty-file}
            environment: {LANG: C.UTF-8, ZONE: none}
            annotations: {org.opencontainers.image.title: Größe}
            work-dir: /var/lib/app
            stop-signal: INT
            entrypoint: {command: /usr/bin/app --serve}
            archs: [amd64, arm64]
            """;

    private MadeDistributions() {}

    /// Writes the Debian suite below `folder` and gives the definition's file.
    public static Path deb(Path folder) throws IOException {
        SignedDebRepository repository = SignedDebRepository.in(folder.resolve("deb"));
        for (String architecture : List.of("amd64", "arm64")) {
            for (DebSpec each : debs(architecture)) {
                repository.add("made", each.architecture(architecture));
            }
        }
        repository.publish();
        return Files.writeString(
                folder.resolve("deb.yaml"),
                "contents:\n  repositories: ['" + repository.sourceLine("made", "main")
                        + "']\n  packages: [app, base-files]\n" + COMMON);
    }

    private static List<DebSpec> debs(String architecture) {
        DebSpec base = DebSpec.of("base-files", "13")
                .compression("xz")
                .file("usr/lib/os-release", "ID=debian\nVERSION_ID=\"13\"\nPRETTY_NAME=\"Made\"\n")
                .directory("tmp", 01777, 0, 0)
                .directory("var/mail", 02775, 0, 8);
        DebSpec app = DebSpec.of("app", "1:2.0~rc1-1")
                .compression("zst")
                .file("usr/bin/app", 0755, bytes(architecture + " app", 300_000))
                .file("bin/app-helper", 04755, bytes("helper", 9_000))
                .symlink("sbin/app", "../bin/app-helper")
                .hardlink("usr/bin/app-again", "usr/bin/app")
                .file("usr/share/app/text", "a line that repeats itself\n".repeat(50_000))
                .file("usr/share/app/ünïcödé", "é\n")
                .file("usr/share/app/" + "long/".repeat(40) + "name", "far down\n")
                .directory("var/lib/app", 0700, 0, 0)
                .conffile("etc/app.conf", "a = b\n");
        StringBuilder depends = new StringBuilder("base-files");
        List<DebSpec> all = new java.util.ArrayList<>(List.of(base));
        for (int i = 0; i < LIBRARIES; i++) {
            depends.append(", libapp").append(i);
            all.add(DebSpec.of("libapp" + i, "1." + i)
                    .compression(i % 2 == 0 ? "" : "xz")
                    .file("lib/libapp.so." + i, 0644, bytes("library " + i, 1000 * (i + 1)))
                    .symlink("usr/lib/libapp" + i + ".so", "libapp.so." + i)
                    .directory("var/lib/app", i % 2 == 0 ? 0755 : 0700, 0, 0));
        }
        all.add(app.depends(depends.toString()));
        return all;
    }

    /// Writes the apk repository below `folder` and gives the definition's file.
    public static Path apk(Path folder) throws IOException {
        SignedApkRepository repository = SignedApkRepository.in(folder.resolve("apk"));
        for (String architecture : List.of("x86_64", "aarch64")) {
            for (ApkSpec each : apks(architecture)) {
                repository.add(each.arch(architecture));
            }
        }
        repository.index();
        return Files.writeString(
                folder.resolve("apk.yaml"),
                "contents:\n  repositories: ['" + repository.root() + "']\n  keyring: ['" + repository.publicKey()
                        + "']\n  packages: [app, base]\n" + COMMON);
    }

    private static List<ApkSpec> apks(String architecture) {
        ApkSpec base = ApkSpec.of("base", "3-r0")
                .file("etc/os-release", "ID=made\nVERSION_ID=3\n")
                .directory("tmp", 01777, 0, 0);
        ApkSpec app = ApkSpec.of("app", "2.0_rc1-r3")
                .depends("base")
                .file("usr/bin/app", 0755, bytes(architecture + " app", 300_000))
                .file("bin/app-helper", 04755, bytes("helper", 9_000))
                .hardlink("usr/bin/app-again", "usr/bin/app")
                .file("usr/share/app/text", "a line that repeats itself\n".repeat(50_000))
                .file("usr/share/app/ünïcödé", "é\n")
                .file("usr/share/app/" + "long/".repeat(40) + "name", "far down\n")
                .directory("var/lib/app", 0700, 0, 0)
                .script("post-install", "#!/bin/sh\nexit 0\n")
                .triggers("/usr/share/app");
        List<ApkSpec> all = new java.util.ArrayList<>(List.of(base));
        for (int i = 0; i < LIBRARIES; i++) {
            app.depends("so:libapp.so." + i);
            all.add(ApkSpec.of("libapp" + i, "1." + i + "-r0")
                    .provides("so:libapp.so." + i + "=1." + i)
                    .file("lib/libapp.so." + i, 0644, bytes("library " + i, 1000 * (i + 1)))
                    .symlink("usr/lib/libapp" + i + ".so", "/lib/libapp.so." + i)
                    .directory("var/lib/app", i % 2 == 0 ? 0755 : 0700, 0, 0));
        }
        all.add(app);
        return all;
    }

    /// Bytes that compress somewhat, the same for the same text.
    private static byte[] bytes(String text, int length) {
        SplittableRandom random = new SplittableRandom(text.chars().sum());
        StringBuilder out = new StringBuilder(length + 64);
        while (out.length() < length) {
            out.append(text).append(' ').append(random.nextInt(1 << 16)).append('\n');
        }
        return out.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}
