package dev.cairn.packages.apk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.Resolution;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.packages.SearchHit;
import dev.cairn.packages.SearchQuery;
import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.SignedApkRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApkRepositoriesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resolvesAndFetchesSignedPackages(boolean sha256) throws IOException {
        SignedApkRepository made = SignedApkRepository.in(folder.resolve("repo"), "k.rsa.pub", sha256);
        made.add(ApkSpec.of("libhello", "2.0-r1").provides("so:libhello.so.2=2").file("usr/lib/libhello.so.2", "lib"));
        made.add(ApkSpec.of("hello", "1.0-r0")
                .depends("so:libhello.so.2")
                .provides("cmd:hello=1.0-r0")
                .script("post-install", "#!/bin/sh\n")
                .file("usr/bin/hello", "hello"));
        made.index();

        ApkRepositories source = open(made, ApkKeyring.load(List.of(made.keys())));

        Resolution.Solved solved = (Resolution.Solved) source.resolve(List.of("hello"));
        assertThat(solved.packages().stream().map(ResolvedPackage::pin))
                .containsExactly("libhello=2.0-r1", "hello=1.0-r0");
        assertThat(solved.edges())
                .contains(
                        new Resolution.Edge("", "hello", "hello"),
                        new Resolution.Edge("hello", "so:libhello.so.2", "libhello"));
        PackageFile file = source.file(solved.packages().get(1));
        ApkFile apk = ApkFile.open(file.path());
        assertThat(apk.scripts()).containsOnlyKeys(".post-install");
        assertThat(apk.pkgInfo().all("depend")).containsExactly("so:libhello.so.2");
        assertThat(apk.checksum()).isEqualTo(solved.packages().get(1).checksum());
        assertThat(apk.verify(ApkKeyring.load(List.of(made.publicKey())))).isEqualTo("k.rsa.pub");
        assertThat(source.file(solved.packages().get(1))).isEqualTo(file);
        assertThat(source.search(SearchQuery.parse("cmd:hello")).stream().map(SearchHit::name))
                .containsExactly("hello");
        assertThat(source.search(SearchQuery.parse("/usr/bin/hello"))).hasSize(1);
    }

    @Test
    void answersFromTheCompiledIndexAsFromTheText() throws IOException {
        SignedApkRepository made = SignedApkRepository.in(folder.resolve("repo"));
        made.add(ApkSpec.of("a", "1-r0").depends("b>=1"));
        made.add(ApkSpec.of("b", "1-r0"));
        made.index();
        ApkKeyring keyring = ApkKeyring.load(List.of(made.keys()));

        Resolution first = open(made, keyring).resolve(List.of("a"));

        assertThat(open(made, keyring).resolve(List.of("a"))).isEqualTo(first);
    }

    @Test
    void refusesAnIndexThatNobodyKnownHasSigned() throws IOException {
        SignedApkRepository made = SignedApkRepository.in(folder.resolve("repo"));
        made.add(ApkSpec.of("a", "1-r0"));
        made.index();

        assertThatThrownBy(() -> open(made, ApkKeyring.of(List.of())))
                .isInstanceOf(ApkException.class)
                .hasMessageContaining("the keyring is empty")
                .hasMessageContaining("try:");
        assertThat(open(made, ApkKeyring.of(List.of()).allowingUntrusted()).resolve(List.of("a")))
                .isInstanceOf(Resolution.Solved.class);
    }

    @Test
    void refusesAnIndexWhoseKeyIsAnothersOfTheSameName() throws IOException {
        SignedApkRepository made = SignedApkRepository.in(folder.resolve("repo"));
        made.add(ApkSpec.of("a", "1-r0"));
        made.index();
        SignedApkRepository other = SignedApkRepository.in(folder.resolve("other"));

        ApkKeyring wrong = ApkKeyring.load(List.of(other.keys())).allowingUntrusted();
        assertThatThrownBy(() -> open(made, wrong))
                .isInstanceOf(ApkException.class)
                .extracting("code")
                .isEqualTo(ApkException.Code.SIGNATURE);
    }

    @Test
    void refusesAPackageThatIsNotTheOneOfTheIndex() throws IOException {
        SignedApkRepository made = SignedApkRepository.in(folder.resolve("repo"));
        Path a = made.add(ApkSpec.of("a", "1-r0").file("x", "1"));
        Path b = made.add(ApkSpec.of("b", "1-r0").file("y", "2"));
        made.index();
        ApkRepositories source = open(made, ApkKeyring.load(List.of(made.keys())));
        Resolution.Solved solved = (Resolution.Solved) source.resolve(List.of("a"));
        Files.copy(b, a, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> source.file(solved.packages().get(0)))
                .isInstanceOf(ApkException.class)
                .extracting("code")
                .isEqualTo(ApkException.Code.CHECKSUM);
    }

    @Test
    void usesATaggedRepositoryOnlyWhereTheWorldNamesIt() throws IOException {
        SignedApkRepository stable = SignedApkRepository.in(folder.resolve("stable"), "s.rsa.pub", false);
        stable.add(ApkSpec.of("a", "1-r0").file("x", "1"));
        stable.index();
        SignedApkRepository edge = SignedApkRepository.in(folder.resolve("edge"), "e.rsa.pub", true);
        edge.add(ApkSpec.of("a", "2-r0").file("x", "2"));
        edge.index();
        ApkRepositories source = ApkRepositories.open(
                List.of(
                        ApkRepository.parse(stable.root().toString()),
                        ApkRepository.parse("@edge " + edge.root().toUri())),
                ApkKeyring.load(List.of(stable.keys(), edge.keys())),
                "x86_64",
                downloader());

        assertThat(pins(source, "a")).containsExactly("a=1-r0");
        assertThat(pins(source, "a@edge")).containsExactly("a=2-r0");
        assertThat(source.resolve(List.of("a@nowhere")))
                .isEqualTo(
                        new Resolution.Unsolvable(List.of("no repository is tagged @nowhere, which the world asks for"
                                + " in 'a@nowhere': write the repository as '@nowhere URL'")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/alpine/v3.20/main",
                "https://example.org/alpine/v3.20/main/",
                "https://example.org/alpine/v3.20/main/x86_64",
                "https://example.org/alpine/v3.20/main/x86_64/APKINDEX.tar.gz"
            })
    void takesAddressesInEveryForm(String address) {
        ApkRepository repository = ApkRepository.parse(address);

        assertThat(repository.index("x86_64"))
                .hasToString("https://example.org/alpine/v3.20/main/x86_64/APKINDEX.tar.gz");
        assertThat(repository.file("x86_64/libstdc++-1-r0.apk"))
                .hasToString("https://example.org/alpine/v3.20/main/x86_64/libstdc%2B%2B-1-r0.apk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@tag", "# comment", "ftp://example.org/x"})
    void refusesWhatIsNoRepository(String line) {
        assertThatThrownBy(() -> ApkRepository.parse(line)).isInstanceOf(ApkException.class);
    }

    private static List<String> pins(ApkRepositories source, String item) {
        return ((Resolution.Solved) source.resolve(List.of(item)))
                .packages().stream().map(ResolvedPackage::pin).toList();
    }

    private ApkRepositories open(SignedApkRepository made, ApkKeyring keyring) throws IOException {
        return ApkRepositories.open(
                List.of(ApkRepository.parse(made.root().toString())), keyring, "x86_64", downloader());
    }

    private Downloader downloader() {
        return new Downloader(new CacheDirectory(folder.resolve("cache")), Downloader.Options.DEFAULT);
    }
}
