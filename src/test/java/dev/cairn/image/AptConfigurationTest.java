package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.image.definition.Definition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptConfigurationTest {
    private static final String SOURCES = "etc/apt/sources.list.d/cairn.list";
    private static final String DEBIAN = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]";

    @TempDir
    Path folder;

    private final TopTree top = Installed.top();

    @BeforeEach
    void keys() throws IOException {
        Files.createDirectories(folder.resolve("keys"));
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("keys/vendor.gpg"), "-----BEGIN PGP PUBLIC KEY BLOCK-----\nvendor");
        Files.write(folder.resolve("keys/binary.key"), new byte[] {(byte) 0x99, 1, 2});
        Files.writeString(folder.resolve("other/vendor.asc"), "-----BEGIN PGP PUBLIC KEY BLOCK-----\nother");
    }

    private String sources(String contents) throws IOException {
        Definition definition = Installed.definition(folder, "contents:\n" + contents.indent(2) + "  packages: [x]\n");
        SortedMap<String, byte[]> named = new TreeMap<>();
        for (var each : definition.contents().keyring()) {
            named.put(String.valueOf(each.localPath().getFileName()), Files.readAllBytes(each.localPath()));
        }
        new AptConfiguration(definition, ignored -> named).write(top);
        return Installed.text(top, SOURCES);
    }

    @Test
    void debianHasItsGenericAddressAndItsSecuritySuite() throws IOException {
        assertThat(sources("repositories: [deb trixie main contrib, deb trixie-updates main, deb sid main]"))
                .isEqualTo(("""
                deb KEY http://ftp.debian.org/debian trixie main contrib
                deb KEY http://ftp.debian.org/debian-security trixie-security main contrib
                deb KEY http://ftp.debian.org/debian trixie-updates main
                deb KEY http://ftp.debian.org/debian sid main
                """).replace("KEY", DEBIAN));
    }

    @Test
    void thirdPartyKeysMoveIntoTheImage() throws IOException {
        String text = sources("""
                repositories:
                  - deb [arch=amd64 signed-by=keys/vendor.gpg] https://me:secret@vendor.example/debian trixie main
                  - deb [signed-by=other/vendor.asc,keys/binary.key] https://other.example/apt stable main extra
                """);

        assertThat(text).isEqualTo("""
                deb [arch=amd64 signed-by=/etc/apt/keyrings/vendor.asc] https://vendor.example/debian trixie main
                deb [signed-by=/etc/apt/keyrings/vendor-2.asc,/etc/apt/keyrings/binary.gpg] https://other.example/apt \
                stable main extra
                """);
        assertThat(Installed.text(top, "etc/apt/keyrings/vendor.asc")).endsWith("vendor");
        assertThat(Installed.text(top, "etc/apt/keyrings/vendor-2.asc")).endsWith("other");
        assertThat(top.find("etc/apt/keyrings/binary.gpg").tar().size()).isEqualTo(3);
    }

    @Test
    void theDefinitionsKeysSignWhatNamesNone() throws IOException {
        assertThat(sources("""
                keyring: [keys/vendor.gpg]
                repositories: [deb trixie main, 'deb https://vendor.example/debian trixie main']
                """))
                .contains("deb " + DEBIAN + " http://ftp.debian.org/debian trixie main\n")
                .contains("deb [signed-by=/etc/apt/keyrings/vendor.asc] https://vendor.example/debian trixie main\n");
    }

    @Test
    void runtimeRepositoriesReplaceThoseOfTheBuild() throws IOException {
        assertThat(sources("""
                repositories: [deb trixie main]
                runtime_repositories: ['deb [signed-by=/usr/share/keyrings/own.gpg] file:///srv/debian trixie main']
                """))
                .isEqualTo("deb [signed-by=/usr/share/keyrings/own.gpg] file:///srv/debian trixie main\n");
    }

    @Test
    void foldersOfTheBuildingMachineAreLeftOut() throws IOException {
        assertThat(sources("repositories: ['deb [trusted=yes] file:///srv/debs ./x main', deb sid main]"))
                .isEqualTo("deb " + DEBIAN + " http://ftp.debian.org/debian sid main\n");
    }

    @Test
    void prioritiesBecomePreferences() throws IOException {
        sources("repositories: ['deb [priority=700] trixie-backports main', "
                + "'deb [trusted=yes priority=400] https://vendor.example/d trixie main']");

        assertThat(Installed.text(top, "etc/apt/preferences.d/cairn")).isEqualTo("""
                Package: *
                Pin: release n=trixie-backports
                Pin-Priority: 700

                Package: *
                Pin: origin vendor.example
                Pin-Priority: 400
                """);
    }

    @Test
    void equalInputsAreOneKey() throws IOException {
        Files.write(
                folder.resolve("other/vendor.asc"),
                "-----BEGIN PGP PUBLIC KEY BLOCK-----\nvendor".getBytes(StandardCharsets.UTF_8));
        sources("repositories: ['deb [signed-by=keys/vendor.gpg] https://a.example x main', "
                + "'deb [signed-by=other/vendor.asc] https://b.example x main']");

        assertThat(top.entries().stream().filter(each -> each.tar().path().startsWith("etc/apt/keyrings/")))
                .hasSize(1);
    }
}
