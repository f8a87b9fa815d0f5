package dev.cairn.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.Lock;
import dev.cairn.image.LockFile;
import dev.cairn.image.Repositories;
import dev.cairn.image.Selection;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.DefinitionReader;
import dev.cairn.oci.Image;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.oci.source.ImageSource;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.SignedApkRepository;
import dev.cairn.testing.SignedDebRepository;
import dev.cairn.verify.Verification.Kind;
import dev.cairn.verify.Verification.LayerVerdict;
import dev.cairn.verify.Verification.PackageVerdict;
import dev.cairn.verify.Verification.Vouched;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceVerifierTest {
    private static final AptMirror NO_MIRROR =
            new AptMirror(URI.create("http://127.0.0.1:1/"), URI.create("http://127.0.0.1:1/"), true);

    @TempDir
    Path folder;

    private Path definitionFile;
    private SignedDebRepository debs;

    /// The repository anew, with another library.
    private void republish(String version, String library) throws IOException {
        debs = SignedDebRepository.in(folder.resolve("debs"));
        debs.add("stable", DebSpec.of("app", "1.0-1").depends("lib").file("usr/bin/app", 0755, bytes("#!/bin/lib\n")));
        debs.add("stable", DebSpec.of("lib", version).file("usr/lib/lib.so", library));
        debs.add("stable", DebSpec.of("data", "3-1").file("usr/share/data", "data\n"));
        debs.publish();
    }

    @BeforeEach
    void repository() throws IOException {
        republish("2.0-1", "the library\n");
        definitionFile =
                Files.writeString(folder.resolve("app.yaml"), """
                contents:
                  repositories:
                    - %s
                  packages: [app, data]
                accounts:
                  run-as: 65532
                entrypoint:
                  command: /usr/bin/app
                layering: {budget: 3}
                archs: [amd64]
                """.formatted(debs.sourceLine("stable", "main")));
    }

    @Test
    void everyLayerHasItsWordAndEveryGeneratedFileItsReason() throws IOException {
        Path layout = layout(build(null), "app:1");
        SourceVerifier.Outcome outcome = verifier(null).verify(() -> open(layout));
        assertThat(outcome.problems()).isEmpty();
        Verification result = outcome.results().getFirst();
        assertThat(result.layers())
                .extracting(LayerVerdict::kind)
                .containsExactly(Kind.TRANSCODED, Kind.RECOMPOSED, Kind.OURS);
        assertThat(result.packages()).extracting(PackageVerdict::vouched).containsOnly(Vouched.INDEX);
        assertThat(result.topFiles())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.reason()).isNotBlank());
    }

    @Test
    void anApkIsALayerAsItIs() throws IOException {
        SignedApkRepository apks = SignedApkRepository.in(folder.resolve("apks"));
        apks.add(ApkSpec.of("tool", "1-r0").file("usr/bin/tool", "#!/x\n"));
        apks.index();
        definitionFile = Files.writeString(folder.resolve("tool.yaml"), """
                contents:
                  repositories: [%s]
                  keyring: [%s]
                  packages: [tool]
                entrypoint:
                  command: /usr/bin/tool
                archs: [amd64]
                """.formatted(apks.root(), apks.publicKey()));
        Path layout = layout(build(null), "tool:1");
        SourceVerifier.Outcome outcome = verifier(null).verify(() -> open(layout));
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.results().getFirst().layers())
                .extracting(LayerVerdict::kind)
                .containsExactly(Kind.EQUAL, Kind.OURS);
    }

    /// Every byte of the documents, and of each layer the header, the middle and the end.
    @Test
    void aFlippedByteAnywhereInAFolderIsFoundAndNamed() throws IOException {
        Image image = build(null);
        Path layout = layout(image, "app:1");
        SourceVerifier verifier = verifier(null);
        // a name in a folder is a label with one place only: see the class's page
        String index = Files.readString(layout.resolve("index.json"), StandardCharsets.ISO_8859_1);
        int from = index.indexOf("docker.io/library/app:1");
        int to = from + "docker.io/library/app:1".length();
        TreeSet<String> missed = new TreeSet<>();
        for (Path file : files(layout)) {
            byte[] bytes = Files.readAllBytes(file);
            boolean named = file.endsWith("index.json");
            for (int at : offsets(bytes.length)) {
                if (named && at >= from && at < to) {
                    continue;
                }
                bytes[at] ^= 1;
                Files.write(file, bytes);
                bytes[at] ^= 1;
                List<String> problems = verifier.verify(() -> open(layout)).problems();
                if (problems.isEmpty()) {
                    missed.add(layout.relativize(file) + " at " + at);
                } else {
                    assertThat(problems.getFirst())
                            .as("%s at %d", file, at)
                            .containsAnyOf(
                                    file.getFileName().toString(),
                                    "sha256:",
                                    "layer ",
                                    "manifest",
                                    "configuration",
                                    "index",
                                    "no image at all",
                                    "has no blobs");
                }
            }
            Files.write(file, bytes);
        }
        assertThat(missed).isEmpty();
        assertThat(verifier.verify(() -> open(layout)).problems()).isEmpty();
    }

    @Test
    void aFlippedByteAnywhereInATarIsFound() throws IOException {
        Path tar = folder.resolve("app.tar");
        new LayoutWriter().add(build(null), List.of(Reference.parse("app:1"))).writeTar(tar);
        SourceVerifier verifier = verifier(null);
        assertThat(verifier.verify(() -> open(tar)).problems()).isEmpty();
        byte[] bytes = Files.readAllBytes(tar);
        TreeSet<Integer> missed = new TreeSet<>();
        // a step that is no multiple of a block meets headers, padding, documents, names and layers
        for (int at = 0; at < bytes.length; at += 1021) {
            bytes[at] ^= 1;
            Files.write(tar, bytes);
            bytes[at] ^= 1;
            if (verifier.verify(() -> open(tar)).problems().isEmpty()) {
                missed.add(at);
            }
        }
        assertThat(missed).isEmpty();
    }

    @Test
    void theFileThatDiffersIsNamed() throws IOException {
        Path layout = layout(build(null), "app:1");
        // the same definition, another library: what an attacker's build would give
        republish("2.0-1", "another one\n");
        SourceVerifier.Outcome outcome = verifier(null).verify(() -> open(layout));
        assertThat(String.join("\n", outcome.problems())).contains("/usr/lib/lib.so differs");
    }

    @Test
    void aLockThatSaysSomethingElseIsFound() throws IOException {
        Lock lock = lock();
        Path layout = layout(build(lock), "app:1");
        assertThat(verifier(lock).verify(() -> open(layout)).problems()).isEmpty();
        byte[] bytes = LockFile.bytes(lock);
        String text = new String(bytes, StandardCharsets.UTF_8);
        int from = text.indexOf("\"packages\":[");
        int to = text.indexOf("\"omissions\":[");
        Path file = folder.resolve("flipped.lock.json");
        List<Integer> missed = new ArrayList<>();
        for (int at = from; at < to; at += 97) {
            bytes[at] ^= 1;
            Files.write(file, bytes);
            bytes[at] ^= 1;
            if (!isRefused(file, layout)) {
                missed.add(at);
            }
        }
        // what a lock repeats of the index for people, and nothing in the image depends on
        assertThat(missed)
                .allSatisfy(at -> assertThat(field(text, at))
                        .isIn(
                                "origin",
                                "originVersion",
                                "installedSize",
                                "format",
                                "architecture",
                                "size",
                                "path",
                                "\n"));
    }

    private boolean isRefused(Path lock, Path layout) throws IOException {
        try {
            return !verifier(LockFile.read(lock))
                    .verify(() -> open(layout))
                    .problems()
                    .isEmpty();
        } catch (RuntimeException e) {
            return true;
        }
    }

    /// The key whose value is at this place of a lock.
    private static String field(String json, int at) {
        int colon = json.lastIndexOf("\":", at);
        return json.substring(json.lastIndexOf('"', colon - 1) + 1, colon);
    }

    @Test
    void aPackageThatNoSignedIndexListsIsNotVerified() throws IOException {
        Lock lock = lock();
        Path layout = layout(build(lock), "app:1");
        republish("2.0-2", "patched\n");
        assertThat(String.join("\n", verifier(lock).verify(() -> open(layout)).problems()))
                .contains("package lib=2.0-1: no signed index at hand lists it", "--bundle");
    }

    private Definition definition() throws IOException {
        return DefinitionReader.read(definitionFile);
    }

    private Repositories repositories(Path cache) {
        Downloader downloader = new Downloader(new CacheDirectory(cache), Downloader.Options.DEFAULT);
        return new Repositories(downloader, new Repositories.Trust(List.of(), false), () -> NO_MIRROR);
    }

    private Lock lock() throws IOException {
        Path cache = folder.resolve("cache");
        Selection selection = new ImageBuilder(repositories(cache), new CacheDirectory(cache))
                .select(definition(), Architecture.AMD64);
        return Lock.of(LockFile.digestOf(definition()), List.of(selection));
    }

    private Image build(@Nullable Lock lock) throws IOException {
        Path cache = folder.resolve("cache");
        ImageBuilder builder = new ImageBuilder(repositories(cache), new CacheDirectory(cache));
        Selection selection = lock == null
                ? builder.select(definition(), Architecture.AMD64)
                : builder.select(definition(), Architecture.AMD64, lock);
        return builder.assemble(definition(), selection).image();
    }

    private SourceVerifier verifier(@Nullable Lock lock) throws IOException {
        Path scratch = Files.createTempDirectory(folder, "scratch");
        CacheDirectory cache = new CacheDirectory(folder.resolve("cache")).withRecords(scratch.resolve("facts"));
        Downloader downloader = new Downloader(cache, Downloader.Options.DEFAULT);
        Repositories repositories =
                new Repositories(downloader, new Repositories.Trust(List.of(), false), () -> NO_MIRROR);
        return new SourceVerifier(new ImageVerifier(repositories, false, scratch), definition(), lock);
    }

    private Path layout(Image image, String name) throws IOException {
        Path layout = folder.resolve("layout");
        new LayoutWriter().add(image, List.of(Reference.parse(name))).writeFolder(layout);
        return layout;
    }

    private static ImageSource open(Path layout) throws IOException {
        return ImageSource.open(layout.toString(), Optional.empty());
    }

    private static List<Path> files(Path layout) throws IOException {
        try (Stream<Path> all = Files.walk(layout)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// All of a short document's; of a longer one the beginning, the middle and the end.
    private static List<Integer> offsets(int length) {
        TreeSet<Integer> offsets = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            offsets.add(Math.min(i, length - 1));
            offsets.add(Math.clamp(length / 2 + i, 0, length - 1));
            offsets.add(Math.max(0, length - 1 - i));
        }
        for (int i = 0; i < length; i += Math.max(1, length / 16)) {
            offsets.add(i);
        }
        return List.copyOf(offsets);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
