package dev.cairn.image.layer;

import dev.cairn.archive.TarEntry;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.packages.apk.ApkFile;
import dev.cairn.packages.apk.InstalledDatabase;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// An apk package's paragraph in `lib/apk/db/installed`, its file list included.
final class ApkStanza {
    private ApkStanza() {}

    static String of(ResolvedPackage wanted, ApkFile apk, List<FileFact> files) {
        List<InstalledDatabase.InstalledFile> entries = new ArrayList<>(files.size());
        for (FileFact file : files) {
            entries.add(new InstalledDatabase.InstalledFile(entry(file), checksum(file)));
        }
        InstalledDatabase.Installed installed =
                new InstalledDatabase.Installed(apk.pkgInfo(), wanted.checksum(), wanted.size(), "", entries, Map.of());
        return InstalledDatabase.stanza(installed) + "\n";
    }

    private static TarEntry entry(FileFact file) {
        TarEntry entry = switch (file.type()) {
            case DIRECTORY -> TarEntry.directory(file.path(), file.mode());
            case SYMLINK -> TarEntry.symlink(file.path(), file.link());
            case HARDLINK -> TarEntry.hardlink(file.path(), file.link());
            case FILE, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> TarEntry.file(file.path(), file.mode(), file.size());
        };
        return entry.withOwner(file.uid(), file.gid());
    }

    private static String checksum(FileFact file) {
        return switch (file.type()) {
            case FILE ->
                "Q1" + Base64.getEncoder().encodeToString(file.content().bytes());
            case SYMLINK -> InstalledDatabase.checksumOfLink(file.link());
            case DIRECTORY, HARDLINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> "";
        };
    }
}
