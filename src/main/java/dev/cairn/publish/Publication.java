package dev.cairn.publish;

import dev.cairn.attest.Artifact;
import dev.cairn.attest.Predicate;
import dev.cairn.attest.Signer;
import dev.cairn.digest.Digest;
import dev.cairn.oci.Blob;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Publishes images: first all by digest, then bills of materials, provenance and signatures, and only when everything
/// is there the tags. Who pulls by tag never meets an image whose signature is still on its way.
///
/// Publishing the same again changes nothing: no tag is moved, no unique tag made, nothing is signed twice.
public final class Publication {
    private final RegistryClient client;
    private final @Nullable Signer signer;

    /// A publication through this client.
    ///
    /// @param signer what signs the images, or null
    public Publication(RegistryClient client, @Nullable Signer signer) {
        this.client = client;
        this.signer = signer;
    }

    /// What is published.
    ///
    /// @param root the image, or the index, that tags name
    /// @param images the images
    /// @param index the index of several images, or null for one
    /// @param papers the documents about the images and the index
    public record Content(
            Blob root, List<Image> images, @Nullable ImageIndex index, List<Papers> papers) {
        public Content {
            images = List.copyOf(images);
            papers = List.copyOf(papers);
        }

        /// One image.
        public static Content of(Image image, List<Papers> papers) {
            return new Content(image.manifestBlob(), List.of(image), null, papers);
        }

        /// Several images.
        public static Content of(ImageIndex index, List<Papers> papers) {
            return new Content(index.blob(), index.images(), index, papers);
        }
    }

    /// What became of a tag.
    ///
    /// @param tag the reference with the tag
    /// @param moved whether it names something else than before
    /// @param unique the tag that will always name this content, where one was asked for and the tag moved
    public record Tagged(Reference tag, boolean moved, Optional<Reference> unique) {}

    /// Publishes content under these references.
    ///
    /// @param now the time for unique tags (`3.13-202611231845`); null for none
    public List<Tagged> publish(Content content, List<Reference> references, @Nullable Instant now) throws IOException {
        Map<String, Reference> repositories = new LinkedHashMap<>();
        for (Reference each : references) {
            repositories.putIfAbsent(each.registry() + "/" + each.repository(), each);
        }
        for (Reference each : repositories.values()) {
            push(content, each);
        }
        List<Tagged> tagged = new ArrayList<>();
        for (Reference each : references) {
            if (each.tag() != null) {
                tagged.add(tag(content.root(), each, now));
            }
        }
        return tagged;
    }

    /// All but the tags.
    private void push(Content content, Reference repository) throws IOException {
        ImageIndex index = content.index();
        Reference root = repository.withDigest(content.root().digest());
        if (index == null) {
            client.push(root, content.images().getFirst());
        } else {
            client.push(root, index);
        }
        for (Papers papers : content.papers()) {
            attach(papers, repository);
        }
        Signer by = signer;
        if (by != null) {
            sign(content, repository, by);
        }
    }

    private void attach(Papers papers, Reference repository) throws IOException {
        List<Digest> known = client.referrers(repository, papers.subject().digest(), null).stream()
                .map(Descriptor::digest)
                .toList();
        for (Papers.Kind kind : Papers.Kind.values()) {
            if (papers.documents().containsKey(kind)) {
                Artifact artifact = Artifact.of(kind.mediaType(), papers.document(kind), papers.subject(), Map.of());
                if (!known.contains(artifact.manifest().digest())) {
                    artifact.push(client, repository);
                }
            }
        }
    }

    private void sign(Content content, Reference repository, Signer by) throws IOException {
        for (Image each : content.images()) {
            sign(each.descriptor(), content, repository, by);
        }
        if (content.index() != null) {
            sign(content.root().descriptor(), content, repository, by);
        }
    }

    private static void sign(Descriptor subject, Content content, Reference repository, Signer by) throws IOException {
        List<Predicate> predicates = new ArrayList<>();
        for (Papers each : content.papers()) {
            if (each.subject().digest().equals(subject.digest())) {
                predicates.addAll(each.predicates());
            }
        }
        by.sign(repository, subject, predicates);
    }

    private Tagged tag(Blob root, Reference tag, @Nullable Instant now) throws IOException {
        Descriptor before = client.find(tag);
        if (before != null && before.digest().equals(root.digest())) {
            return new Tagged(tag, false, Optional.empty());
        }
        Optional<Reference> unique = now == null ? Optional.empty() : Optional.of(unique(root, tag, now));
        client.pushManifest(tag, root);
        return new Tagged(tag, true, unique);
    }

    /// `3.13-202611231845`; with seconds where that minute has another image already.
    private Reference unique(Blob root, Reference tag, Instant now) throws IOException {
        String minute = tag.tag() + "-" + digits(now, false);
        for (String each : List.of(minute, tag.tag() + "-" + digits(now, true))) {
            Reference unique = tag.withTag(each);
            Descriptor there = client.find(unique);
            if (there == null) {
                client.pushManifest(unique, root);
                return unique;
            }
            if (there.digest().equals(root.digest())) {
                return unique;
            }
        }
        throw new PublishException(
                PublishException.Code.TAG_TAKEN,
                tag.familiar() + ": the unique tag " + minute + " names another image\ntry: once more in a second");
    }

    private static String digits(Instant now, boolean seconds) {
        ZonedDateTime time = now.atZone(ZoneOffset.UTC);
        StringBuilder out = new StringBuilder().append(time.getYear());
        two(out, time.getMonthValue());
        two(out, time.getDayOfMonth());
        two(out, time.getHour());
        two(out, time.getMinute());
        if (seconds) {
            two(out, time.getSecond());
        }
        return out.toString();
    }

    private static void two(StringBuilder out, int number) {
        out.append(number < 10 ? "0" : "").append(number);
    }
}
