package dev.cairn.packages.apk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.ApkSpec;
import dev.cairn.testing.SharedData;
import dev.cairn.testing.SignedApkRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApkFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"alpine-baselayout-3.2.0-r23", "hello-wolfi-2.12.1-r0"})
    void readsRealPackages(String name) throws IOException {
        ApkFile apk = ApkFile.open(SharedData.require("apk/single/" + name + ".apk"));

        assertThat(apk.pkgInfo().name() + "-" + apk.pkgInfo().version()).isEqualTo(name);
        assertThat(apk.verify(ApkKeyring.of(List.of()).allowingUntrusted())).isNull();
    }

    @Test
    void verifiesARealSignature() throws IOException {
        Path keys = SharedData.require("apk/melange-signed/melange.rsa.pub");
        ApkFile apk = ApkFile.open(SharedData.require("apk/melange-signed/x86_64/replayout-1.0.0-r0.apk"));

        assertThat(apk.verify(ApkKeyring.load(List.of(keys)))).isEqualTo("melange.rsa.pub");
    }

    @Test
    void noticesChangedData() throws IOException {
        SignedApkRepository made = SignedApkRepository.in(folder);
        Path file = made.add(ApkSpec.of("a", "1-r0").file("x", "content"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1200] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> ApkFile.open(file).verify(ApkKeyring.load(List.of(made.keys()))))
                .isInstanceOf(ApkException.class)
                .extracting("code")
                .isEqualTo(ApkException.Code.CHECKSUM);
    }

    /// Whatever happens to the bytes, only this room's exception or an I/O error comes out.
    @Test
    void survivesMutations() throws IOException {
        SignedApkRepository made = SignedApkRepository.in(folder);
        byte[] good = Files.readAllBytes(
                made.add(ApkSpec.of("a", "1-r0").script("trigger", "t").file("x", "content")));
        ApkKeyring keyring = ApkKeyring.load(List.of(made.keys()));
        Random random = new Random(7);
        Path file = folder.resolve("mutated.apk");
        for (int round = 0; round < 600; round++) {
            Files.write(file, mutate(good, random));
            try {
                ApkFile.open(file).verify(keyring);
            } catch (ApkException | IOException expected) {
                assertThat(expected).hasMessageNotContaining("null");
            }
        }
    }

    @Test
    void indexesSurviveMutations() throws IOException {
        byte[] good = ("C:Q1" + "A".repeat(27)
                        + "=\nP:a\nV:1.0-r0\nA:x86_64\nS:10\nI:20\nD:b>=1 !c so:x\np:cmd:a=1\ni:b c\n" + "k:10\n\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Random random = new Random(11);
        for (int round = 0; round < 3000; round++) {
            PackageTableBuilder builder = new PackageTableBuilder();
            try {
                IndexReader.read(mutate(good, random), "test", builder, 0);
                builder.build();
            } catch (ApkException expected) {
                assertThat(expected.code()).isEqualTo(ApkException.Code.INDEX_FORMAT);
            }
        }
    }

    private static byte[] mutate(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }
}
