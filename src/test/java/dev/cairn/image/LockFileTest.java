package dev.cairn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.digest.Digest;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Variant;
import dev.cairn.testing.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
    private static final Digest A = Digest.sha256("a".repeat(64));
    private static final Digest B = Digest.sha256("b".repeat(64));

    @TempDir
    Path folder;

    private static Lock.Locked locked(String name, Digest digest, long offset) {
        return new Lock.Locked(Installed.resolved(name, name, "debian trixie main"), digest, A, B, offset, 7);
    }

    private static Lock lock(Lock.Locked... packages) {
        return new Lock(
                A,
                List.of(new Lock.Target(
                        Architecture.AMD64,
                        Variant.RUNTIME,
                        List.of("red", "odd,{", "odd:[{\"x\\"),
                        List.of(packages),
                        List.of(new Lock.LeftOut(
                                Installed.resolved("dash", "dash", "debian trixie main"), "shell \"é\" ,{")))));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("x.lock.json"), text);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Lock lock = lock(locked("red", A, 512), locked("blue", B, -1));
        Path file = folder.resolve("x.lock.json");
        LockFile.write(lock, file);

        assertThat(LockFile.read(file)).isEqualTo(lock);
        assertThat(LockFile.bytes(LockFile.read(file))).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void isOneLineForEachPackage() {
        String package1 = """
                {"name":"red","version":"1.0","architecture":"amd64","format":"deb","origin":"red",\
                "originVersion":"1.0","repository":"debian trixie main","path":"pool/red","size":100,\
                "checksum":"sha256:0","installedSize":1,"sha256":"SHA","layer":"SHA","diffId":"SHB","offset":512,\
                "layerSize":7}""".replace("SHA", A.toString()).replace("SHB", B.toString());
        Lock lock = new Lock(
                A,
                List.of(new Lock.Target(
                        Architecture.AMD64, Variant.DEV, List.of("red"), List.of(locked("red", A, 512)), List.of())));

        assertThat(new String(LockFile.bytes(lock), StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":1,\"definition\":\"" + A + "\",\"images\":[\n"
                        + "{\"architecture\":\"" + Architecture.AMD64.id()
                        + "\",\"variant\":\"dev\",\"world\":[\"red\"],"
                        + "\"packages\":[\n" + package1 + "],\n\"omissions\":[]}]}\n");
    }

    @Test
    void differencesNameThePackages() {
        Lock before = lock(locked("red", A, -1), locked("gone", A, -1));
        Lock after = lock(locked("red", B, -1), locked("green", A, -1));

        assertThat(before.differences(before)).isEmpty();
        assertThat(before.differences(after))
                .hasSize(3)
                .anyMatch(each -> each.contains("red"))
                .anyMatch(each -> each.contains("gone=1.0 is no longer in"))
                .anyMatch(each -> each.contains("green=1.0 is new"));
        assertThat(before.differences(new Lock(A, List.of())))
                .singleElement()
                .asString()
                .contains("not locked");
    }

    @Test
    void whatIsNoLockIsRefused() throws IOException {
        String good = new String(LockFile.bytes(lock(locked("red", A, -1))), StandardCharsets.UTF_8);
        for (String bad : List.of(
                "",
                "{}",
                "[]",
                good.substring(0, good.length() / 2),
                good.replace("\"version\":1,\"def", "\"version\":2,\"def"),
                good.replace("\"variant\":\"runtime\"", "\"variant\":\"other\""),
                good.replace("\"format\":\"deb\"", "\"format\":\"rpm\""),
                good.replace("sha256:aaaa", "sha256:aaaz"))) {
            assertThat(bad).isNotEqualTo(good);
            Path file = file(bad);
            ImageException e = catchThrowableOfType(ImageException.class, () -> LockFile.read(file));
            assertThat(e).as(bad).isNotNull();
            assertThat(e.code()).isEqualTo(ImageException.Code.LOCK_FORMAT);
            assertThat(e).hasMessageContaining("x.lock.json");
        }
    }

    @Test
    void damageIsReportedOrHarmless() {
        Mutations.of(LockFile.bytes(lock(locked("red", A, -1), locked("blue", B, 9))), 11, 500, damaged -> {
            Path file = Files.write(folder.resolve("x.lock.json"), damaged);
            try {
                LockFile.read(file);
            } catch (ImageException e) {
                assertThat(e.code()).isEqualTo(ImageException.Code.LOCK_FORMAT);
            }
        });
    }

    @Test
    void liesBesideTheDefinition() {
        assertThat(LockFile.beside(Path.of("a", "redis.yaml"))).isEqualTo(Path.of("a", "redis.lock.json"));
        assertThat(LockFile.beside(Path.of("redis"))).isEqualTo(Path.of("redis.lock.json"));
    }
}
