package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.digest.Digest;
import dev.cairn.testing.DebSpec;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.FolderServer;
import dev.cairn.testing.SignedDebRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path folder;

    private FolderServer mirror;
    private FakeRegistry registry;
    private String definition;
    private String layout;
    private String reference;

    @BeforeEach
    void build() throws IOException {
        SignedDebRepository debs = SignedDebRepository.in(folder.resolve("mirror"));
        debs.add("stable", DebSpec.of("app", "1.0-1").file("usr/bin/app", "#!/bin/app\n"));
        debs.publish();
        mirror = FolderServer.of(folder.resolve("mirror"));
        registry = FakeRegistry.start();
        reference = registry.host() + "/team/app:1";
        layout = folder.resolve("app.oci").toString();
        definition = Files.writeString(folder.resolve("app.yaml"), """
                contents:
                  repositories: ["deb [signed-by=%s] %s stable main"]
                  packages: [app]
                entrypoint:
                  command: /usr/bin/app --flag 'two words'
                accounts:
                  run-as: 65532
                archs: [amd64]
                """.formatted(debs.keyFile(), mirror.uri()))
                .toString();
        done(cairn("build", definition, "--to", layout));
    }

    @AfterEach
    void stop() {
        mirror.close();
        registry.close();
    }

    private Ran cairn(String... line) {
        return Ran.cairn(
                Map.of("CAIRN_CACHE", folder.resolve("cache").toString(), "CAIRN_KEY_PASSWORD", "secret"), line);
    }

    private static void done(Ran ran) {
        assertThat(ran.code()).as(ran.toString()).isEqualTo(ExitCode.DONE);
    }

    private String key(String name) {
        done(cairn("key", "generate", "--to", folder.resolve(name).toString()));
        return folder.resolve(name).toString();
    }

    @Test
    void aLayoutIsVerifiedByTheProvenanceBesideIt() throws IOException {
        Ran ran = cairn("verify", layout);
        done(ran);
        assertThat(ran.out())
                .contains("definition of the provenance beside it, which nobody signed", "packages from deb ")
                .contains("1 of the lock", "verified:");
        Files.copy(folder.resolve("app.amd64.provenance.json"), folder.resolve("moved.json"));
        Files.delete(folder.resolve("app.amd64.provenance.json"));
        Ran none = cairn("verify", layout);
        assertThat(none.code()).isEqualTo(ExitCode.USAGE);
        assertThat(none.err()).contains("has no provenance", "try: cairn verify " + layout + " DEFINITION");
        done(cairn("verify", layout, definition));
    }

    @Test
    void provenanceOfAnotherImageAndFlippedBytesAreRefused() throws IOException {
        Path layer = largestBlob();
        byte[] bytes = Files.readAllBytes(layer);
        bytes[bytes.length / 2] ^= 1;
        Files.write(layer, bytes);
        Ran flipped = cairn("verify", layout);
        assertThat(flipped.code()).isEqualTo(ExitCode.NO);
        assertThat(flipped.out()).contains("✗", "layer ", "is not verified");

        Files.writeString(Path.of(definition), "cmd: other\n", java.nio.file.StandardOpenOption.APPEND);
        String other = folder.resolve("other.oci").toString();
        done(cairn("build", definition, "--to", other));
        Files.copy(
                folder.resolve("app.amd64.provenance.json"),
                folder.resolve("other.amd64.provenance.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Ran foreign = cairn("verify", other);
        assertThat(foreign.code()).isEqualTo(ExitCode.NO);
        assertThat(foreign.err()).contains("is not about this image");
    }

    private Path largestBlob() throws IOException {
        try (var files = Files.list(Path.of(layout, "blobs/sha256"))) {
            return files.max(java.util.Comparator.comparingLong(
                            each -> each.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void whatIsKeptAsADigestOnlyIsAskedFor() throws IOException {
        Files.writeString(folder.resolve("extra"), "x");
        Files.writeString(
                Path.of(definition),
                "files: [{source: extra, path: /extra}]\n",
                java.nio.file.StandardOpenOption.APPEND);
        done(cairn("build", definition, "--to", layout));
        Ran ran = cairn("verify", layout);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("'files', of which only digests are kept", "try: give the DEFINITION too");
        done(cairn("verify", layout, definition));
    }

    @Test
    void aRegistrysImageIsVerifiedBySignatureAndBytes() {
        String mine = key("mine");
        String others = key("others");
        done(cairn("publish", layout, reference, "--key", mine + ".key"));
        Ran ran = cairn("verify", reference, "--key", mine + ".pub");
        done(ran);
        assertThat(ran.out())
                .contains(" by this key", "attested   https://slsa.dev/provenance/v1", "attested   https://spdx.dev")
                .contains("definition of the provenance that this key signed", "verified:");
        assertThat(cairn("verify", reference, "--key", mine + ".pub", "-o", "json")
                        .out())
                .contains("\"verified\" : true", "\"signatures\"");
        Ran foreign = cairn("verify", reference, "--key", others + ".pub");
        assertThat(foreign.code()).isEqualTo(ExitCode.NO);
        assertThat(foreign.out()).contains("has no signature by this key", "is not by this key", "is not verified");
        Ran file = cairn("verify", layout, "--key", mine + ".pub");
        assertThat(file.code()).isEqualTo(ExitCode.USAGE);
        assertThat(file.err()).contains("is a file: signatures are kept beside images in registries");
    }

    @Test
    void aGoodSignatureDoesNotHideAFlippedByte() throws IOException {
        String mine = key("mine");
        done(cairn("publish", layout, reference, "--key", mine + ".key"));
        Path layer = largestBlob();
        Digest digest = Digest.parse("sha256:" + layer.getFileName());
        byte[] bytes = Files.readAllBytes(layer);
        bytes[bytes.length / 2] ^= 1;
        registry.putWrongBlob("team/app", digest, bytes);
        Ran ran = cairn("verify", reference, "--key", mine + ".pub");
        assertThat(ran.code()).as(ran.toString()).isEqualTo(ExitCode.NO);
        assertThat(ran.out()).contains(" by this key", digest.hex(), "is not verified");
    }

    @Test
    void nothingToVerifyIsAUsageError() {
        assertThat(cairn("verify").code()).isEqualTo(ExitCode.USAGE);
        assertThat(cairn("verify").err()).contains("wants IMAGE|LAYOUT");
    }

    @Test
    void withoutAKeyAttachedProvenanceIsUsedAndSaidToBeUnchecked() {
        done(cairn("publish", layout, reference));
        Ran ran = cairn("verify", reference);
        done(ran);
        assertThat(ran.out()).contains("its provenance, whose signature was not checked");
    }

    @Test
    void aSignatureAloneIsNotAllThatIsAskedFor() throws IOException {
        String mine = key("mine");
        Files.delete(folder.resolve("app.amd64.provenance.json"));
        done(cairn("publish", layout, reference, "--key", mine + ".key"));
        Ran ran = cairn("verify", reference, "--key", mine + ".pub");
        assertThat(ran.code()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(ran.out()).contains("is signed; its bytes were not derived");
        done(cairn("verify", reference, definition, "--key", mine + ".pub"));
        assertThat(cairn("verify", reference).code()).isEqualTo(ExitCode.USAGE);
    }
}
