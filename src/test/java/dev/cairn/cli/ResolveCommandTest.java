package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.GzipOutputStream;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cairn resolve`, `why` and `search` on a small unsigned apk repository.
class ResolveCommandTest {
    @TempDir
    Path folder;

    private String repository;
    private String definition;

    @BeforeEach
    void write() throws IOException {
        repository = folder.resolve("repository").toString();
        index(
                row("app", "1.2.3-r0", "D:so:libtool.so.1 tool>=1", "p:cmd:app=1.2.3-r0"),
                row("libtool", "1.0-r2", "p:so:libtool.so.1=1.0.0"),
                row("tool", "1.0-r0", "D:libtool"),
                row("lost", "1-r0", "D:nowhere"));
        definition = Files.writeString(
                        folder.resolve("app.yaml"),
                        "contents:\n  repositories: [repository]\n  packages: [app]\narchs: [amd64]\n")
                .toString();
    }

    @Test
    void resolvesPackagesOfARepository() {
        Ran ran = cairn("resolve", "--allow-untrusted", "--arch", "amd64", "--repository", repository, "--", "app");
        assertThat(ran).isEqualTo(new Ran(0, "libtool=1.0-r2\ntool=1.0-r0\napp=1.2.3-r0\n", ""));
    }

    @Test
    void resolvesADefinition() {
        assertThat(cairn("resolve", "--allow-untrusted", definition))
                .isEqualTo(new Ran(0, "libtool=1.0-r2\ntool=1.0-r0\napp=1.2.3-r0\n", ""));
    }

    @Test
    void saysMoreAsJson() {
        Ran ran = cairn("resolve", "--allow-untrusted", definition, "--output", "json");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "\"architecture\" : \"x86_64\"",
                        "\"solved\" : true",
                        "\"name\" : \"tool\"",
                        "\"path\" : \"x86_64/tool-1.0-r0.apk\"",
                        "\"checksum\" : \"Q1");
    }

    @Test
    void noSolutionIsExitCodeOneWithReasons() {
        Ran ran = cairn("resolve", "--allow-untrusted", "--arch", "amd64", "--repository", repository, "--", "lost");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("cairn: no solution:\n").contains("lost", "nowhere");
        Ran json = cairn(
                "resolve", "-o", "json", "--allow-untrusted", "--arch", "amd64", "--repository", repository, "lost");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.out()).contains("\"solved\" : false", "nowhere");
    }

    @Test
    void unsignedRepositoriesAreRefused() {
        Ran ran = cairn("resolve", definition);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).startsWith("cairn: error: ");
    }

    @Test
    void aMistakeOfUsageIsSaid() {
        assertThat(cairn("resolve", "a.yaml", "b.yaml").err()).contains("one definition", "--repository");
        assertThat(cairn("resolve", "--arch", "amd46", definition).code()).isEqualTo(2);
        Ran missing = cairn("resolve", folder.resolve("none.yaml").toString());
        assertThat(missing.code()).isNotZero();
        assertThat(missing.err()).contains("none.yaml");
    }

    @Test
    void whyShowsTheShortestWay() {
        Ran ran = cairn("why", "--allow-untrusted", definition, "libtool");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).isEqualTo("""
                        libtool=1.0-r2
                          the definition asks for app
                          app needs so:libtool.so.1 → libtool
                        needed by app, tool
                        """);
    }

    @Test
    void whySaysWhatARuntimeImageLeavesOut() throws IOException {
        Path without = Files.writeString(
                folder.resolve("without.yaml"),
                "contents:\n  repositories: [repository]\n  packages: [app]\n  exclude: [tool]\narchs: [amd64]\n");
        assertThat(cairn("why", "--allow-untrusted", without.toString(), "tool").out())
                .contains("left out of the runtime image", "excluded by the definition");
        assertThat(cairn("why", "--allow-untrusted", without.toString(), "--variant", "dev", "tool")
                        .out())
                .doesNotContain("left out");
        assertThat(cairn("why", "--allow-untrusted", definition, "tool").out()).doesNotContain("left out");
    }

    @Test
    void aDefinitionWithoutARepositoryIsToldWithItsPlace() throws IOException {
        Path nowhere = Files.writeString(folder.resolve("nowhere.yaml"), "contents:\n  packages: [app]\n");
        Ran ran = cairn("resolve", "--allow-untrusted", nowhere.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err())
                .contains("nowhere.yaml:2:14: the definition names no repository", "try: contents: {repositories:");
    }

    @Test
    void whyKnowsWhatIsNotIn() {
        Ran ran = cairn("why", "--allow-untrusted", definition, "libtol");
        assertThat(ran).isEqualTo(new Ran(1, "", "cairn: libtol is not among the 3 packages\ntry: libtool\n"));
    }

    @Test
    void searchFindsByNameAndByWhatIsProvided() {
        assertThat(search("so:libtool.so.1").out()).startsWith("libtool=1.0-r2");
        assertThat(search("cmd:app").out()).startsWith("app=1.2.3-r0");
        assertThat(search("lib").out()).startsWith("libtool=1.0-r2");
        assertThat(search("cmd:nothing")).isEqualTo(new Ran(1, "", "cairn: no package matches 'cmd:nothing'\n"));
    }

    private Ran search(String query) {
        return cairn("search", "--allow-untrusted", "--arch", "amd64", "--repository", repository, query);
    }

    private Ran cairn(String... args) {
        return Ran.cairn(Map.of("CAIRN_CACHE", folder.resolve("cache").toString()), args);
    }

    private static String row(String name, String version, String... more) {
        List<String> lines = new ArrayList<>(List.of(checksum(name), "P:" + name, "V:" + version));
        lines.addAll(List.of("A:x86_64", "S:1000", "I:2000", "T:about " + name));
        lines.addAll(List.of(more));
        return String.join("\n", lines) + "\n\n";
    }

    /// Packages with the same checksum would be one package.
    private static String checksum(String name) {
        byte[] bytes = java.util.Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 20);
        return "C:Q1" + java.util.Base64.getEncoder().encodeToString(bytes);
    }

    private void index(String... rows) throws IOException {
        byte[] text = String.join("", rows).getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("repository/x86_64/APKINDEX.tar.gz");
        Files.createDirectories(folder.resolve("repository/x86_64"));
        try (OutputStream out = Files.newOutputStream(file);
                GzipOutputStream gzip = new GzipOutputStream(out)) {
            TarWriter tar = new TarWriter(gzip);
            tar.put(TarEntry.file("APKINDEX", 0644, text.length), text);
            tar.end();
        }
    }
}
