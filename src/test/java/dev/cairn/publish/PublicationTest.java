package dev.cairn.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.attest.PredicateType;
import dev.cairn.attest.Signer;
import dev.cairn.attest.Verification;
import dev.cairn.attest.Verification.Report;
import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryException;
import dev.cairn.oci.remote.RegistryOptions;
import dev.cairn.publish.Publication.Content;
import dev.cairn.publish.Publication.Tagged;
import dev.cairn.testing.FakeRegistry;
import dev.cairn.testing.SmallImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationTest {
    private static final PrivateKey KEY = PrivateKey.generate(new SecureRandom());
    private static final Instant NOW = Instant.parse("2026-11-23T18:45:07Z");

    private FakeRegistry registry;
    private RegistryClient client;
    private Reference tag;

    @BeforeEach
    void start() throws IOException {
        registry = FakeRegistry.start();
        client = new RegistryClient(RegistryOptions.ANONYMOUS.withRetries(1, Duration.ZERO));
        tag = Reference.parse(registry.host() + "/team/app:3.13");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static Papers papers(Descriptor subject) {
        return Papers.of(
                subject,
                ("{\"spdxVersion\":\"SPDX-2.3\",\"name\":\"x\"}").getBytes(UTF_8),
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"}".getBytes(UTF_8),
                "{\"buildDefinition\":{}}".getBytes(UTF_8));
    }

    private static Content content(String text) {
        Image one = SmallImages.image(SmallImages.file("a", text));
        Image two = SmallImages.image(SmallImages.file("b", text));
        ImageIndex index = ImageIndex.of(List.of(one, two));
        return Content.of(
                index,
                List.of(
                        papers(one.descriptor()),
                        papers(two.descriptor()),
                        papers(index.blob().descriptor())));
    }

    private Publication publication() {
        return new Publication(client, new Signer(client, KEY));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tagsComeLast(boolean referrersApi) throws IOException {
        registry.referrersApi = referrersApi;
        Content content = content("1");
        List<Tagged> tagged = publication().publish(content, List.of(tag, tag.withTag("latest")), NOW);

        List<String> puts = registry.requests.stream()
                .filter(each -> each.startsWith("PUT /v2/team/app/manifests/"))
                .toList();
        assertThat(puts.subList(puts.size() - 4, puts.size()))
                .containsExactly(
                        "PUT /v2/team/app/manifests/3.13-202611231845",
                        "PUT /v2/team/app/manifests/3.13",
                        "PUT /v2/team/app/manifests/latest-202611231845",
                        "PUT /v2/team/app/manifests/latest");
        assertThat(puts.subList(0, puts.size() - 4))
                .allMatch(each -> each.contains("/manifests/sha256:") || each.contains("/manifests/sha256-"));
        assertThat(tagged).hasSize(2).allMatch(Tagged::moved);
        assertThat(tagged.getFirst().unique()).contains(tag.withTag("3.13-202611231845"));

        for (Papers each : content.papers()) {
            Report report = new Verification(client, KEY.publicKey())
                    .verify(tag, each.subject().digest());
            assertThat(report.signatures()).hasSize(2);
            assertThat(report.attestations(PredicateType.SPDX)).hasSize(1);
            assertThat(report.attestations(PredicateType.CYCLONEDX)).hasSize(1);
            assertThat(report.attestations(PredicateType.SLSA_PROVENANCE)).hasSize(1);
            for (String type : List.of("application/spdx+json", "application/vnd.cyclonedx+json")) {
                assertThat(client.referrers(tag, each.subject().digest(), type)).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSameAgainChangesNothing(boolean referrersApi) throws IOException {
        registry.referrersApi = referrersApi;
        publication().publish(content("1"), List.of(tag), NOW);
        long puts = registry.count("PUT");
        List<Tagged> tagged = publication().publish(content("1"), List.of(tag), NOW.plusSeconds(600));
        assertThat(tagged).containsExactly(new Tagged(tag, false, java.util.Optional.empty()));
        // The image's own manifests are put again, by digest; nothing else.
        assertThat(registry.count("PUT") - puts).isEqualTo(3);
        assertThat(client.tags(tag))
                .filteredOn(each -> !each.startsWith("sha256-"))
                .containsExactlyInAnyOrder("3.13", "3.13-202611231845");
    }

    @Test
    void aUniqueTagNeverMoves() throws IOException {
        publication().publish(content("1"), List.of(tag), NOW);
        List<Tagged> second = publication().publish(content("2"), List.of(tag), NOW);
        assertThat(second.getFirst().unique()).contains(tag.withTag("3.13-20261123184507"));
        assertThat(client.find(tag.withTag("3.13-202611231845")).digest())
                .isEqualTo(content("1").root().digest());
        assertThatThrownBy(() -> publication().publish(content("3"), List.of(tag), NOW))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("3.13-202611231845");
        assertThat(client.find(tag).digest()).isEqualTo(content("2").root().digest());
    }

    @Test
    void whateverFailsTheTagIsNotThere() throws IOException {
        int failures = 0;
        for (int at = 1; client.find(tag) == null; at++) {
            int fatal = at;
            AtomicInteger puts = new AtomicInteger();
            registry.refuses =
                    each -> each.startsWith("PUT ") && each.contains("/manifests/") && puts.incrementAndGet() == fatal;
            try {
                publication().publish(content("1"), List.of(tag), null);
            } catch (RegistryException e) {
                failures++;
                assertThat(client.find(tag)).isNull();
            }
        }
        // Each attempt gets further by one, until only the tag itself is missing.
        assertThat(failures).isGreaterThan(5);
        assertThat(new Verification(client, KEY.publicKey())
                        .verify(tag, client.find(tag).digest())
                        .isSigned())
                .isTrue();
    }

    @Test
    void papersAreFilesBesideTheImage(@TempDir Path folder) throws IOException {
        Image image = SmallImages.image(SmallImages.file("a", "b"));
        Path layout = folder.resolve("app.oci");
        String digest = image.digest().toString();
        Papers made = Papers.of(
                image.descriptor(),
                ("{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{\"SPDXID\":\"SPDXRef-I\",\"versionInfo\":\"" + digest
                                + "\"}],\"relationships\":[{\"spdxElementId\":\"SPDXRef-DOCUMENT\",\"relationshipType\":"
                                + "\"DESCRIBES\",\"relatedSpdxElement\":\"SPDXRef-I\"}]}")
                        .getBytes(UTF_8),
                ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"component\":{\"version\":\""
                                + digest + "\"}}}")
                        .getBytes(UTF_8),
                "{}".getBytes(UTF_8));
        made.write(layout, "amd64");
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder("app.amd64.spdx.json", "app.amd64.cdx.json", "app.amd64.provenance.json");
        assertThat(Papers.read(layout, "amd64", image.descriptor())).isEqualTo(made);
        assertThat(made.predicates()).hasSize(3);

        Image other = SmallImages.image(SmallImages.file("a", "other"));
        assertThat(Papers.read(layout, "amd64", other.descriptor()).documents()).isEmpty();
        Files.writeString(folder.resolve("app.amd64.spdx.json"), "{\"spdxVersion\":\"SPDX-2.3\"}");
        assertThat(Papers.read(layout, "amd64", image.descriptor()).documents()).hasSize(2);
    }
}
