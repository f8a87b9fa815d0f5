package dev.cairn.attest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.attest.Signer.Outcome;
import dev.cairn.attest.Verification.Form;
import dev.cairn.attest.Verification.Report;
import dev.cairn.digest.Digest;
import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.Mutations;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {
    private static final PrivateKey KEY = PrivateKey.generate(new SecureRandom());
    private static final PrivateKey OTHER = PrivateKey.generate(new SecureRandom());
    private static final Predicate SPDX =
            new Predicate(PredicateType.SPDX, "{\"spdxVersion\":\"SPDX-2.3\"}".getBytes(UTF_8));

    private FakeRegistry registry;
    private RegistryClient client;
    private Reference reference;
    private Descriptor image;

    @BeforeEach
    void push() throws IOException {
        registry = FakeRegistry.start();
        client = new RegistryClient(RegistryOptions.ANONYMOUS);
        reference = Reference.parse(registry.host() + "/team/app:1");
        Image small = SmallImages.image(SmallImages.file("a", "b"));
        client.push(reference, small);
        image = small.descriptor();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Report verify(PrivateKey key) throws IOException {
        return new Verification(client, key.publicKey()).verify(reference, image.digest());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void signsInBothFormsAndOnce(boolean referrersApi) throws IOException {
        registry.referrersApi = referrersApi;
        assertThat(verify(KEY).isSigned()).isFalse();
        assertThat(new Signer(client, KEY).sign(reference, image, List.of(SPDX)))
                .isEqualTo(Outcome.SIGNED);
        Report report = verify(KEY);
        assertThat(report.has(Form.BUNDLE)).isTrue();
        assertThat(report.has(Form.TAG)).isTrue();
        assertThat(report.signatures()).hasSize(2);
        assertThat(report.problems()).isEmpty();
        assertThat(report.attestations(PredicateType.SPDX)).hasSize(1);
        assertThat(report.attestations().getFirst().statement().predicate().string("spdxVersion"))
                .isEqualTo("SPDX-2.3");

        long puts = registry.count("PUT");
        assertThat(new Signer(client, KEY).sign(reference, image, List.of(SPDX)))
                .isEqualTo(Outcome.UNCHANGED);
        assertThat(registry.count("PUT")).isEqualTo(puts);
    }

    @Test
    void anothersSignatureIsAProblemAndNoProof() throws IOException {
        new Signer(client, KEY).sign(reference, image, List.of(SPDX));
        Report report = verify(OTHER);
        assertThat(report.isSigned()).isFalse();
        assertThat(report.attestations()).isEmpty();
        assertThat(report.problems()).hasSize(3).allMatch(each -> each.endsWith("is not by this key"));

        new Signer(client, OTHER).sign(reference, image, List.of());
        assertThat(verify(OTHER).signatures()).hasSize(2);
        assertThat(verify(KEY).signatures()).hasSize(2);
    }

    @Test
    void aSignatureOfAnotherImageProvesNothing() throws IOException {
        Image second = SmallImages.image(SmallImages.file("a", "another"));
        client.push(reference.withTag("2"), second);
        new Signer(client, KEY).sign(reference, second.descriptor(), List.of());
        // Somebody who can write to the registry moves the signatures to the image that was not signed.
        Blob tagged = client.manifest(reference.withTag(Verification.tag(second.digest(), ".sig")));
        client.pushManifest(reference.withTag(Verification.tag(image.digest(), ".sig")), tagged);
        for (Descriptor each : client.referrers(reference, second.digest(), null)) {
            Blob manifest = client.manifest(reference.withDigest(each.digest()));
            String text = new String(manifest.readAll(1 << 20), UTF_8)
                    .replace(second.digest().hex(), image.digest().hex());
            client.pushManifest(
                    reference.withDigest(Digest.of(text.getBytes(UTF_8))),
                    Blob.of(text.getBytes(UTF_8), MediaType.MANIFEST));
        }
        Report report = verify(KEY);
        assertThat(report.isSigned()).isFalse();
        assertThat(report.problems()).hasSize(2);
    }

    @Test
    void aSignedStatementOfAnotherTypeIsNoSignature() throws IOException {
        new Signer(client, KEY).sign(reference, image, List.of());
        byte[] payload = Statement.of(
                        new Statement.Subject("", image.digest()), PredicateType.COSIGN_SIGN, "{}".getBytes(UTF_8))
                .bytes();
        Envelope envelope = Envelope.sign("text/plain", payload, OTHER);
        Artifact.of(Bundle.MEDIA_TYPE, new Bundle("", envelope).toJson(), image, Map.of())
                .push(client, reference);
        Envelope retyped = new Envelope(Statement.MEDIA_TYPE, payload, envelope.signatures());
        Artifact.of(Bundle.MEDIA_TYPE, new Bundle("x", retyped).toJson(), image, Map.of())
                .push(client, reference);
        assertThat(verify(OTHER).isSigned()).isFalse();
    }

    @Test
    void brokenDocumentsAreProblemsAndNoEnd() throws IOException {
        new Signer(client, KEY).sign(reference, image, List.of());
        Artifact.of(Bundle.MEDIA_TYPE, "no json".getBytes(UTF_8), image, Map.of())
                .push(client, reference);
        Artifact.of(Bundle.MEDIA_TYPE, "{}".getBytes(UTF_8), image, Map.of()).push(client, reference);
        Artifact.of("application/spdx+json", "{}".getBytes(UTF_8), image, Map.of())
                .push(client, reference);
        Report report = verify(KEY);
        assertThat(report.signatures()).hasSize(2);
        assertThat(report.problems()).hasSize(2);
    }

    @Test
    void artifactsDependOnTheirContentAlone() {
        Artifact one = Artifact.of("application/spdx+json", "{}".getBytes(UTF_8), image, Map.of("a", "b"));
        Artifact two = Artifact.of("application/spdx+json", "{}".getBytes(UTF_8), image, Map.of("a", "b"));
        assertThat(one.manifest().digest()).isEqualTo(two.manifest().digest());
    }

    @Test
    void damagedDocumentsGiveErrors() {
        Statement statement = Statement.of(
                new Statement.Subject("app", image.digest()), PredicateType.SPDX, "{\"a\":[1,2]}".getBytes(UTF_8));
        Envelope envelope = Envelope.sign(Statement.MEDIA_TYPE, statement.bytes(), KEY);
        survives(statement.bytes(), damaged -> Statement.parse(damaged, "it"));
        survives(new Bundle("hint", envelope).toJson(), damaged -> Bundle.parse(damaged, "it"));
        survives(new SimpleSigning("x", image.digest()).toJson(), damaged -> SimpleSigning.parse(damaged, "it"));
    }

    private static void survives(byte[] document, Mutations.Trial trial) {
        Mutations.of(document, 21, 1000, damaged -> {
            try {
                trial.run(damaged);
            } catch (AttestException e) {
                assertThat(e.getMessage()).contains("it");
            }
        });
    }

    @Test
    void theEncodingIsThatOfTheSpecification() {
        assertThat(new String(
                        Envelope.authenticated("http://example.com/HelloWorld", "hello world".getBytes(UTF_8)), UTF_8))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }
}
