package dev.cairn.attest;

import dev.cairn.digest.Digest;
import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.JsonWriter;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Signs images in a registry, in both forms that cosign knows: a sigstore bundle that refers to the image (cosign 3),
/// and the tag `sha256-….sig` (cosign 1 and 2). Nothing is written to a transparency log.
///
/// What is signed by the same key already stays as it is, so that signing again changes nothing.
public final class Signer {
    private static final String CONTENT = "dev.sigstore.bundle.content";
    private static final String PREDICATE = "dev.sigstore.bundle.predicateType";

    private final RegistryClient client;
    private final PrivateKey key;

    /// A signer with this key.
    public Signer(RegistryClient client, PrivateKey key) {
        this.client = client;
        this.key = key;
    }

    /// What signing did.
    public enum Outcome {
        /// Something was written.
        SIGNED,
        /// All of it was there already.
        UNCHANGED
    }

    /// Attaches signed statements about a manifest of the reference's repository, then signs the manifest itself.
    public Outcome sign(Reference reference, Descriptor subject, List<Predicate> predicates) throws IOException {
        Verification.Report known = new Verification(client, key.publicKey()).verify(reference, subject.digest());
        Outcome outcome = Outcome.UNCHANGED;
        for (Predicate each : predicates) {
            if (!isKnown(known, statement(subject, each))) {
                bundle(reference, subject, each);
                outcome = Outcome.SIGNED;
            }
        }
        if (!known.has(Verification.Form.BUNDLE)) {
            byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
            bundle(reference, subject, new Predicate(PredicateType.COSIGN_SIGN, nothing));
            outcome = Outcome.SIGNED;
        }
        if (!known.has(Verification.Form.TAG)) {
            tag(reference, subject);
            outcome = Outcome.SIGNED;
        }
        return outcome;
    }

    private static boolean isKnown(Verification.Report known, Statement wanted) {
        for (Verification.Attestation each : known.attestations()) {
            if (Arrays.equals(each.statement().bytes(), wanted.bytes())) {
                return true;
            }
        }
        return false;
    }

    private static Statement statement(Descriptor subject, Predicate predicate) {
        return Statement.of(new Statement.Subject("", subject.digest()), predicate.type(), predicate.json());
    }

    private void bundle(Reference reference, Descriptor subject, Predicate predicate) throws IOException {
        Statement statement = statement(subject, predicate);
        Envelope envelope = Envelope.sign(Statement.MEDIA_TYPE, statement.bytes(), key);
        byte[] bundle = new Bundle(key.publicKey().fingerprint(), envelope).toJson();
        Artifact.of(Bundle.MEDIA_TYPE, bundle, subject, Map.of(CONTENT, "dsse-envelope", PREDICATE, predicate.type()))
                .push(client, reference);
    }

    /// Adds a layer to the manifest behind the signatures' tag.
    private void tag(Reference reference, Descriptor subject) throws IOException {
        Reference tag = reference.withTag(Verification.tag(subject.digest(), ".sig"));
        List<Descriptor> layers = new ArrayList<>();
        if (client.find(tag) != null) {
            Blob old = client.manifest(tag);
            layers.addAll(Manifest.parse(old.readAll(Manifest.LONGEST), tag.toString())
                    .layers());
        }
        String name = reference.registry() + "/" + reference.repository();
        byte[] payload = new SimpleSigning(name, subject.digest()).toJson();
        Blob blob = Blob.of(payload, SimpleSigning.MEDIA_TYPE);
        String signature = Base64.getEncoder().encodeToString(key.sign(payload));
        layers.add(blob.descriptor().withAnnotations(Map.of(SimpleSigning.SIGNATURE, signature)));
        Blob config = Blob.of(config(layers), MediaType.CONFIG);
        client.pushBlob(reference, blob);
        client.pushBlob(reference, config);
        byte[] manifest =
                Manifest.of(config.descriptor(), layers, new TreeMap<>()).toJson();
        client.pushManifest(tag, Blob.of(manifest, MediaType.MANIFEST));
    }

    /// The configuration that cosign's readers expect, since they take the manifest for an image's.
    private static byte[] config(List<Descriptor> layers) {
        JsonWriter json = new JsonWriter();
        json.string("architecture", "");
        json.string("os", "");
        json.object("rootfs");
        json.string("type", "layers");
        json.strings(
                "diff_ids",
                layers.stream().map(Descriptor::digest).map(Digest::toString).toList());
        json.end();
        return json.finish();
    }
}
