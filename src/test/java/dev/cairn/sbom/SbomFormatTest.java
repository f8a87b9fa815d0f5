package dev.cairn.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.testing.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SbomFormatTest {
    private static Sbom read(byte[] document) throws IOException {
        return SbomReader.read(new ByteArrayInputStream(document), "document");
    }

    @ParameterizedTest
    @EnumSource
    void isValidAgainstTheOfficialSchema(SbomFormat format) {
        byte[] document = format.write(Samples.debian(), "0.1.0");
        assertThat(Schemas.errors(format, document)).isEmpty();
        assertThat(format.write(Samples.debian(), "0.1.0")).isEqualTo(document);
        byte[] broken = new String(document, StandardCharsets.UTF_8)
                .replace("\"name\":", "\"nome\":")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Schemas.errors(format, broken)).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatAScannerNeeds(SbomFormat format) throws IOException {
        Sbom written = Samples.debian();
        Sbom read = read(format.write(written, "0.1.0"));
        assertThat(read.distribution()).isEqualTo(written.distribution());
        assertThat(read.subject().digest()).isEqualTo(written.subject().digest());
        assertThat(read.subject().name()).isEqualTo("redis");
        assertThat(read.subject().properties()).isEqualTo(written.subject().properties());
        assertThat(read.created()).isEqualTo(written.created());
        assertThat(read.tools()).isEqualTo(written.tools());
        assertThat(read.components()).hasSize(2);
        assertThat(read.relationships()).hasSize(3);
        for (int i = 0; i < 2; i++) {
            Component in = written.components().get(i);
            Component out = read.components().get(i);
            assertThat(out.name()).isEqualTo(in.name());
            assertThat(out.version()).isEqualTo(in.version());
            assertThat(out.purl()).isEqualTo(in.purl());
            assertThat(out.source()).isEqualTo(in.source());
            assertThat(out.locations()).isEqualTo(in.locations());
            assertThat(out.checksums()).isEqualTo(in.checksums());
            assertThat(out.supplier()).isEqualTo(in.supplier());
            assertThat(out.licences()).isEqualTo(Licences.expression(in.licences()));
            assertThat(out.properties()).containsAllEntriesOf(in.properties());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasReadIsWrittenValid(SbomFormat format) throws IOException {
        for (SbomFormat other : SbomFormat.values()) {
            Sbom read = read(other.write(Samples.debian(), "0.1.0"));
            assertThat(Schemas.errors(format, format.write(read, "0.1.0"))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void damageIsADocumentOrAnError(SbomFormat format) {
        Mutations.of(format.write(Samples.debian(), "0.1.0"), 5, 3000, damaged -> {
            try {
                read(damaged);
            } catch (SbomException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"spdxVersion\":\"SPDX-3.0\"}",
                "{\"spdxVersion\":\"SPDX-2.3\",\"bomFormat\":\"CycloneDX\"}",
                "{\"spdxVersion\":\"SPDX-2.3\"}{}",
                "{\"spdxVersion\":\"SPDX-2.3\",\"spdxVersion\":\"SPDX-2.3\"}",
                "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{\"name\":\"x\"}]}",
                "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{\"SPDXID\":\"x\"},{\"SPDXID\":\"x\"}]}",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.1\"}",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":3}",
                "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[3]}",
                "{\"bomFormat\":\"CycloneDX\""
            })
    void refusesWhatIsNoDocument(String text) {
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(SbomException.class)
                .hasMessageContaining("document");
    }

    @Test
    void deepAndWideDocumentsAreBounded() {
        String deep = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":"
                + "[{\"components\":".repeat(5000);
        assertThatThrownBy(() -> read(deep.getBytes(StandardCharsets.UTF_8))).isInstanceOf(SbomException.class);
        String wide = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"x\":["
                + "1,".repeat(1_100_000) + "1]}]}";
        assertThatThrownBy(() -> read(wide.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        SbomException.class, e -> assertThat(e.code()).isEqualTo(SbomException.Code.TOO_LARGE));
        String many = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[" + "{},".repeat(250_001)
                + "{}]}";
        assertThatThrownBy(() -> read(many.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        SbomException.class, e -> assertThat(e.code()).isEqualTo(SbomException.Code.TOO_LARGE));
    }
}
