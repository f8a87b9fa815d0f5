package dev.cairn.sbom;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The official schemas, which two libraries carry.
public final class Schemas {
    private static final String CYCLONEDX = "http://cyclonedx.org/schema/";

    private Schemas() {}

    /// What the format's schema says against a document; nothing when it is valid.
    public static List<String> errors(SbomFormat format, byte[] document) {
        return switch (format) {
            case SPDX -> errors("resources/spdx-schema-v2.3.json", "http://spdx.org/rdf/terms/2.3", document);
            case CYCLONEDX -> errors("bom-1.6.schema.json", CYCLONEDX + "bom-1.6.schema.json", document);
        };
    }

    private static List<String> errors(String file, String id, byte[] document) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_7,
                builder -> builder.schemas(Map.of(
                        id,
                        resource(file),
                        CYCLONEDX + "spdx.schema.json",
                        resource("spdx.schema.json"),
                        CYCLONEDX + "jsf-0.82.schema.json",
                        resource("jsf-0.82.schema.json"))));
        Schema schema = registry.getSchema(SchemaLocation.of(id));
        return schema.validate(new String(document, StandardCharsets.UTF_8), InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Schemas.class.getResourceAsStream("/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
