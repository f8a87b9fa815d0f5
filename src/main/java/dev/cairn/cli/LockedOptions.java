package dev.cairn.cli;

import dev.cairn.fetch.Bundle;
import dev.cairn.fetch.CacheDirectory;
import dev.cairn.fetch.Downloader;
import dev.cairn.image.ImageBuilder;
import dev.cairn.image.ImageException;
import dev.cairn.image.Lock;
import dev.cairn.image.LockFile;
import dev.cairn.image.Repositories;
import dev.cairn.image.definition.Definition;
import dev.cairn.packages.deb.AptMirror;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options of commands that take what a lock names: which lock, and where packages are that repositories dropped.
final class LockedOptions {
    private static final String LOCK_OF_BUNDLE = "lock.json";

    private final OptionSpec lock = Spec.text("FILE", "take what this lock says", "--lock");
    private final OptionSpec bundle = Spec.text(
            "DIR",
            "take everything from this folder, which cairn lock --bundle made, and nothing from the network",
            "--bundle");
    private final OptionSpec archive = Spec.text(
            "URL",
            "where the lock's packages are when the mirror has dropped them: a service that keeps archives by date",
            "--archive");

    CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(lock).addOption(bundle).addOption(archive);
    }

    /// The bundle, or null.
    private @Nullable Path bundle() {
        String given = bundle.getValue();
        return given == null ? null : Path.of(given);
    }

    /// Where the lock lies: as the options say, else in the bundle, else null.
    private @Nullable Path place() {
        String given = lock.getValue();
        Path kept = bundle();
        return given != null ? Path.of(given) : kept != null ? kept.resolve(LOCK_OF_BUNDLE) : null;
    }

    /// The lock of the options; with `beside` also the one beside the definition. Null when there is none.
    ///
    /// @param required whether the one beside the definition must be there
    @Nullable
    Lock lock(Definition definition, Path path, boolean beside, boolean required) throws IOException {
        Path where = place();
        if (where == null && beside && (required || Files.exists(LockFile.beside(path)))) {
            where = LockFile.beside(path);
        }
        if (where == null) {
            return null;
        }
        Lock known = LockFile.read(where);
        if (!known.definition().equals(LockFile.digestOf(definition))) {
            throw new ImageException(
                    ImageException.Code.LOCK_DRIFT,
                    where + " was made for another content of " + path + "\ntry: cairn lock " + path);
        }
        return known;
    }

    /// A workshop that takes packages from where the options say.
    Workshop open(Session session, DefinitionOptions options, Progress progress) {
        Repositories repositories = repositories(session, options, progress, session.cacheDirectory());
        return new Workshop(repositories, new ImageBuilder(repositories, session.cacheDirectory()));
    }

    /// Repositories over this cache.
    Repositories repositories(Session session, DefinitionOptions options, Progress progress, CacheDirectory cache) {
        Downloader.Options downloads = session.downloads(new DownloadProgress(progress));
        Path folder = bundle();
        Repositories repositories;
        if (folder == null) {
            repositories =
                    new Repositories(new Downloader(cache, downloads), options.trust(), () -> options.mirror(session));
        } else {
            // What the lock pins may have been signed long ago: expiry is for those who look for news.
            AptMirror mirror = options.mirror(session).withoutExpiry();
            Downloader from = Downloader.from(bundleAt(folder, mirror), cache, downloads);
            repositories = new Repositories(from, options.trust(), () -> mirror);
        }
        String address = archive.getValue();
        return address == null ? repositories : repositories.withArchive(address);
    }

    /// The bundle in a folder; Debian's archives go by names, so that a build with another mirror finds them.
    private static Bundle bundleAt(Path folder, AptMirror mirror) {
        return new Bundle(folder, Map.of(mirror.archive(), "debian", mirror.security(), "debian-security"));
    }

    /// Repositories that keep in a bundle whatever they are asked for. The facts of this cache are not used, since
    /// what is known already would not be asked for.
    static Repositories keeping(
            Path folder, Session session, DefinitionOptions options, Progress progress, Path scratch) {
        AptMirror mirror = options.mirror(session);
        Downloader into = Downloader.into(
                bundleAt(folder, mirror),
                session.cacheDirectory().withRecords(scratch),
                session.downloads(new DownloadProgress(progress)));
        return new Repositories(into, options.trust(), () -> mirror);
    }

    /// Where a bundle keeps its lock.
    static Path lockOf(Path bundle) {
        return bundle.resolve(LOCK_OF_BUNDLE);
    }
}
