package dev.cairn.attest;

import dev.cairn.digest.Digest;
import dev.cairn.keys.PublicKey;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Manifest;
import dev.cairn.oci.OciException;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.RegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks at all that a registry holds about an image and says what of it a key signed: signatures and attestations, in
/// cosign's bundles and in its tags.
///
/// One good signature is enough, as with cosign: others by other keys, or broken ones, are told of as problems. The
/// registry is not believed: each document is read, its signature checked, and what it is about compared with the
/// digest that was asked for. At most 500 documents are looked at.
public final class Verification {
    private static final int MOST = 500;
    private static final String DSSE = "application/vnd.dsse.envelope.v1+json";

    private final RegistryClient client;
    private final List<PublicKey> keys;

    /// Verification with this key.
    public Verification(RegistryClient client, PublicKey key) {
        this(client, List.of(key));
    }

    /// Verification with any of these keys; with none, everything that is there is unproven.
    public Verification(RegistryClient client, List<PublicKey> keys) {
        this.client = client;
        this.keys = List.copyOf(keys);
    }

    /// How a signature is stored.
    public enum Form {
        /// A sigstore bundle whose manifest has the image as its subject.
        BUNDLE,
        /// A layer behind the tag `sha256-….sig` or `sha256-….att`.
        TAG
    }

    /// A good signature.
    ///
    /// @param form how it is stored
    /// @param digest the digest of the document that holds it
    public record Signature(Form form, Digest digest) {}

    /// A good attestation.
    ///
    /// @param statement what it says
    /// @param form how it is stored
    /// @param digest the digest of the document that holds it
    public record Attestation(Statement statement, Form form, Digest digest) {}

    /// Something that is there and that none of the keys signed.
    ///
    /// @param type the type of its predicate, or of the artifact where it is not even an attestation
    /// @param digest the digest of the document that holds it
    public record Unproven(String type, Digest digest) {}

    /// What was found.
    ///
    /// @param signatures the good signatures
    /// @param attestations the good attestations
    /// @param unproven statements and other artifacts about the image that none of the keys signed
    /// @param problems what else is there and proves nothing, each with the reason
    public record Report(
            List<Signature> signatures,
            List<Attestation> attestations,
            List<Unproven> unproven,
            List<String> problems) {
        public Report {
            signatures = List.copyOf(signatures);
            attestations = List.copyOf(attestations);
            unproven = List.copyOf(unproven);
            problems = List.copyOf(problems);
        }

        /// Whether the image is signed.
        public boolean isSigned() {
            return !signatures.isEmpty();
        }

        /// Whether there is a good signature in this form.
        public boolean has(Form form) {
            return signatures.stream().anyMatch(each -> each.form() == form);
        }

        /// The good attestations of this type.
        public List<Attestation> attestations(String predicateType) {
            return attestations.stream()
                    .filter(each -> each.statement().predicateType().equals(predicateType))
                    .toList();
        }
    }

    /// The tag beside which cosign keeps what is about a manifest: `sha256-….sig`.
    static String tag(Digest subject, String suffix) {
        return subject.algorithm().id() + "-" + subject.hex() + suffix;
    }

    /// Checks what the reference's repository holds about the manifest with this digest.
    public Report verify(Reference reference, Digest subject) throws IOException {
        Findings findings = new Findings(subject);
        List<Descriptor> referrers = client.referrers(reference, subject, null);
        for (Descriptor each : referrers.subList(0, Math.min(MOST, referrers.size()))) {
            referrer(reference, each, findings);
        }
        if (referrers.size() > MOST) {
            findings.problems.add(referrers.size() + " documents refer to the image, only " + MOST + " were read");
        }
        tagged(reference.withTag(tag(subject, ".sig")), findings);
        tagged(reference.withTag(tag(subject, ".att")), findings);
        return new Report(findings.signatures, findings.attestations, findings.unproven, findings.problems);
    }

