package dev.cairn.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.attest.Verification.Report;
import dev.cairn.keys.KeyFile;
import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.SmallImages;
import dev.cairn.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real cosign verifies what we sign, and we verify what it signs.
class CosignIT {
    private static final List<String> SIGNING =
            List.of("--use-signing-config=false", "--tlog-upload=false", "-y", "--allow-insecure-registry");

    @TempDir
    Path folder;

    private Tool cosign;
    private FakeRegistry registry;
    private RegistryClient client;
    private Reference reference;
    private Descriptor image;

    @BeforeEach
    void push() throws IOException {
        cosign = Tool.require("cosign").with("COSIGN_PASSWORD", "secret").with("HOME", folder.toString());
        registry = FakeRegistry.start();
        client = new RegistryClient(RegistryOptions.ANONYMOUS);
        reference = Reference.parse(registry.host() + "/team/app:1");
        Image small = SmallImages.image(SmallImages.file("a", "b"));
        client.push(reference, small);
        image = small.descriptor();
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private Tool.Result cosign(List<String> options, String... more) throws IOException {
        List<Object> all = new ArrayList<>(List.of(more));
        all.addAll(1, options);
        all.add(reference.withDigest(image.digest()));
        return cosign.run(all.toArray());
    }

    private Tool.Result verify(String command, Path key, String... more) throws IOException {
        List<String> options = new ArrayList<>(
                List.of("--key", key.toString(), "--insecure-ignore-tlog", "--allow-insecure-registry"));
        options.addAll(List.of(more));
        return cosign(options, command);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cosignVerifiesWhatWeSign(boolean referrersApi) throws IOException {
        registry.referrersApi = referrersApi;
        PrivateKey key = PrivateKey.generate(new SecureRandom());
        Path file = folder.resolve("ours.pub");
        KeyFile.writePublic(file, key.publicKey().pem());
        byte[] spdx = "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"x\"}".getBytes(UTF_8);
        byte[] slsa = "{\"buildDefinition\":{\"buildType\":\"x\"},\"runDetails\":{\"builder\":{\"id\":\"y\"}}}"
                .getBytes(UTF_8);
        new Signer(client, key)
                .sign(
                        reference,
                        image,
                        List.of(
                                new Predicate(PredicateType.SPDX, spdx),
                                new Predicate(PredicateType.SLSA_PROVENANCE, slsa)));
        verify("verify", file, "--new-bundle-format=true").success();
        verify("verify", file, "--new-bundle-format=false").success();
        assertThat(verify("verify-attestation", file, "--type", "spdxjson").success())
                .contains("payload");
        verify("verify-attestation", file, "--type", "slsaprovenance1").success();
        assertThat(verify("verify-attestation", file, "--type", "cyclonedx").exit())
                .isNotZero();

        Path other = folder.resolve("other.pub");
        KeyFile.writePublic(
                other, PrivateKey.generate(new SecureRandom()).publicKey().pem());
        assertThat(verify("verify", other).exit()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void weVerifyWhatCosignSigns(boolean referrersApi) throws IOException {
        registry.referrersApi = referrersApi;
        // With a key of ours, so that cosign reads our encrypted form.
        PrivateKey key = PrivateKey.generate(new SecureRandom());
        Path file = folder.resolve("ours.key");
        KeyFile.writePrivate(file, key.encryptedPem("secret".toCharArray(), new SecureRandom()));
        Path predicate = Files.writeString(folder.resolve("predicate.json"), "{\"spdxVersion\":\"SPDX-2.3\"}");
        for (String format : List.of("--new-bundle-format=true", "--new-bundle-format=false")) {
            cosign(SIGNING, "sign", "--key", file.toString(), format).success();
            cosign(
                            SIGNING,
                            "attest",
                            "--key",
                            file.toString(),
                            format,
                            "--type",
                            "spdxjson",
                            "--predicate",
                            predicate.toString())
                    .success();
        }
        Report report = new Verification(client, key.publicKey()).verify(reference, image.digest());
        assertThat(report.problems()).isEmpty();
        assertThat(report.has(Verification.Form.BUNDLE)).isTrue();
        assertThat(report.has(Verification.Form.TAG)).isTrue();
        assertThat(report.attestations(PredicateType.SPDX)).hasSize(2);
    }

    @Test
    void weReadTheKeysThatCosignMakes() throws IOException {
        cosign.run("generate-key-pair", "--output-key-prefix", folder.resolve("theirs"))
                .success();
        PrivateKey key = KeyFile.readPrivate(folder.resolve("theirs.key"), "secret"::toCharArray);
        assertThat(key.publicKey().pem()).isEqualTo(Files.readString(folder.resolve("theirs.pub")));
        new Signer(client, key).sign(reference, image, List.of());
        verify("verify", folder.resolve("theirs.pub")).success();
    }
}
