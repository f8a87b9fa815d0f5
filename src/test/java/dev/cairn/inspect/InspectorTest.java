package dev.cairn.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarWriter;
import dev.cairn.oci.Execution;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageConfig;
import dev.cairn.oci.Layer;
import dev.cairn.oci.Platform;
import dev.cairn.packages.Ecosystem;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class InspectorTest {
    private static final String STATUS = """
            Package: openssl
            Status: install ok installed
            Architecture: amd64
            Source: openssl-src (3.0-1)
            Version: 3.0-1+b1

            Package: gone
            Status: deinstall ok config-files
            Version: 1
            """;
    private static final String INSTALLED = """
            C:Q1xx=
            P:busybox
            V:1.36.1-r5
            A:x86_64
            o:busybox
            L:GPL-2.0-only
            F:bin
            R:busybox

            P:musl
            V:1.2.5-r0
            """;

    @Test
    void packagesOfAllDatabases() throws IOException {
        ImageContents contents = inspect(SmallImages.layer(tar -> {
            put(tar, "var/lib/dpkg/status", STATUS);
            put(tar, "var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2025b-1\nArchitecture: all\n");
            put(tar, "var/lib/dpkg/status.d/tzdata.md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/x\n");
            put(tar, "lib/apk/db/installed", INSTALLED);
        }));
        assertThat(contents.packages())
                .containsExactly(
                        new FoundPackage(
                                Ecosystem.APK,
                                "busybox",
                                "1.36.1-r5",
                                "x86_64",
                                "busybox",
                                "1.36.1-r5",
                                "GPL-2.0-only"),
                        new FoundPackage(Ecosystem.APK, "musl", "1.2.5-r0", "", "musl", "1.2.5-r0", ""),
                        new FoundPackage(Ecosystem.DEB, "openssl", "3.0-1+b1", "amd64", "openssl-src", "3.0-1", ""),
                        new FoundPackage(Ecosystem.DEB, "tzdata", "2025b-1", "all", "tzdata", "2025b-1", ""));
        assertThat(contents.warnings()).isEmpty();
    }

    @Test
    void aDatabaseThatIsNoneIsAWarning() throws IOException {
        ImageContents contents = inspect(SmallImages.file("var/lib/dpkg/status", " broken\n"));
        assertThat(contents.packages()).isEmpty();
        assertThat(contents.warnings()).singleElement().asString().contains("/var/lib/dpkg/status can't be read");
    }

    @Test
    void traitsRootSetuidAndSystem() throws IOException {
        ImageContents contents = inspect(SmallImages.layer(tar -> {
            put(tar, "etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian 13\"\n");
            tar.symlink("bin/sh", "dash");
            put(tar, "usr/bin/apt", "");
            tar.put(TarEntry.file("usr/bin/su", 04755, 1), new byte[1]);
        }));
        assertThat(contents.traits().shells()).containsExactly("/bin/sh");
        assertThat(contents.traits().packageManagers()).containsExactly("/usr/bin/apt");
        assertThat(contents.privileged()).containsExactly("usr/bin/su");
        assertThat(contents.files().get("usr/bin/su"))
                .extracting(FileState::permissions)
                .isEqualTo("-rwsr-xr-x");
        assertThat(contents.systemName()).contains("Debian 13");
    }

    @Test
    void whoTheProgramRunsAs() throws IOException {
        assertThat(user("")).isEqualTo("0");
        assertThat(user("root:root")).isEqualTo("0");
        assertThat(user("app:7")).isEqualTo("1000");
        assertThat(user("toor")).isEqualTo("0");
        assertThat(user("elsewhere")).isEqualTo("elsewhere");
    }

    private static String user(String configured) throws IOException {
        Layer passwd = SmallImages.file("etc/passwd", "toor:x:0:0::/:/bin/sh\napp:x:1000:1000::/:/bin/sh\n");
        ImageConfig config = ImageConfig.of(
                null, Platform.LINUX_AMD64, Execution.NONE.withUser(configured), List.of(passwd.diffId()));
        ImageContents contents = Inspector.inspect(Image.of(config, List.of(passwd)), false, left -> {});
        assertThat(contents.isRoot()).isEqualTo(contents.user().equals("0"));
        return contents.user();
    }

    @Test
    void aHiddenDatabaseDoesNotCount() throws IOException {
        ImageContents contents = inspect(
                SmallImages.file("var/lib/dpkg/status", STATUS), SmallImages.file("var/lib/dpkg/.wh.status", ""));
        assertThat(contents.packages()).isEmpty();
    }

    @Test
    void differences() throws IOException {
        Layer old = SmallImages.layer(tar -> {
            put(tar, "var/lib/dpkg/status.d/a", "Package: a\nVersion: 1\n");
            put(tar, "var/lib/dpkg/status.d/b", "Package: b\nVersion: 1\n");
            put(tar, "same", "x");
            put(tar, "content", "x");
            put(tar, "mode", "x");
            put(tar, "bin/sh", "");
        });
        Layer now = SmallImages.layer(tar -> {
            put(tar, "var/lib/dpkg/status.d/a", "Package: a\nVersion: 2\n");
            put(tar, "var/lib/dpkg/status.d/c", "Package: c\nVersion: 1\n");
            put(tar, "same", "x");
            put(tar, "content", "y");
            tar.put(TarEntry.file("mode", 0600, 1), "x".getBytes(StandardCharsets.UTF_8));
        });
        ImageDifference difference = ImageDifference.of(inspect(old), inspect(now));
        assertThat(difference.packages())
                .extracting(each -> each.sign() + each.name())
                .containsExactly("~a", "-b", "+c");
        assertThat(difference.files().values())
                .extracting(each -> each.sign() + each.name())
                .containsExactly(
                        "-bin/sh",
                        "~content",
                        "~mode",
                        "~var/lib/dpkg/status.d/a",
                        "-var/lib/dpkg/status.d/b",
                        "+var/lib/dpkg/status.d/c");
        assertThat(difference.settings()).containsExactly(new ImageDifference.Setting("shells", "/bin/sh", ""));
        assertThat(ImageDifference.of(inspect(old), inspect(old)).isEmpty()).isTrue();
    }

    private static ImageContents inspect(Layer... layers) throws IOException {
        Image image = SmallImages.image(layers);
        return Inspector.inspect(image, true, left -> {});
    }

    private static void put(TarWriter tar, String path, String content) throws IOException {
        tar.file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }
}
