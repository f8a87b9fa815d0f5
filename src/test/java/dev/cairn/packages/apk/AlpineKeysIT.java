package dev.cairn.packages.apk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.keys.AlpineKeys;
import dev.cairn.keys.RsaKey;
import dev.cairn.packages.PackageSource;
import dev.cairn.packages.Resolution;
import dev.cairn.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The keys that Cairn ships, before indexes that Alpine really signed.
class AlpineKeysIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"3.16, x86_64", "3.17, aarch64"})
    void alpinesIndexIsSignedByThem(String version, String architecture) throws IOException {
        Path index = SharedData.require("apk/alpine-" + version + "/" + architecture + "/APKINDEX.tar.gz");
        Path place = Files.createDirectories(folder.resolve("r/" + architecture));
        Files.copy(index, place.resolve("APKINDEX.tar.gz"));
        List<RsaKey> keys = new ArrayList<>();
        AlpineKeys.files().forEach((name, pem) -> keys.add(RsaKey.parsePem(pem, name)));

        PackageSource source = ApkRepositories.open(
                List.of(ApkRepository.parse(folder.resolve("r").toString())),
                ApkKeyring.of(keys),
                architecture,
                new Downloader(new CacheDirectory(folder.resolve("cache")), Downloader.Options.DEFAULT));

        assertThat(source.resolve(List.of("busybox"))).isInstanceOf(Resolution.Solved.class);
    }

    @Test
    void allOfThemAreKeys() {
        assertThat(AlpineKeys.files())
                .hasSize(17)
                .allSatisfy((name, pem) ->
                        assertThat(RsaKey.parsePem(pem, name).name()).isEqualTo(name));
    }
}
