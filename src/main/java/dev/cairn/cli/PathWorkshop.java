package dev.cairn.cli;

import dev.cairn.advisory.AdvisoryDatabase;
import dev.cairn.advisory.AdvisoryException;
import dev.cairn.advisory.Branches;
import dev.cairn.advisory.DatabaseManifest;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.Repositories;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Entry;
import dev.cairn.image.definition.Variant;
import dev.cairn.oci.Image;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.packages.deb.AptSource;
import dev.cairn.scan.EvidenceSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the images that the path needs, and opens the facts that it scans with.
final class PathWorkshop {
    private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

    private final Session session;
    private final EvidenceFolder folder;

    PathWorkshop(Session session, EvidenceFolder folder) {
        this.session = session;
        this.folder = folder;
    }

    private AptMirror mirror() {
        return AptMirror.find(null, null, session.environment(), Path.of("/etc/apt"));
    }

    /// The image of a definition for this machine. A dev variant's apt asks the mirror that this machine uses.
    Image make(Definition definition) throws IOException {
        Definition wanted = definition.variant() == Variant.DEV ? here(definition) : definition;
        try (Progress progress = session.progress("  " + definition.file().getFileName())) {
            Downloader downloader = session.downloader(new DownloadProgress(progress));
            Repositories repositories =
                    new Repositories(downloader, new Repositories.Trust(List.of(), false), this::mirror);
            ImageBuilder builder = new ImageBuilder(repositories, downloader.cache());
            return builder.assemble(wanted, builder.select(wanted, Architecture.host()))
                    .image();
        }
    }

    private Definition here(Definition definition) {
        List<String> lines = new ArrayList<>();
        AptMirror mirror = mirror();
        for (Entry each : definition.contents().repositories()) {
            if (!each.isAptSource()) {
                return definition;
            }
            AptSource source = AptSource.parse(each.text());
            if (source.address().isPresent()) {
                lines.add(each.text());
                continue;
            }
            for (AptSource one : source.withSecurity()) {
                boolean security = one.suite().endsWith("-security");
                String expired = mirror.checksValidUntil() ? "" : " check-valid-until=no";
                lines.add(
                        "deb [signed-by=" + KEYRING + expired + "] " + (security ? mirror.security() : mirror.archive())
                                + " " + one.suite() + " " + String.join(" ", one.components()));
            }
        }
        return definition.withRuntimeRepositories(lines);
    }

    /// What images are scanned with.
    ///
    /// @param series the facts; null where there are none
    /// @param words what they are, or why there are none
    record Facts(@Nullable EvidenceSeries series, List<String> words) {}

    /// The database's facts, and the last year for CVE-days.
    Facts facts() throws IOException {
        try {
            AdvisoryDatabase database = folder.advisories(session).open();
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            List<String> words = new ArrayList<>();
            DatabaseManifest manifest = database.manifest();
            for (DatabaseManifest.Source each : manifest.sources()) {
                words.add(each.kind().id() + " " + each.target() + ", read "
                        + LocalDate.ofInstant(each.read(), ZoneOffset.UTC) + ", "
                        + Text.count(each.records(), "record"));
            }
            return new Facts(
                    new EvidenceSeries(database, Branches.load(), Clock.systemUTC(), today.minusYears(1), today),
                    words);
        } catch (AdvisoryException e) {
            if (e.code() != AdvisoryException.Code.NO_DATABASE) {
                throw e;
            }
            return new Facts(null, List.of());
        }
    }
}
