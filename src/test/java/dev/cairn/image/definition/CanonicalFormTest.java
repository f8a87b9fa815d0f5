package dev.cairn.image.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CanonicalFormTest {
    @TempDir
    Path folder;

    private Definition read(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return DefinitionReader.read(Files.writeString(file, text));
    }

    @Test
    void isJsonInOneOrder() throws IOException {
        Definition definition = read("a.yaml", """
                cmd: a "b c"
                contents: {packages: [b, a], repositories: ['https://me:secret@a.example/x']}
                environment: {B: "1\\n", A: ü}
                variant: dev
                """);
        assertThat(new String(definition.canonical(), StandardCharsets.UTF_8))
                .isEqualTo("{\"contents\":{\"repositories\":[\"https://*********@a.example/x\"],"
                        + "\"packages\":[\"b\",\"a\"]},\"cmd\":[\"a\",\"b c\"],"
                        + "\"environment\":{\"A\":\"ü\",\"B\":\"1\\n\"},\"variant\":\"dev\"}");
    }

    @Test
    void doesNotDependOnFormattingPlaceOrIncludes() throws IOException {
        Definition one = read("one/a.yaml", "contents: {packages: [a, b]}\narchs: [x86_64]\ncmd: 'a  b'\n");
        read("two/base.yaml", "contents:\n  packages:\n    - a\n");
        Definition two = read(
                "two/b.yaml", "# comment\ncmd: a b\narchs: [amd64]\ninclude: base.yaml\ncontents: {packages: [b]}\n");
        assertThat(two.digest()).isEqualTo(one.digest());
        assertThat(one.withVariant(Variant.DEV).digest()).isNotEqualTo(one.digest());
    }

    @Test
    void countsLocalFilesByContent() throws IOException {
        String text = "files: [{source: data, path: /data}]\ncontents: {keyring: [k.pub]}\n";
        Files.createDirectories(folder.resolve("data/sub"));
        Files.writeString(folder.resolve("data/sub/file"), "1");
        Files.createSymbolicLink(folder.resolve("data/link"), Path.of("sub/file"));
        Files.writeString(folder.resolve("k.pub"), "1");
        Definition definition = read("a.yaml", text);
        assertThat(definition.files().getFirst().entries())
                .extracting(file -> file.kind() + " " + file.path())
                .containsExactly("DIRECTORY /data", "SYMLINK /data/link", "DIRECTORY /data/sub", "FILE /data/sub/file");
        var first = definition.digest();
        Files.writeString(folder.resolve("data/sub/file"), "2");
        var second = definition.digest();
        Files.writeString(folder.resolve("k.pub"), "2");
        assertThat(second).isNotEqualTo(first);
        assertThat(definition.digest()).isNotEqualTo(second);
    }

    @Test
    void linksOutOfACopiedFolderAreRefused() throws IOException {
        Files.createDirectories(folder.resolve("data/sub"));
        Files.createSymbolicLink(folder.resolve("data/sub/link"), Path.of("../../secret"));
        Definition definition = read("a.yaml", "files: [{source: data, path: /data}]\n");
        assertThatExceptionOfType(DefinitionException.class)
                .isThrownBy(() -> definition.files().getFirst().entries())
                .withMessageContaining("leads out of");
    }
}
