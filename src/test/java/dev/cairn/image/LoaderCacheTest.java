package dev.cairn.image;

import static dev.cairn.image.layer.MadeFacts.directory;
import static dev.cairn.image.layer.MadeFacts.file;
import static dev.cairn.image.layer.MadeFacts.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.elf.ElfFacts;
import dev.cairn.image.layer.ElfObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoaderCacheTest {
    private static final InstalledPackage CONFIGURATION = Installed.capturing(
            "conf",
            "debian trixie main",
            Map.of(
                    "etc/ld.so.conf", "# first\ninclude /etc/ld.so.conf.d/*.conf\n",
                    "etc/ld.so.conf.d/b.conf", "/opt/odd/\n",
                    "etc/ld.so.conf.d/ignored.txt", "/opt/ignored\n"));
    private static final InstalledPackage LIBC = Installed.linking(
            "libc",
            List.of(object("usr/lib/libc.so.6", "libc.so.6")),
            directory("usr/lib", 0755, 0),
            file("usr/lib/libc.so.6", 1),
            symlink("lib", "usr/lib"));

    private static ElfObject object(String path, String soname) {
        return new ElfObject(path, ElfFacts.X86_64, 64, true, "", soname, List.of(), List.of());
    }

    private static ImageTree tree(InstalledPackage... packages) {
        List<InstalledPackage> all = List.of(packages);
        ImageTree tree = Installed.tree(all);
        LoaderCache.write(tree, new Captured(all), new Linkage(tree, all));
        return tree;
    }

    /// What the cache says: soname → path, in its order.
    private static List<String> read(ImageTree tree) {
        ByteBuffer in = ByteBuffer.wrap(
                        tree.top().find("etc/ld.so.cache").content().getFirst().plain())
                .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(text(in, 0, 20)).isEqualTo("glibc-ld.so.cache1.1");
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < in.getInt(20); i++) {
            int at = 48 + 24 * i;
            assertThat(in.getInt(at)).isEqualTo(0x303);
            entries.add(string(in, in.getInt(at + 4)) + " " + string(in, in.getInt(at + 8)));
        }
        return entries;
    }

    private static String string(ByteBuffer in, int at) {
        int end = at;
        while (in.get(end) != 0) {
            end++;
        }
        return text(in, at, end);
    }

    private static String text(ByteBuffer in, int from, int to) {
        return new String(in.array(), from, to - from, StandardCharsets.US_ASCII);
    }

    @Test
    void librariesOfConfiguredDirectoriesAreListed() {
        InstalledPackage odd = Installed.linking(
                "odd",
                List.of(
                        object("opt/odd/libred.so.9.1", "libred.so.9"),
                        object("opt/odd/libred.so.10.0", "libred.so.10"),
                        object("opt/odd/libplain.so", "")),
                directory("opt/odd", 0755, 0),
                file("opt/odd/libred.so.9.1", 1),
                symlink("opt/odd/libred.so.9", "libred.so.9.1"),
                symlink("opt/odd/libred.so", "libred.so.10"),
                file("opt/odd/libred.so.10.0", 1),
                symlink("opt/odd/libred.so.10", "libred.so.10.0"),
                file("opt/odd/libplain.so", 1),
                file("opt/odd/README", 1));

        assertThat(read(tree(CONFIGURATION, LIBC, odd)))
                .as("the loader's order, numbers as numbers, last first")
                .containsExactly(
                        "libred.so.10 /opt/odd/libred.so.10",
                        "libred.so.9 /opt/odd/libred.so.9",
                        "libplain.so /opt/odd/libplain.so",
                        "libc.so.6 /lib/libc.so.6");
    }

    @Test
    void whereNothingIsHiddenThereIsNoCache() {
        assertThat(tree(CONFIGURATION, LIBC).top().find("etc/ld.so.cache")).isNull();
        InstalledPackage ignored = Installed.linking(
                "ignored", List.of(object("opt/ignored/libx.so", "")), file("opt/ignored/libx.so", 1));
        assertThat(tree(CONFIGURATION, LIBC, ignored).top().find("etc/ld.so.cache"))
                .isNull();
    }

    @Test
    void namesCompareAsTheLoaderComparesThem() {
        assertThat(LoaderCache.compare("liba.so.9", "liba.so.10")).isNegative();
        assertThat(LoaderCache.compare("liba.so.1", "liba.so.1")).isZero();
        assertThat(LoaderCache.compare("liba", "liba.so")).isNegative();
        assertThat(LoaderCache.compare("lib1", "liba")).isPositive();
        assertThat(LoaderCache.compare("liba.so.1.2", "liba.so.1")).isPositive();
    }
}