    private void referrer(Reference reference, Descriptor referrer, Findings findings) throws IOException {
        findings.reading("referrer " + referrer.digest(), () -> {
            Blob blob = client.manifest(reference.withDigest(referrer.digest()));
            Manifest manifest = Manifest.parse(blob.readAll(Manifest.LONGEST), "manifest " + referrer.digest());
            // An index may say what it likes of a manifest: the manifest itself decides.
            if (!Bundle.MEDIA_TYPE.equals(manifest.artifactType())) {
                String type = manifest.artifactType();
                findings.unproven.add(new Unproven(type == null ? "" : type, referrer.digest()));
                return;
            }
            for (Descriptor layer : manifest.layers()) {
                byte[] bytes = client.blob(reference, layer).readAll(Envelope.LONGEST);
                Bundle bundle = Bundle.parse(bytes, "bundle " + layer.digest());
                envelope(bundle.envelope(), layer.digest(), Form.BUNDLE, findings);
            }
        });
    }

    private void tagged(Reference tag, Findings findings) throws IOException {
        findings.reading("tag " + tag.tag(), () -> {
            Manifest manifest = manifest(tag);
            if (manifest == null) {
                return;
            }
            List<Descriptor> layers = manifest.layers();
            for (Descriptor layer : layers.subList(0, Math.min(MOST, layers.size()))) {
                findings.reading("layer " + layer.digest() + " of " + tag.tag(), () -> layer(tag, layer, findings));
            }
        });
    }

    private @Nullable Manifest manifest(Reference tag) throws IOException {
        try {
            return Manifest.parse(client.manifest(tag).readAll(Manifest.LONGEST), tag.toString());
        } catch (RegistryException e) {
            if (e.code() == RegistryException.Code.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    private void layer(Reference tag, Descriptor layer, Findings findings) throws IOException {
        if (layer.mediaType().equals(DSSE)) {
            byte[] bytes = client.blob(tag, layer).readAll(Envelope.LONGEST);
            envelope(Envelope.parse(bytes, "envelope " + layer.digest()), layer.digest(), Form.TAG, findings);
            return;
        }
        String signature = layer.annotations().get(SimpleSigning.SIGNATURE);
        if (!layer.mediaType().equals(SimpleSigning.MEDIA_TYPE) || signature == null) {
            return;
        }
        byte[] payload = client.blob(tag, layer).readAll(Envelope.LONGEST);
        SimpleSigning signed = SimpleSigning.parse(payload, "signature " + layer.digest());
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            throw new AttestException(AttestException.Code.MALFORMED, "its signature is not base64");
        }
        if (keys.stream().noneMatch(key -> key.verify(payload, bytes))) {
            findings.problems.add("signature " + layer.digest() + " is not by this key");
        } else if (!signed.digest().equals(findings.subject)) {
            findings.problems.add("signature " + layer.digest() + " is about " + signed.digest());
        } else {
            findings.signatures.add(new Signature(Form.TAG, layer.digest()));
        }
    }

    private void envelope(Envelope envelope, Digest digest, Form form, Findings findings) {
        String what = (form == Form.BUNDLE ? "bundle " : "envelope ") + digest;
        if (!envelope.payloadType().equals(Statement.MEDIA_TYPE)) {
            findings.problems.add(what + " holds a '" + envelope.payloadType() + "', no statement");
            return;
        }
        if (keys.stream().noneMatch(envelope::isSignedBy)) {
            findings.problems.add(what + " is not by this key");
            Statement statement = Statement.parse(envelope.payload(), what);
            findings.unproven.add(new Unproven(statement.predicateType(), digest));
            return;
        }
        Statement statement = Statement.parse(envelope.payload(), what);
        if (!statement.isAbout(findings.subject)) {
            findings.problems.add(what + " is about something else");
        } else if (statement.predicateType().equals(PredicateType.COSIGN_SIGN)) {
            findings.signatures.add(new Signature(form, digest));
        } else {
            findings.attestations.add(new Attestation(statement, form, digest));
        }
    }

    /// What was found so far. A document that can't be read is a problem and no end.
    private static final class Findings {
        private final Digest subject;
        private final List<Signature> signatures = new ArrayList<>();
        private final List<Attestation> attestations = new ArrayList<>();
        private final List<Unproven> unproven = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        Findings(Digest subject) {
            this.subject = subject;
        }

        /// Reads one document.
        interface Reading {
            void run() throws IOException;
        }

        void reading(String what, Reading reading) throws IOException {
            try {
                reading.run();
            } catch (OciException | AttestException e) {
                problems.add(what + ": " + e.getMessage());
            } catch (RegistryException e) {
                if (e.code() != RegistryException.Code.NOT_FOUND && e.code() != RegistryException.Code.BAD_ANSWER) {
                    throw e;
                }
                problems.add(what + ": " + e.getMessage());
            }
        }
    }
}
