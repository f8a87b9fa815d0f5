package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.image.definition.Definition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {
    @TempDir
    Path folder;

    private final TopTree top = Installed.top();

    private static InstalledPackage debian(Map<String, String> captured) {
        return Installed.capturing("base", "debian trixie main", captured);
    }

    private void accounts(String yaml, InstalledPackage base) throws IOException {
        Definition definition = Installed.definition(folder, yaml);
        new AccountFiles(definition.accounts(), new Captured(List.of(base))).write(top, new MergedView(List.of(base)));
    }

    private void osRelease(String yaml, InstalledPackage base) throws IOException {
        Definition definition = Installed.definition(folder, yaml);
        OsRelease.write(
                top, new MergedView(List.of(base)), new Captured(List.of(base)), List.of(base), definition.osRelease());
    }

    @Test
    void accountsFollowTheMaster() throws IOException {
        InstalledPackage base = debian(Map.of(
                "usr/share/base-passwd/passwd.master", "root:*:0:0:root:/root:/bin/bash\nwww:*:33:33:::/x\n",
                "usr/share/base-passwd/group.master", "root:*:0:\nwww:*:33:\n"));
        accounts("""
                accounts:
                  users: [{username: app, uid: 1000, gid: 1001, homedir: /home/app}, {username: www, uid: 34, gid: 33}]
                  groups: [{groupname: staff, gid: 50, members: [app]}]
                """, base);

        assertThat(Installed.text(top, "etc/passwd"))
                .startsWith("root:*:0:0:root:/root:/bin/bash\n")
                .contains("app:x:1000:1001:app:/home/app:")
                .contains("www:x:34:33:")
                .doesNotContain("www:*");
        assertThat(Installed.text(top, "etc/group")).isEqualTo("root:*:0:\nwww:*:33:\nstaff:x:50:app\napp:x:1001:\n");
        assertThat(top.find("home/app")).isNotNull().satisfies(each -> {
            assertThat(each.tar().uid()).isEqualTo(1000);
            assertThat(each.tar().gid()).isEqualTo(1001);
        });
    }

    @Test
    void withoutAMasterThereAreRootAndNobody() throws IOException {
        accounts("contents: {packages: [x]}\n", debian(Map.of()));

        assertThat(Installed.text(top, "etc/passwd").lines()).hasSize(2).allMatch(each -> each.contains("nologin"));
        assertThat(Installed.text(top, "etc/group")).isEqualTo("root:x:0:\nnogroup:x:65534:\n");
    }

    @Test
    void runAsIsANumber() throws IOException {
        InstalledPackage base = debian(Map.of("etc/passwd", "root:x:0:0::/:\nwww:x:33:33:::\n"));
        Captured captured = new Captured(List.of(base));
        String users = "accounts: {users: [{username: app, uid: 1000}], run-as: %s}\n";

        for (Map.Entry<String, String> each :
                Map.of("app", "1000", "www", "33", "77", "77").entrySet()) {
            Definition definition = Installed.definition(folder, users.replace("%s", each.getKey()));
            assertThat(AccountFiles.runAs(definition.accounts(), captured)).isEqualTo(each.getValue());
        }
    }

    @Test
    void osReleaseOfTrixieIsMade() throws IOException {
        osRelease("contents: {packages: [x]}\n", debian(Map.of()));

        assertThat(Installed.text(top, "usr/lib/os-release")).isEqualTo("""
                PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
                NAME="Debian GNU/Linux"
                VERSION_ID=13
                VERSION="13 (trixie)"
                VERSION_CODENAME=trixie
                ID=debian
                """);
        assertThat(top.find("etc/os-release").tar().link()).isEqualTo("../usr/lib/os-release");
        assertThat(Installed.text(top, "etc/debian_version")).isEqualTo("13\n");
    }

    @Test
    void osReleaseOfApkRepositoriesIsMade() throws IOException {
        osRelease(
                "contents: {packages: [x]}\n",
                Installed.capturing("x", "https://mirror.example/alpine/v3.22/main", Map.of()));
        assertThat(Installed.text(top, "usr/lib/os-release"))
                .contains("ID=alpine\n", "VERSION_ID=3.22\n", "PRETTY_NAME=\"Alpine Linux v3.22\"\n");

        osRelease("contents: {packages: [x]}\n", Installed.capturing("x", "https://packages.wolfi.dev/os", Map.of()));
        assertThat(Installed.text(top, "usr/lib/os-release")).contains("ID=wolfi\n");
    }

    @Test
    void anUnknownRepositoryMakesNoOsRelease() throws IOException {
        osRelease("contents: {packages: [x]}\n", Installed.capturing("x", "https://packages.example/os", Map.of()));

        assertThat(top.entries()).isEmpty();
    }

    @Test
    void osReleaseTakesTheDefinitionsFields() throws IOException {
        InstalledPackage base = Installed.capturing(
                "base", "https://packages.example/os", Map.of("etc/os-release", "ID=alpine\nNAME=\"A $1\"\n"));
        osRelease("os-release: {name: 'Mine \"2\"', version-id: '3'}\n", base);

        assertThat(Installed.text(top, "etc/os-release"))
                .contains("ID=alpine\n")
                .contains("NAME=\"Mine \\\"2\\\"\"\n")
                .contains("VERSION_ID=3\n");
        assertThat(top.find("usr/lib/os-release")).isNull();
    }

    @Test
    void osReleaseThatAPackageBringsStays() throws IOException {
        osRelease("contents: {packages: [x]}\n", debian(Map.of("etc/os-release", "ID=other\n")));

        assertThat(top.entries()).isEmpty();
    }

    @Test
    void certificatesBecomeOneFile() throws IOException {
        InstalledPackage base = debian(Map.of(
                "usr/share/ca-certificates/mozilla/b.crt", "B",
                "usr/share/ca-certificates/mozilla/a.crt", "A\n"));
        Definition definition = Installed.definition(folder, """
                certificates: {additional: [{name: own, content: "-----BEGIN CERTIFICATE-----\\nMA==\\n"}]}
                """);
        CaBundle.write(top, new Captured(List.of(base)), definition);

        assertThat(Installed.text(top, CaBundle.PATH)).isEqualTo("A\nB\n-----BEGIN CERTIFICATE-----\nMA==\n");
        assertThat(Installed.text(top, "usr/local/share/ca-certificates/own.crt"))
                .contains("MA==");
    }

    @Test
    void certificatesAreFoundByTheirHash() throws IOException {
        InstalledPackage base = debian(Map.of(
                "usr/share/ca-certificates/mozilla/Root (A), old.crt", SubjectHashTest.CERTIFICATE,
                "usr/share/ca-certificates/mozilla/Same_subject.crt", SubjectHashTest.CERTIFICATE));
        CaBundle.write(top, new Captured(List.of(base)), Installed.definition(folder, "contents: {packages: [x]}\n"));

        assertThat(top.find("etc/ssl/certs/Root_=A=__old.pem").tar().link())
                .isEqualTo("/usr/share/ca-certificates/mozilla/Root (A), old.crt");
        String hash = SubjectHash.of(SubjectHashTest.CERTIFICATE.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(top.find("etc/ssl/certs/" + hash + ".0").tar().link()).isEqualTo("Root_=A=__old.pem");
        assertThat(top.find("etc/ssl/certs/" + hash + ".1").tar().link()).isEqualTo("Same_subject.pem");
    }

    @Test
    void aBundleThatAPackageBringsStays() throws IOException {
        InstalledPackage base = debian(Map.of(CaBundle.PATH, "X\n"));
        CaBundle.write(top, new Captured(List.of(base)), Installed.definition(folder, "contents: {packages: [x]}\n"));

        assertThat(top.entries()).isEmpty();
    }
}
