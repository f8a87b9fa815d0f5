package dev.cairn.publish;

import dev.cairn.attest.Predicate;
import dev.cairn.attest.PredicateType;
import dev.cairn.attest.Statement;
import dev.cairn.digest.Digest;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.sbom.SbomFormat;
import dev.cairn.sbom.SbomReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The documents about one image or index: bills of materials and provenance. As files they lie beside the image:
/// `redis.oci` has `redis.amd64.spdx.json`, `redis.amd64.cdx.json` and `redis.amd64.provenance.json`, an index
/// `redis.index.….json`.
///
/// @param subject the image or index
/// @param documents the documents by kind
public record Papers(Descriptor subject, Map<Kind, String> documents) {
    private static final int LONGEST = 64 << 20;
    private static final int MOST = 20;

    public Papers {
        documents = Map.copyOf(documents);
    }

    /// A kind of document.
    public enum Kind {
        /// An SPDX document.
        SPDX(SbomFormat.SPDX.suffix(), SbomFormat.SPDX.mediaType(), PredicateType.SPDX),
        /// A CycloneDX document.
        CYCLONEDX(SbomFormat.CYCLONEDX.suffix(), SbomFormat.CYCLONEDX.mediaType(), PredicateType.CYCLONEDX),
        /// An in-toto statement with a SLSA provenance predicate.
        PROVENANCE(".provenance.json", Statement.MEDIA_TYPE, PredicateType.SLSA_PROVENANCE);

        private final String suffix;
        private final String mediaType;
        private final String predicateType;

        Kind(String suffix, String mediaType, String predicateType) {
            this.suffix = suffix;
            this.mediaType = mediaType;
            this.predicateType = predicateType;
        }

        String mediaType() {
            return mediaType;
        }
    }

    /// Papers that were just made.
    ///
    /// @param provenance a SLSA provenance predicate
    public static Papers of(Descriptor subject, byte[] spdx, byte[] cycloneDx, byte[] provenance) {
        Map<Kind, String> documents = new EnumMap<>(Kind.class);
        documents.put(Kind.SPDX, text(spdx));
        documents.put(Kind.CYCLONEDX, text(cycloneDx));
        Statement statement =
                Statement.of(new Statement.Subject("", subject.digest()), PredicateType.SLSA_PROVENANCE, provenance);
        documents.put(Kind.PROVENANCE, text(statement.bytes()));
        return new Papers(subject, documents);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The document of this kind as bytes.
    byte[] document(Kind kind) {
        return documents.getOrDefault(kind, "").getBytes(StandardCharsets.UTF_8);
    }

    /// What is to be signed of the papers, in the order of [Kind].
    List<Predicate> predicates() {
        List<Predicate> predicates = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            if (documents.containsKey(kind)) {
                byte[] bytes = document(kind);
                predicates.add(new Predicate(
                        kind.predicateType, kind == Kind.PROVENANCE ? Statement.predicateOf(bytes) : bytes));
            }
        }
        return predicates;
    }

    /// The name of a file: `redis.oci`, `amd64` → `redis.amd64.spdx.json`.
    static Path file(Path image, String what, Kind kind) {
        String name = String.valueOf(image.toAbsolutePath().normalize().getFileName());
        int dot = name.lastIndexOf('.');
        String base = dot > 0 && (name.endsWith(".oci") || name.endsWith(".tar")) ? name.substring(0, dot) : name;
        return image.resolveSibling(base + "." + what + kind.suffix);
    }

    /// Writes the files beside the image, each beside its place first; equal ones stay untouched.
    ///
    /// @param what the architecture, or `index`
    public void write(Path image, String what) throws IOException {
        for (Kind kind : Kind.values()) {
            if (documents.containsKey(kind)) {
                write(file(image, what, kind), document(kind));
            }
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
            return;
        }
        Path beside = Files.createTempFile(file.toAbsolutePath().getParent(), ".papers", ".tmp");
        try {
            Files.write(beside, bytes);
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /// Reads the files beside an image. A document that is not about the subject, as after another build, is left out.
    public static Papers read(Path image, String what, Descriptor subject) throws IOException {
        Map<Kind, String> documents = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Path file = file(image, what, kind);
            if (Files.isRegularFile(file) && Files.size(file) <= LONGEST) {
                byte[] bytes = Files.readAllBytes(file);
                if (isAbout(kind, bytes, file, subject.digest())) {
                    documents.put(kind, text(bytes));
                }
            }
        }
        return new Papers(subject, documents);
    }

    /// The provenance beside an image, whatever it is about.
    public static Optional<Statement> provenance(Path image, String what) throws IOException {
        Path file = file(image, what, Kind.PROVENANCE);
        return Files.isRegularFile(file) && Files.size(file) <= LONGEST
                ? Optional.of(Statement.parse(Files.readAllBytes(file), file.toString()))
                : Optional.empty();
    }

    /// The provenance that is attached to an image in a registry, signed or not.
    public static List<Statement> provenance(RegistryClient client, Reference reference, Digest subject)
            throws IOException {
        List<Statement> found = new ArrayList<>();
        List<Descriptor> referrers = client.referrers(reference, subject, Statement.MEDIA_TYPE);
        for (Descriptor each : referrers.subList(0, Math.min(MOST, referrers.size()))) {
            byte[] bytes = client.manifest(reference.withDigest(each.digest())).readAll(Manifest.LONGEST);
            List<Descriptor> layers =
                    Manifest.parse(bytes, "manifest " + each.digest()).layers();
            if (layers.size() == 1) {
                byte[] document = client.blob(reference, layers.getFirst()).readAll(LONGEST);
                Statement statement = Statement.parse(document, "provenance " + each.digest());
                if (statement.isAbout(subject) && statement.predicateType().equals(PredicateType.SLSA_PROVENANCE)) {
                    found.add(statement);
                }
            }
        }
        return found;
    }

    private static boolean isAbout(Kind kind, byte[] bytes, Path file, Digest subject) throws IOException {
        return switch (kind) {
            case SPDX, CYCLONEDX ->
                subject.equals(SbomReader.read(new ByteArrayInputStream(bytes), file.toString())
                        .subject()
                        .digest());
            case PROVENANCE -> Statement.parse(bytes, file.toString()).isAbout(subject);
        };
    }
}
