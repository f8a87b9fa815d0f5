package dev.cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.attest.Verification;
import dev.cairn.keys.PublicKey;
import dev.cairn.oci.Image;
import dev.cairn.oci.Reference;
import dev.cairn.oci.layout.LayoutWriter;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishCommandTest {
    private static final Map<String, String> SECRET = Map.of("CAIRN_KEY_PASSWORD", "secret");

    @TempDir
    Path folder;

    private FakeRegistry registry;
    private Image image;
    private Path layout;
    private String reference;

    @BeforeEach
    void start() throws IOException {
        registry = FakeRegistry.start();
        image = SmallImages.image(SmallImages.file("a", "b"));
        layout = folder.resolve("app.oci");
        new LayoutWriter().add(image, List.of(Reference.parse("app:1"))).writeFolder(layout);
        reference = registry.host() + "/team/app:1";
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Path key() {
        Ran made = Ran.cairn(
                SECRET, "key", "generate", "--to", folder.resolve("my").toString());
        assertThat(made.code()).as(made.err()).isZero();
        return folder.resolve("my.key");
    }

    private Verification.Report verify() throws IOException {
        PublicKey key = PublicKey.parsePem(Files.readString(folder.resolve("my.pub")), "my.pub");
        RegistryClient client = new RegistryClient(RegistryOptions.ANONYMOUS);
        return new Verification(client, key).verify(Reference.parse(reference), image.digest());
    }

    @Test
    void keysAreMadeImportedAndShown() throws IOException {
        Path key = key();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(key)).startsWith("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----");
        Ran shown = Ran.cairn(SECRET, "key", "public", key.toString());
        assertThat(shown.out()).isEqualTo(Files.readString(folder.resolve("my.pub")));

        Ran again = Ran.cairn(
                SECRET, "key", "generate", "--to", folder.resolve("my").toString());
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("is there already");
        Ran imported = Ran.cairn(
                SECRET,
                "key",
                "import",
                key.toString(),
                "--to",
                folder.resolve("copy").toString());
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(folder.resolve("copy.pub")).hasSameTextualContentAs(folder.resolve("my.pub"));

        Ran wrong = Ran.cairn(Map.of("COSIGN_PASSWORD", "other"), "key", "public", key.toString());
        assertThat(wrong.code()).isEqualTo(3);
        assertThat(wrong.err()).contains("the passphrase is wrong");
        Ran none = Ran.cairn("key", "public", key.toString());
        assertThat(none.err()).contains("try: the passphrase in the environment variable CAIRN_KEY_PASSWORD");
    }

    @Test
    void aLayoutIsPublishedAndSigned() throws IOException {
        Ran ran = Ran.cairn(
                SECRET, "publish", layout.toString(), reference, "--key", key().toString(), "--output", "json");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("\"signed\":true")
                .contains("\"moved\":true")
                .contains(image.digest().toString());
        assertThat(verify().isSigned()).isTrue();

        Ran again = Ran.cairn(
                SECRET,
                "publish",
                layout.toString(),
                reference,
                "--key",
                folder.resolve("my.key").toString());
        assertThat(again.err()).contains("is there already");
    }

    @Test
    void anImageInARegistryIsSigned() throws IOException {
        assertThat(Ran.cairn("publish", layout.toString(), reference).code()).isZero();
        Path key = key();
        assertThat(verify().isSigned()).isFalse();
        Path predicate = Files.writeString(folder.resolve("p.json"), "{\"spdxVersion\":\"SPDX-2.3\"}");
        Ran signed = Ran.cairn(SECRET, "sign", reference, "--key", key.toString(), "--attest", "spdxjson=" + predicate);
        assertThat(signed.code()).as(signed.err()).isZero();
        assertThat(signed.err()).contains("signed " + registry.host());
        assertThat(verify().isSigned()).isTrue();
        assertThat(verify().attestations()).hasSize(1);
        Ran again = Ran.cairn(SECRET, "sign", reference, "--key", key.toString(), "-o", "json");
        assertThat(again.out()).contains("\"changed\":false");
    }

    @Test
    void mistakesAreTold() {
        assertThat(Ran.cairn("sign", reference).code()).isEqualTo(2);
        assertThat(Ran.cairn("sign", reference).err()).contains("try: --key FILE");
        assertThat(Ran.cairn("publish", layout.toString()).code()).isEqualTo(2);
        assertThat(Ran.cairn("publish", folder.resolve("nothing").toString(), reference)
                        .code())
                .isEqualTo(3);
    }
}
