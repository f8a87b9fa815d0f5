package dev.cairn.registry;

import dev.cairn.digest.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Manifests and tags, as storage keeps them. Every method is one transaction: what it has returned from is durable,
/// and a later call sees it.
public interface Manifests {
    /// The manifest that a tag names in this repository.
    Optional<StoredManifest> find(Repository repository, String tag);

    /// The manifest of this digest in this repository.
    Optional<StoredManifest> find(Repository repository, Digest digest);

    /// A manifest that is pushed.
    ///
    /// @param manifest its bytes and type
    /// @param facts what they say
    /// @param tags the tags that shall name it
    /// @param by who pushes
    record Push(StoredManifest manifest, ManifestFacts facts, List<String> tags, String by) {
        public Push {
            tags = List.copyOf(tags);
        }
    }

    /// What became of a push.
    sealed interface Outcome {
        /// It is kept, and the tags name it.
        record Kept() implements Outcome {}

        /// Blobs that it names are not in this repository; nothing was kept.
        record Missing(List<Digest> blobs) implements Outcome {}

        /// A tag that never moves names another manifest; nothing was kept.
        record Immutable(String tag) implements Outcome {}
    }

    /// Keeps a manifest and moves the tags.
    Outcome put(Repository repository, Push push);

    /// Deletes a manifest and the tags that name it.
    ///
    /// @return whether it was there
    boolean delete(Repository repository, Digest digest, String by);

    /// Deletes a tag; the manifest stays.
    ///
    /// @return whether it was there
    boolean deleteTag(Repository repository, String tag, String by);

    /// The tags behind `last`, in the order of their bytes.
    List<String> tags(Repository repository, @Nullable String last, int limit);

    /// A manifest about another one, as the referrers API lists it.
    ///
    /// @param digest its digest
    /// @param descriptor its descriptor as JSON
    record Referrer(Digest digest, String descriptor) {}

    /// The manifests about this one, ordered by digest; those behind `last`.
    List<Referrer> referrers(
            Repository repository, Digest subject, @Nullable String artifactType, @Nullable Digest last, int limit);

    /// A tag's move.
    ///
    /// @param tag the tag
    /// @param digest what it names from then on; null where it was deleted
    /// @param at when
    /// @param by who moved it
    record TagMove(String tag, @Nullable Digest digest, Instant at, String by) {}

    /// Moves of a tag, or of all tags where none is given, newest first.
    List<TagMove> history(Repository repository, @Nullable String tag, int limit);

    /// A tag and what it names.
    ///
    /// @param tag the tag
    /// @param digest the manifest's digest
    /// @param at when it began to name it
    record Tag(String tag, Digest digest, Instant at) {}

    /// The tags with what they name, sorted; those behind `last`.
    List<Tag> currentTags(Repository repository, @Nullable String last, int limit);
}
