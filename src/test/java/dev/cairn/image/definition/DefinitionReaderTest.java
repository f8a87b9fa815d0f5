package dev.cairn.image.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.image.definition.DefinitionException.Code;
import dev.cairn.packages.Ecosystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionReaderTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Definition read(String text) throws IOException {
        return DefinitionReader.read(file("image.yaml", text));
    }

    private DefinitionException fault(String text) throws IOException {
        Path file = file("image.yaml", text);
        return catchThrowableOfType(DefinitionException.class, () -> DefinitionReader.read(file));
    }

    @Test
    void readsEveryKey() throws IOException {
        file("nginx.conf", "events {}\n");
        file("key.rsa.pub", "key");
        Definition definition = read("""
                contents:
                  repositories:
                    - https://packages.example/os/
                    - '@local ./packages'
                  build_repositories: [https://build.example/os]
                  runtime_repositories: [https://mirror.example/os]
                  keyring: [key.rsa.pub, https://packages.example/os/key.rsa.pub]
                  runtime_keyring:
                    - name: mirror.rsa.pub
                      content: |
                        -----BEGIN PUBLIC KEY-----
                        MA==
                        -----END PUBLIC KEY-----
                  packages: [nginx=1.2-r3, 'curl~8', 'zlib>1', foo@local, '!bar']
                  exclude: [perl]
                  keep: [debconf]
                entrypoint:
                  command: /usr/sbin/nginx -g "daemon off;"
                cmd: -c '/etc/my nginx.conf'
                stop-signal: SIGQUIT
                work-dir: /srv
                volumes: [/data]
                environment: {A: 1, B: true, EMPTY: , Z: 0x10}
                annotations: {org.example.one: two}
                accounts:
                  users:
                    - {username: nginx, uid: 101, gid: 102, shell: /sbin/nologin, homedir: /var/lib/nginx}
                    - {username: other, uid: 103}
                  groups:
                    - {groupname: nginx, gid: 102, members: [other]}
                  run-as: 101
                paths:
                  - {path: /run//nginx/, type: directory, uid: 101, gid: 102, permissions: 0o755}
                  - {path: etc/alias, type: symlink, source: ../target}
                  - {path: /b, type: hardlink, source: usr/a, permissions: 0644}
                  - {path: /var, type: permissions, permissions: 493, recursive: yes}
                files:
                  - {source: nginx.conf, path: /etc/nginx/, gid: 5, permissions: 0o640}
                archs: [x86_64, aarch64, amd64, 386]
                layering: {strategy: origin, budget: 10}
                certificates:
                  additional:
                    - {name: root, content: "-----BEGIN CERTIFICATE-----\\nMA==\\n"}
                os-release: {pretty-name: Mine, ID: mine}
                variant: dev
                vcs-url: https://git.example/x@1
                """);

        assertThat(definition.contents().repositories())
                .extracting(Entry::text)
                .containsExactly("https://packages.example/os", "@local ./packages");
        assertThat(definition.buildTimeRepositories()).hasSize(3);
        assertThat(definition.ecosystem()).contains(Ecosystem.APK);
        assertThat(definition.contents().packages())
                .extracting(Entry::text)
                .containsExactly("nginx=1.2-r3", "curl~8", "zlib>1", "foo@local", "!bar");
        assertThat(definition.contents().packages().get(1).position())
                .isEqualTo(new Position(definition.file(), 14, 28));
        assertThat(definition.contents().runtimeKeyring().getFirst().content()).endsWith("KEY-----\n");
        assertThat(definition.entrypoint().argv()).containsExactly("/usr/sbin/nginx", "-g", "daemon off;");
        assertThat(definition.cmd()).containsExactly("-c", "/etc/my nginx.conf");
        assertThat(definition.stopSignal()).contains("SIGQUIT");
        assertThat(definition.workDir()).contains("/srv");
        assertThat(definition.environment())
                .containsEntry("A", "1")
                .containsEntry("B", "true")
                .containsEntry("EMPTY", "")
                .containsEntry("Z", "0x10");
        assertThat(definition.accounts().users())
                .containsExactly(
                        new Definition.User("nginx", 101, 102, "/sbin/nologin", "/var/lib/nginx"),
                        new Definition.User("other", 103, 103, "/bin/sh", "/home/other"));
        assertThat(definition.accounts().groups())
                .containsExactly(new Definition.Group("nginx", 102, List.of("other")));
        assertThat(definition.accounts().runAs()).map(Entry::text).contains("101");
        assertThat(definition.archs()).containsExactly(Architecture.X86, Architecture.AMD64, Architecture.ARM64);
        assertThat(definition.budget()).hasValue(10);
        assertThat(definition.osRelease()).containsEntry("PRETTY_NAME", "Mine").containsEntry("ID", "mine");
        assertThat(definition.variant()).isEqualTo(Variant.DEV);
        assertThat(definition.certificates()).hasSize(1);
        assertPaths(definition.paths());
        FileCopy copy = definition.files().getFirst();
        assertThat(copy.path()).isEqualTo("/etc/nginx/nginx.conf");
        assertThat(copy.owner()).isEqualTo(new Owner(0, 5));
        assertThat(copy.entries()).extracting(LocalFile::mode).containsExactly(0640);
    }

    private static void assertPaths(List<PathChange> paths) {
        assertThat(paths).extracting(PathChange::path).containsExactly("/run/nginx", "/etc/alias", "/b", "/var");
        assertThat(paths.get(0).owner()).contains(new Owner(101, 102));
        assertThat(paths.get(1).source()).isEqualTo("../target");
        assertThat(paths.get(1).permissions()).isEqualTo(OptionalInt.empty());
        assertThat(paths.get(2).source()).isEqualTo("/usr/a");
        assertThat(paths.get(2).permissions()).hasValue(0644);
        assertThat(paths.get(3).permissions()).hasValue(0755);
        assertThat(paths.get(3).recursive()).isTrue();
        assertThat(paths.get(3).owner()).isEmpty();
    }

    @Test
    void readsAnAptSource() throws IOException {
        Definition definition = read("""
                contents:
                  repositories:
                    - deb trixie main
                    - deb [signed-by=x.asc] https://apt.example/debian trixie main
                  packages: [redis-server]
                """);
        assertThat(definition.ecosystem()).contains(Ecosystem.DEB);
        assertThat(definition.contents().repositories().getFirst().isAptSource())
                .isTrue();
        assertThat(definition.variant()).isEqualTo(Variant.RUNTIME);
    }

    @Test
    void namesTheNearestKeyUnderACaret() throws IOException {
        DefinitionException fault = fault("contents:\n  pacakges: [a]\n");
        assertThat(fault.code()).isEqualTo(Code.UNKNOWN_KEY);
        assertThat(fault).hasMessage("""
                %s:2:3: unknown key 'pacakges' in contents
                  2 |   pacakges: [a]
                    |   ^
                try: packages""".formatted(folder.resolve("image.yaml")));
    }

    @Test
    void countsColumnsInCodePoints() throws IOException {
        DefinitionException fault = fault("environment: {😀: 1, a: [b]}\n");
        assertThat(fault.position().column()).isEqualTo(24);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WRONG_TYPE    | contents: [a]",
                "WRONG_TYPE    | contents: {packages: a}",
                "WRONG_TYPE    | contents: {packages: [[a]]}",
                "WRONG_TYPE    | contents: {packages: [a, ~]}",
                "WRONG_TYPE    | cmd: [a]",
                "WRONG_TYPE    | accounts: {users: [{username: a, uid: '10'}]}",
                "WRONG_TYPE    | accounts: {users: [{username: a, uid: ten}]}",
                "WRONG_TYPE    | paths: [{path: /a, type: directory, recursive: maybe}]",
                "WRONG_TYPE    | [a]",
                "WRONG_TYPE    | a",
                "WRONG_TYPE    | ''",
                "WRONG_TYPE    | {[a]: b}",
                "BAD_VALUE     | accounts: {users: [{username: a, uid: 0}]}",
                "BAD_VALUE     | accounts: {users: [{username: a, uid: 4294967296}]}",
                "BAD_VALUE     | accounts: {users: [{username: 'a:b', uid: 1}]}",
                "BAD_VALUE     | accounts: {users: [{username: a, uid: 1}, {username: a, uid: 2}]}",
                "BAD_VALUE     | paths: [{path: /a, type: directory, permissions: 755}]",
                "BAD_VALUE     | paths: [{path: /a, type: directory, permissions: 0o17777}]",
                "BAD_VALUE     | paths: [{path: /a, type: directory, permissions: 0o789}]",
                "BAD_VALUE     | paths: [{path: /a, type: directory, permissions: u+x}]",
                "BAD_VALUE     | paths: [{path: /a/../b, type: directory}]",
                "BAD_VALUE     | paths: [{path: /a, type: folder}]",
                "BAD_VALUE     | paths: [{path: /, type: empty-file}]",
                "MISSING_KEY   | paths: [{path: /a, type: symlink}]",
                "MISSING_KEY   | paths: [{path: /a, type: permissions}]",
                "MISSING_KEY   | paths: [{path: /a}]",
                "MISSING_KEY   | accounts: {users: [{uid: 1}]}",
                "BAD_VALUE     | contents: {packages: ['a b']}",
                "BAD_VALUE     | contents: {repositories: [trixie main]}",
                "BAD_VALUE     | contents: {repositories: [deb-src trixie main]}",
                "BAD_VALUE     | contents: {repositories: [deb trixie main, https://a.example]}",
                "BAD_VALUE     | contents: {exclude: [a], keep: [a]}",
                "BAD_VALUE     | archs: [vax]",
                "BAD_VALUE     | work-dir: srv",
                "BAD_VALUE     | stop-signal: quit please",
                "BAD_VALUE     | variant: debug",
                "BAD_VALUE     | layering: {budget: 0}",
                "BAD_VALUE     | entrypoint: {command: \"a 'b\"}",
                "BAD_VALUE     | environment: {'A=B': c}",
                "BAD_VALUE     | certificates: {additional: [{name: a, content: no}]}",
                "BAD_VALUE     | certificates: {additional: [{name: ../a, content: '-----BEGIN X-----'}]}",
                "UNSUPPORTED   | entrypoint: {type: service-bundle, services: {a: b}}",
                "UNSUPPORTED   | entrypoint: {services: {a: b}}",
                "UNSUPPORTED   | contents: {baseimage: {image: a}}",
                "UNSUPPORTED   | include: github.com/a/b/c.yaml@main",
                "BAD_VALUE     | format: erofs",
                "DUPLICATE_KEY | {cmd: a, cmd: b}",
                "MISSING_FILE  | include: nowhere.yaml",
                "MISSING_FILE  | files: [{source: nowhere, path: /a}]",
                "MISSING_FILE  | contents: {keyring: [nowhere.pub]}",
                "INCLUDE_CYCLE | include: image.yaml",
                "SYNTAX        | cmd: [a",
                "SYNTAX        | 'cmd: \"a'",
                "SYNTAX        | cmd: *a",
                "SYNTAX        | cmd: !shell a",
                "SYNTAX        | cmd: &a [*a]",
            })
    void refuses(Code code, String text) throws IOException {
        DefinitionException fault = fault(text == null ? "" : text);
        assertThat(fault).isNotNull();
        assertThat(fault.code()).isEqualTo(code);
    }

    @Test
    void aMistakenModeIsExplained() throws IOException {
        assertThat(fault("paths: [{path: /a, type: directory, permissions: 755}]"))
                .hasMessageEndingWith("\ntry: 0o755");
    }

    @Test
    void secretsStayOutOfMessages() throws IOException {
        assertThat(fault("contents: {repositories: ['https://me:pass1@a.example/x y']}")
                        .getMessage())
                .doesNotContain("pass1")
                .contains("https://********@a.example/x y");
        assertThat(fault("environment: {TOKEN: [pass1]}").getMessage()).doesNotContain("pass1");
        assertThat(fault("cmd: [https://me:pass1@a.example]").getMessage()).doesNotContain("pass1");
    }

    @Test
    void aliasesAndMergeKeysAreResolvedWithinBounds() throws IOException {
        Definition definition = read("""
                environment: &e {A: a, B: b}
                annotations:
                  <<: *e
                  B: c
                volumes: &v [/a]
                """);
        assertThat(definition.annotations()).containsEntry("A", "a").containsEntry("B", "c");

        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n");
        }
        assertThat(fault(bomb.toString()).code()).isEqualTo(Code.TOO_LARGE);
        assertThat(fault("cmd: " + "[".repeat(100_000)).code()).isEqualTo(Code.TOO_LARGE);
        assertThat(fault("cmd: " + "{a: ".repeat(100_000)).code()).isEqualTo(Code.TOO_LARGE);
        assertThat(fault("x\n".repeat(1 << 20)).code()).isEqualTo(Code.TOO_LARGE);
        assertThat(fault("volumes: [" + "/a, ".repeat(30_000) + "]").code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void onlyOneDocumentOfUtf8() throws IOException {
        assertThat(fault("cmd: a\n---\ncmd: b\n").position().line()).isEqualTo(2);
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, "cmd: ü".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(catchThrowableOfType(DefinitionException.class, () -> DefinitionReader.read(latin))
                        .code())
                .isEqualTo(Code.SYNTAX);
        assertThat(fault("cmd: a\ncmd\u0001: b\n").position().toString()).endsWith("image.yaml:2:4");
        assertThat(read("\ufeffcmd: a\n").cmd()).containsExactly("a");
    }

    @Test
    void aMissingDefinitionSaysSo() {
        DefinitionException fault =
                catchThrowableOfType(DefinitionException.class, () -> DefinitionReader.read(Path.of("nowhere.yaml")));
        assertThat(fault).hasMessage("nowhere.yaml: there is no such file");
    }

    @Test
    void includesAreMergedAsApkoMerges() throws IOException {
        file("common/base.yaml", """
                contents: {repositories: [deb trixie main], packages: [a]}
                entrypoint: {command: /base}
                cmd: base
                environment: {A: base, B: base}
                accounts:
                  users: [{username: u, uid: 5}]
                  run-as: u
                paths: [{path: /one, type: directory}]
                archs: [arm64]
                vcs-url: base
                files: [{source: data, path: /data}]
                """);
        file("common/data/one", "1");
        Definition definition = read("""
                include: common/base.yaml
                contents: {packages: [b]}
                cmd: top
                environment: {B: top}
                accounts:
                  users: [{username: u, uid: 5}]
                paths: [{path: /two, type: directory}]
                """);
        assertThat(definition.contents().packages()).extracting(Entry::text).containsExactly("a", "b");
        assertThat(definition.contents().packages().getFirst().position().file())
                .isEqualTo(folder.resolve("common/base.yaml"));
        assertThat(definition.entrypoint().argv()).containsExactly("/base");
        assertThat(definition.cmd()).containsExactly("top");
        assertThat(definition.environment()).containsEntry("A", "base").containsEntry("B", "top");
        assertThat(definition.accounts().users()).hasSize(1);
        assertThat(definition.accounts().runAs()).map(Entry::text).contains("u");
        assertThat(definition.paths()).extracting(PathChange::path).containsExactly("/one", "/two");
        assertThat(definition.archs()).containsExactly(Architecture.ARM64);
        assertThat(definition.vcsUrl()).isEqualTo(Optional.empty());
        assertThat(definition.sources()).hasSize(2);
        assertThat(definition.files().getFirst().entries())
                .extracting(LocalFile::path)
                .containsExactly("/data", "/data/one");
    }

    @Test
    void aFaultInAnIncludeIsShownThere() throws IOException {
        file("base.yaml", "contents: {repositories: [https://a.example]}\n");
        DefinitionException fault = fault("include: base.yaml\ncontents: {repositories: [deb trixie main]}\n");
        assertThat(fault.getMessage()).contains("image.yaml:2:").contains("deb trixie main]}\n");
        file("base.yaml", "cmnd: a\n");
        assertThat(fault("include: base.yaml\n").getMessage())
                .contains("base.yaml:1:1")
                .contains("try: cmd");
    }
}
