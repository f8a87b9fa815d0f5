package dev.cairn.scan.inventory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarWriter;
import dev.cairn.sbom.Component;
import dev.cairn.testing.Mutations;
import dev.cairn.testing.SharedData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private Inventory.Found read() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(out);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            tar.put(TarEntry.file(file.getKey(), 0755, file.getValue().length), file.getValue());
        }
        tar.end();
        return Inventory.ofTar(new ByteArrayInputStream(out.toByteArray()), "test");
    }

    private List<String> purls() throws IOException {
        return read().sbom().components().stream()
                .map(c -> String.valueOf(c.purl()))
                .toList();
    }

    private void file(String path, String text) {
        files.put(path, text.getBytes(UTF_8));
    }

    static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] pom(String group, String artifact, String version) {
        return ("groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n").getBytes(UTF_8);
    }

    @Test
    void readsAlpinesPackages() throws IOException {
        var found = Inventory.ofTar(
                Files.newInputStream(SharedData.require("rootfs/alpine-minirootfs-3.20.3-x86_64.tar.gz")), "alpine");
        assertThat(found.problems()).isEmpty();
        assertThat(found.sbom().distribution().qualifier()).isEqualTo("alpine-3.20.3");
        Component ssl = found.sbom().components().stream()
                .filter(c -> c.name().equals("libssl3"))
                .findFirst()
                .orElseThrow();
        assertThat(ssl.source().name()).isEqualTo("openssl");
        assertThat(found.sbom().subject().properties())
                .containsEntry(Traits.PACKAGE_MANAGERS, "/sbin/apk")
                .hasEntrySatisfying(Traits.SHELLS, shells -> assertThat(shells).contains("/bin/sh"));
    }

    @Test
    void readsDpkgsPackagesOfEitherForm() throws IOException {
        file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
        file(
                "var/lib/dpkg/status",
                "Package: a\nStatus: install ok installed\nVersion: 1:2-3+b1\nSource: src (2-3)\n\n"
                        + "Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n\n");
        file("var/lib/dpkg/status.d/b", "Package: b\nVersion: 5\nArchitecture: amd64\n");
        var components = read().sbom().components();
        assertThat(components).extracting(Component::name).containsExactly("a", "b");
        assertThat(components.getFirst().source()).isEqualTo(new Component.SourcePackage("src", "2-3"));
    }

    @Test
    void readsJarsInJars() throws IOException {
        byte[] inner = zip(Map.of("META-INF/maven/g/in/pom.properties", pom("g", "in", "1.0")));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("BOOT-INF/lib/in-1.0.jar", inner);
        entries.put("META-INF/maven/g/out/pom.properties", pom("g", "out", "2.0"));
        files.put("app/app.jar", zip(entries));
        files.put(
                "app/plain-1.2.3.jar",
                zip(Map.of("META-INF/MANIFEST.MF", "Implementation-Vendor-Id: org.x\n".getBytes(UTF_8))));
        assertThat(purls()).contains("pkg:maven/g/in@1.0", "pkg:maven/g/out@2.0", "pkg:maven/org.x/plain@1.2.3");
    }

    @Test
    void aNestingBombIsAProblemAndNoMore() throws IOException {
        byte[] jar = zip(Map.of("META-INF/maven/g/a/pom.properties", pom("g", "a", "1")));
        for (int i = 0; i < 20; i++) {
            jar = zip(Map.of("x.jar", jar));
        }
        files.put("bomb.jar", jar);
        files.put("broken.jar", "PK\3\4 this is no jar".getBytes(ISO_8859_1));
        files.put("app/good.jar", zip(Map.of("META-INF/maven/g/b/pom.properties", pom("g", "b", "1"))));
        Inventory.Found found = read();
        assertThat(found.problems()).hasSize(2);
        assertThat(found.problems().getFirst()).contains("/bomb.jar").contains("deeper than");
        assertThat(found.sbom().components()).extracting(Component::name).containsExactly("b");
    }

    @Test
    void readsPackagesOfLanguages() throws IOException {
        file("app/node_modules/@scope/x/package.json", "{\"name\":\"@scope/x\",\"version\":\"1.2.3\"}");
        file("app/node_modules/y/test/package.json", "{\"name\":\"no\",\"version\":\"1\"}");
        file(
                "usr/lib/python3/dist-packages/My_Pkg-1.0.dist-info/METADATA",
                "Metadata-Version: 2.1\nName: My_Pkg\nVersion: 1.0\n\nVersion: 9\n");
        file(
                "usr/lib/ruby/specifications/rack-2.2.3.gemspec",
                "Gem::Specification.new do |s|\n  s.name = \"rack\".freeze\n  s.version = \"2.2.3\"\n");
        assertThat(purls()).containsExactly("pkg:npm/%40scope/x@1.2.3", "pkg:pypi/my-pkg@1.0", "pkg:gem/rack@2.2.3");
    }

    @Test
    void readsGoPrograms() throws IOException {
        files.put(
                "usr/bin/tool",
                go(
                        "go1.21.3",
                        "path\tx\nmod\texample.org/tool\t(devel)\t\ndep\tgolang.org/x/text\tv0.3.7\th1:x\n"
                                + "dep\tgolang.org/x/net\tv0.1.0\n=>\tgolang.org/x/net\tv0.22.0\th1:y\n"));
        assertThat(purls())
                .containsExactly(
                        "pkg:golang/stdlib@1.21.3",
                        "pkg:golang/golang.org/x/text@v0.3.7",
                        "pkg:golang/golang.org/x/net@v0.22.0");
        assertThat(ProgramReader.goVersion("go1.22rc1 X:y")).isEqualTo("1.22-rc1");
    }

    static byte[] go(String version, String modules) {
        ByteArrayOutputStream out = elf(3_000_000);
        out.writeBytes("\u00ff Go buildinf:".getBytes(ISO_8859_1));
        out.write(8);
        out.write(2);
        out.writeBytes(new byte[16]);
        text(out, version);
        text(out, "0".repeat(16) + modules + "1".repeat(16));
        out.writeBytes(new byte[5000]);
        return out.toByteArray();
    }

    private static ByteArrayOutputStream elf(int padding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x7f, 'E', 'L', 'F'});
        out.writeBytes(new byte[padding]);
        return out;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        int length = text.length();
        while (length > 0x7f) {
            out.write((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(text.getBytes(ISO_8859_1));
    }

    @Test
    void readsRustProgramsThatSayWhatTheyAreMadeOf() throws IOException {
        ByteArrayOutputStream out = elf(1_500_000);
        out.write(0x78);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(("{\"packages\":[{\"name\":\"smallvec\",\"version\":\"1.6.0\",\"source\":\"crates.io\"},"
                            + "{\"name\":\"own\",\"version\":\"1.0.0\",\"source\":\"local\",\"root\":true}]}")
                    .getBytes(UTF_8));
        }
        out.writeBytes(new byte[100]);
        files.put("usr/bin/tool", out.toByteArray());
        assertThat(purls()).containsExactly("pkg:cargo/smallvec@1.6.0");
    }

    @Test
    void ownershipHoldsOnlyForFilesThatAreUnchanged() throws Exception {
        byte[] metadata = "Name: x\nVersion: 1\n\n".getBytes(UTF_8);
        String path = "usr/lib/python3.12/site-packages/x-1.dist-info/METADATA";
        String sha1 = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-1").digest(metadata));
        file(
                "lib/apk/db/installed",
                "P:py3-x\nV:1-r0\nF:usr/lib/python3.12/site-packages/x-1.dist-info\nR:METADATA\nZ:Q1" + sha1 + "\n\n");
        files.put(path, metadata);
        assertThat(owner()).isEqualTo("py3-x");
        file(path, "Name: x\nVersion: 0.9\n\n");
        assertThat(owner()).isNull();
        files.remove("lib/apk/db/installed");
        String md5 = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(metadata));
        file("var/lib/dpkg/info/python3-x.md5sums", md5 + "  " + path + "\n");
        files.put(path, metadata);
        assertThat(owner()).isEqualTo("python3-x");
    }

    private String owner() throws IOException {
        return read().sbom().components().stream()
                .filter(c -> c.ecosystem().equals("pypi"))
                .findFirst()
                .orElseThrow()
                .properties()
                .get("cairn:owner");
    }

    @Test
    void whatIsNotReadIsNamed() throws IOException {
        file("var/lib/rpm/rpmdb.sqlite", "SQLite");
        file("app/vendor/composer/installed.json", "{}");
        file("app/app.deps.json", "{}");
        assertThat(read().sbom().subject().properties().get("cairn:unread"))
                .contains("rpm database (/var/lib/rpm/rpmdb.sqlite)", "composer", ".NET");
    }

    @Test
    void aDamagedDatabaseIsAProblem() throws IOException {
        file("var/lib/dpkg/status", " continued from nothing\n");
        assertThat(read().problems()).hasSize(1);
    }

    @Test
    void damageNeverBreaksTheReaders() throws IOException {
        byte[] jar = zip(Map.of(
                "META-INF/maven/g/in/pom.properties", pom("g", "in", "1.0"), "a.jar", zip(Map.of("x", new byte[100]))));
        Mutations.of(jar, 1, 1500, bytes -> {
            files.clear();
            files.put("a.jar", bytes);
            read();
        });
        byte[] program = go("go1.21.3", "dep\tgolang.org/x/text\tv0.3.7\n");
        byte[] small = java.util.Arrays.copyOfRange(program, 2_999_900, program.length);
        System.arraycopy(program, 0, small, 0, 4);
        Mutations.of(small, 2, 1500, bytes -> {
            files.clear();
            files.put("bin/a", bytes);
            read();
        });
        Mutations.of("P:a\nV:1\nF:x\nR:y\nZ:Q1AAAA\n\n".getBytes(UTF_8), 3, 1500, bytes -> {
            files.clear();
            files.put("lib/apk/db/installed", bytes);
            read();
        });
    }
}
