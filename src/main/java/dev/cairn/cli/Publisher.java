package dev.cairn.cli;

import dev.cairn.digest.Digest;
import dev.cairn.oci.Descriptor;
import dev.cairn.oci.Image;
import dev.cairn.oci.ImageIndex;
import dev.cairn.oci.Reference;
import dev.cairn.oci.remote.RegistryClient;
import dev.cairn.oci.remote.TransferListener;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Pushes images to registries with docker's credentials, and says what travelled.
final class Publisher {
    private final Session session;

    Publisher(Session session) {
        this.session = session;
    }

    /// Pushes one image, or the index of several, to each reference.
    void push(List<Image> images, ImageIndex index, List<Reference> references) throws IOException {
        for (Reference reference : references) {
            Travel travel = new Travel();
            try (Progress progress = session.progress("pushing")) {
                travel.progress = progress;
                RegistryClient client = new RegistryClient(session.registries().withListener(travel));
                Digest digest =
                        images.size() == 1 ? client.push(reference, images.getFirst()) : client.push(reference, index);
                session.say("pushed " + reference.familiar() + "@" + digest + ": " + travel);
            }
        }
    }

    /// What travelled and what was there already.
    private static final class Travel implements TransferListener {
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger spared = new AtomicInteger();
        private final AtomicLong bytes = new AtomicLong();
        private @Nullable Progress progress;

        @Override
        public void sent(Descriptor content) {
            sent.incrementAndGet();
            long sum = bytes.addAndGet(content.size());
            Progress shown = progress;
            if (shown != null) {
                shown.bytes(sum, -1, "sent");
            }
        }

        @Override
        public void present(Descriptor content) {
            spared.incrementAndGet();
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
