package dev.cairn.cli;

import dev.cairn.attest.Signer;
import dev.cairn.keys.PrivateKey;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.MediaType;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.TransferListener;
import dev.cairn.publish.Publication;
import dev.cairn.publish.Publication.Tagged;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Publishes images with docker's credentials, and says what travelled.
final class Publisher {
    private final Session session;

    Publisher(Session session) {
        this.session = session;
    }

    /// Publishes the content under each reference.
    ///
    /// @param key what signs it, or null
    /// @param uniqueAt the time of unique tags, or null for none
    List<Tagged> publish(
            Publication.Content content,
            List<Reference> references,
            @Nullable PrivateKey key,
            @Nullable Instant uniqueAt)
            throws IOException {
        Travel travel = new Travel();
        try (Progress progress = session.progress("pushing")) {
            travel.progress = progress;
            RegistryClient client = new RegistryClient(session.registries().withListener(travel));
            PushedLayers pushed = new PushedLayers(session.cacheDirectory().records());
            for (Reference each : references) {
                pushed.tell(client, each, content.images());
            }
            Publication publication = new Publication(client, key == null ? null : new Signer(client, key));
            List<Tagged> tagged = publication.publish(content, references, uniqueAt);
            for (Reference each : references) {
                pushed.note(each, content.images());
                session.say("pushed " + each.withDigest(content.root().digest()).familiar()
                        + (key == null ? "" : ", signed"));
            }
            tagged.forEach(this::tell);
            session.say(travel.toString());
            return tagged;
        }
    }

    private void tell(Tagged tagged) {
        session.say("tag " + tagged.tag().familiar() + (tagged.moved() ? "" : " is there already"));
        tagged.unique().ifPresent(each -> session.say("tag " + each.familiar()));
    }

    /// What travelled and what was there already.
    private static final class Travel implements TransferListener {
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger spared = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();
        private @Nullable Progress progress;

        @Override
        public void sent(Descriptor content) {
            if (isManifest(content)) {
                return;
            }
            sent.incrementAndGet();
            long sum = bytes.addAndGet(content.size());
            Progress shown = progress;
            if (shown != null) {
                shown.bytes(sum, -1, "sent");
            }
        }

        private static boolean isManifest(Descriptor content) {
            return MediaType.isManifest(content.mediaType()) || MediaType.isIndex(content.mediaType());
        }

        @Override
        public void present(Descriptor content) {
            if (!isManifest(content)) {
                spared.incrementAndGet();
            }
        }

        @Override
        public void mounted(Descriptor content, String repository) {
            spared.incrementAndGet();
        }

        @Override
        public String toString() {
            return sent + " blobs sent (" + Text.bytes(bytes.get()) + "), " + spared + " were there already";
        }
    }
}
