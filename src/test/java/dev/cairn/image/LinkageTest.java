package dev.cairn.image;

import static dev.cairn.image.layer.MadeFacts.file;
import static dev.cairn.image.layer.MadeFacts.symlink;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.elf.ElfFacts;
import dev.cairn.elf.TinyElf;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.layer.ElfObject;
import dev.cairn.image.layer.FileFact;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkageTest {
    private static ElfObject object(String path, String soname, String... needed) {
        return machine(ElfFacts.X86_64, path, soname, needed);
    }

    private static ElfObject machine(int machine, String path, String soname, String... needed) {
        return new ElfObject(path, machine, 64, true, "", soname, List.of(needed), List.of());
    }

    private static InstalledPackage linked(String name, ElfObject... objects) {
        FileFact[] files =
                Arrays.stream(objects).map(each -> file(each.path(), 1)).toArray(FileFact[]::new);
        return Installed.linking(name, List.of(objects), files);
    }

    private static List<String> missing(InstalledPackage... packages) {
        return new Linkage(Installed.tree(List.of(packages)), List.of(packages)).missing();
    }

    @Test
    void whatIsNowhereIsMissing() {
        assertThat(missing(
                        linked("app", object("usr/bin/app", "", "libred.so.1", "libc.so.6")),
                        linked("more", object("usr/bin/more", "", "libred.so.1")),
                        linked("libc", object("usr/lib/libc.so.6", "libc.so.6"))))
                .containsExactly("libred.so.1 is not in the image; needed by /usr/bin/app of app and 1 more");
    }

    @Test
    void whereverALibraryLiesItIsThere() {
        assertThat(missing(
                        linked("app", object("usr/bin/app", "", "libred.so.1", "plain.so")),
                        linked("red", object("usr/lib/private/libred.so.1.2", "libred.so.1")),
                        linked("plain", object("opt/plain.so", ""))))
                .isEmpty();
    }

    @Test
    void anotherMachinesLibraryIsNotIt() {
        assertThat(missing(
                        linked("app", object("usr/bin/app", "", "libred.so.1")),
                        linked("red", machine(ElfFacts.AARCH64, "usr/lib/libred.so.1", "libred.so.1"))))
                .hasSize(1);
    }

    @Test
    void aLinkOfThatNameWillDo() {
        InstalledPackage app = linked("app", object("usr/lib/app", "", "libmine.so"));
        InstalledPackage link =
                Installed.of("link", 1, symlink("usr/lib/libmine.so", "other"), file("usr/lib/other", 1));

        assertThat(missing(app, link)).isEmpty();
    }

    @Test
    void theLoaderHasToBeThere() {
        ElfObject program =
                new ElfObject("usr/bin/app", ElfFacts.X86_64, 64, true, "/lib/ld-musl.so.1", "", List.of(), List.of());

        assertThat(missing(linked("app", program)))
                .containsExactly("/lib/ld-musl.so.1 is not in the image; needed by /usr/bin/app of app");
    }

    @Test
    void theDefinitionsOwnFilesAreLookedInto() {
        byte[] elf = new TinyElf(64, ByteOrder.LITTLE_ENDIAN, "app")
                .needed("libred.so.1")
                .bytes();
        ImageTree tree = Installed.tree(List.of());
        tree.top().file("app/run", 0755, elf, DefinedPaths.FILES);

        assertThat(new Linkage(tree, List.of()).missing())
                .contains("libred.so.1 is not in the image; needed by /app/run");
    }

    @Test
    void aProgramThatIsNotThereIsSaid(@TempDir Path folder) throws IOException {
        ImageTree tree = Installed.tree(List.of(Installed.of("app", 1, file("usr/bin/app", 1))));
        String yaml = "contents: {packages: [x]}\nentrypoint: {command: %s}\n";

        for (String there : List.of("app", "/usr/bin/app", "bin/app", "'app --with x'")) {
            Definition definition = Installed.definition(folder, yaml.replace("%s", there));
            assertThat(StartCommand.missing(definition, tree)).as(there).isEmpty();
        }
        Definition definition = Installed.definition(folder, yaml.replace("%s", "/usr/bin/ap"));
        assertThat(StartCommand.missing(definition, tree)).contains("the image starts /usr/bin/ap, which is not in it");
    }
}
