package dev.cairn.image.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cairn.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalReaderTest {
    private static final Path NAMED = Path.of("provenance");
    private static final String EVERYTHING = """
            contents:
              repositories: ["deb trixie main"]
              build_repositories: ["deb trixie contrib"]
              keyring: ["https://keys.example/a.pub"]
              packages: [app, "lib>=2"]
              exclude: [dash]
              keep: [tzdata]
            entrypoint: {command: "/usr/bin/app --name 'a b' \\"it's\\" ''"}
            cmd: run "two words"
            stop-signal: SIGINT
            work-dir: /srv
            accounts:
              users: [{username: app, uid: 65532, gid: 65533, shell: /bin/false, homedir: /srv}]
              groups: [{groupname: app, gid: 65533, members: [app]}]
              run-as: app
            archs: [amd64, arm64]
            environment: {A: "1", B: "ü \\" \\\\ x", C: "true"}
            annotations: {org.opencontainers.image.title: app}
            volumes: [/data]
            paths:
              - {path: /data, type: directory, uid: 65532, permissions: 0o750, recursive: true}
              - {path: /a, type: symlink, source: ../b}
              - {path: /c, type: permissions, gid: 7}
            certificates: {additional: [{name: ours, content: "-----BEGIN CERTIFICATE-----\\nAA==\\n-----END CERTIFICATE-----\\n"}]}
            os-release: {pretty-name: Ours}
            layering: {budget: 12}
            variant: dev
            vcs-url: https://git.example/app
            """;

    @TempDir
    Path folder;

    private Definition read(String text) throws IOException {
        return DefinitionReader.read(Files.writeString(folder.resolve("a.yaml"), text));
    }

    private static void isReadBack(Definition definition) throws IOException {
        Definition again = DefinitionReader.readCanonical(definition.canonical(), NAMED);
        assertThat(again.canonical()).isEqualTo(definition.canonical());
        assertThat(again.entrypoint().argv()).isEqualTo(definition.entrypoint().argv());
        assertThat(again.accounts().users()).isEqualTo(definition.accounts().users());
        assertThat(again.archs()).isEqualTo(definition.archs());
        assertThat(again.variant()).isEqualTo(definition.variant());
        assertThat(again.budget()).isEqualTo(definition.budget());
    }

    @Test
    void everyKeyIsReadBack() throws IOException {
        isReadBack(read(EVERYTHING));
        isReadBack(read("entrypoint: {shell-fragment: 'echo \"$A\" | cat'}\ncontents: {packages: [a]}\n"));
    }

    @Test
    void examplesAreReadBack() throws IOException {
        List<Path> examples;
        try (Stream<Path> files = Files.list(Path.of("examples"))) {
            examples = files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        assertThat(examples).isNotEmpty();
        int read = 0;
        for (Path each : examples) {
            Definition definition = DefinitionReader.read(each);
            if (definition.files().isEmpty()) {
                isReadBack(definition);
                read++;
            }
        }
        assertThat(read).isGreaterThan(5);
    }

    @Test
    void whatIsKeptAsADigestOnlyIsAskedFor() throws IOException {
        Files.writeString(folder.resolve("k.pub"), "key");
        for (String text : List.of(
                "files: [{source: k.pub, path: /k}]\n",
                "contents: {keyring: [k.pub]}\n",
                "contents: {repositories: ['https://me:secret@a.example/x']}\n")) {
            byte[] canonical = read(text).canonical();
            assertThatExceptionOfType(DefinitionException.class)
                    .as(text)
                    .isThrownBy(() -> DefinitionReader.readCanonical(canonical, NAMED))
                    .withMessageContaining("try: give the DEFINITION too");
        }
    }

    @Test
    void damagedOnesAreReadOrRefused() throws IOException {
        byte[] canonical = read(EVERYTHING).canonical();
        Mutations.of(canonical, 20261127, 2_000, damaged -> {
            try {
                assertThat(DefinitionReader.readCanonical(damaged, NAMED).canonical())
                        .isEqualTo(damaged);
            } catch (DefinitionException e) {
                assertThat(e.getMessage()).startsWith("provenance");
            }
        });
        assertThatExceptionOfType(DefinitionException.class)
                .isThrownBy(() -> DefinitionReader.readCanonical("[]".getBytes(StandardCharsets.UTF_8), NAMED));
    }
}
