package dev.cairn.packages.apk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.testing.SharedData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledDatabaseTest {
    private static final Map<Character, String> KEYS = Map.ofEntries(
            Map.entry('P', "pkgname"),
            Map.entry('V', "pkgver"),
            Map.entry('A', "arch"),
            Map.entry('I', "size"),
            Map.entry('T', "pkgdesc"),
            Map.entry('U', "url"),
            Map.entry('L', "license"),
            Map.entry('o', "origin"),
            Map.entry('m', "maintainer"),
            Map.entry('t', "builddate"),
            Map.entry('c', "commit"),
            Map.entry('k', "provider_priority"),
            Map.entry('D', "depend"),
            Map.entry('p', "provides"),
            Map.entry('i', "install_if"),
            Map.entry('r', "replaces"),
            Map.entry('q', "replaces_priority"));

    @ParameterizedTest
    @ValueSource(strings = {"v3.17", "v3.18", "v3.19", "v3.20", "edge"})
    void writesWhatApkWrote(String release) throws IOException {
        String text = Files.readString(SharedData.require("rootfs/installed-" + release));

        for (String stanza : text.split("\n\n")) {
            if (!stanza.isBlank()) {
                assertThat(InstalledDatabase.stanza(read(stanza))).isEqualTo(stanza.stripTrailing() + "\n");
            }
        }
    }

    @Test
    void writesTheWholeDatabaseInApksOrder() throws IOException {
        String text = Files.readString(SharedData.require("rootfs/installed-v3.20"));
        List<InstalledDatabase.Installed> packages = new ArrayList<>();
        for (String stanza : text.split("\n\n")) {
            if (!stanza.isBlank()) {
                packages.addFirst(read(stanza));
            }
        }
        assertThat(new InstalledDatabase(packages).installed()).isEqualTo(text);
    }

    @Test
    void keepsScriptsAndTriggers() throws IOException {
        PkgInfo info = PkgInfo.parse(
                "pkgname = busybox\npkgver = 1-r0\narch = x86_64\nbuilddate = 5\ntriggers = /bin /usr/bin\n"
                        .getBytes());
        String checksum = "Q1yY8lhMF1Vhg//JgkcXfqaNabDJw=";
        InstalledDatabase database = new InstalledDatabase(List.of(new InstalledDatabase.Installed(
                info, checksum, 1, "", List.of(), Map.of(".trigger", new byte[] {1}, ".post-install", new byte[] {2
                }))));

        assertThat(database.triggers()).isEqualTo(checksum + " /bin /usr/bin\n");
        TarReader tar = new TarReader(new ByteArrayInputStream(database.scripts()), TarLimits.SMALL);
        assertThat(tar.next().path()).matches("busybox-1-r0\\.X1[0-9a-f]+\\.post-install");
        assertThat(tar.next().mtime()).isEqualTo(5);
        assertThat(tar.next()).isNull();
        assertThat(InstalledDatabase.world(List.of("zlib", "Abc", "abd=1"))).isEqualTo("Abc\nabd=1\nzlib\n");
    }

    private static InstalledDatabase.Installed read(String stanza) {
        List<PkgInfo.Field> fields = new ArrayList<>();
        List<InstalledDatabase.InstalledFile> files = new ArrayList<>();
        String checksum = "";
        long size = 0;
        String folder = "";
        for (String line : stanza.split("\n")) {
            String value = line.substring(2);
            TarEntry last = files.isEmpty() ? null : files.getLast().entry();
            switch (line.charAt(0)) {
                case 'C' -> checksum = value;
                case 'S' -> size = Long.parseLong(value);
                case 'F' -> {
                    folder = value;
                    files.add(new InstalledDatabase.InstalledFile(TarEntry.directory(value, 0755), ""));
                }
                case 'R' -> {
                    String path = folder.isEmpty() ? value : folder + "/" + value;
                    files.add(new InstalledDatabase.InstalledFile(TarEntry.file(path, 0644, 0), ""));
                }
                case 'M', 'a' -> {
                    String[] owner = value.split(":");
                    TarEntry changed = last.withOwner(Long.parseLong(owner[0]), Long.parseLong(owner[1]))
                            .withMode(Integer.parseInt(owner[2], 8));
                    files.set(files.size() - 1, new InstalledDatabase.InstalledFile(changed, ""));
                }
                case 'Z' -> files.set(files.size() - 1, new InstalledDatabase.InstalledFile(last, value));
                default -> fields.add(new PkgInfo.Field(KEYS.get(line.charAt(0)), value));
            }
        }
        return new InstalledDatabase.Installed(new PkgInfo(fields), checksum, size, "", files, Map.of());
    }
}
