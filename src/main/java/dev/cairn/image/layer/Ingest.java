package dev.cairn.image.layer;

import dev.cairn.archive.GzipMembers;
import dev.cairn.archive.GzipOutputStream;
import dev.cairn.archive.StrictTar;
import dev.cairn.archive.TarEntry;
import dev.cairn.archive.TarLimits;
import dev.cairn.archive.TarReader;
import dev.cairn.archive.TarWriter;
import dev.cairn.digest.HashingInputStream;
import dev.cairn.digest.HashingOutputStream;
import dev.cairn.fetch.ContentStore;
import dev.cairn.fetch.Stored;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import dev.cairn.packages.apk.ApkFile;
import dev.cairn.packages.deb.Alternatives;
import dev.cairn.packages.deb.DebFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Turns a package file into a layer and its facts: one pass over the data where the package's own bytes can be the
/// layer (apk), else one pass that rewrites and compresses (deb, and the few apks that break the rules).
final class Ingest {
    private final ContentStore blobs;

    Ingest(ContentStore blobs) {
        this.blobs = blobs;
    }

    PackageFacts ingest(ResolvedPackage wanted, PackageFile file, PathRewrite rewrite) throws IOException {
        try {
            return switch (wanted.ecosystem()) {
                case APK -> apk(wanted, file, rewrite);
                case DEB -> deb(file, rewrite);
            };
        } catch (LayerException e) {
            throw new LayerException(e.code(), wanted + " can't become a layer: " + e.getMessage());
        }
    }

    private PackageFacts apk(ResolvedPackage wanted, PackageFile file, PathRewrite rewrite) throws IOException {
        ApkFile apk = ApkFile.open(file.path());
        String obstacle;
        if (rewrite.equals(PathRewrite.NONE)) {
            try (FactsCollector facts = new FactsCollector();
                    InputStream data = apk.openCompressedData()) {
                GzipMembers members = new GzipMembers(data);
                members.next();
                HashingInputStream tar = new HashingInputStream(members.content());
                obstacle = collect(tar, facts);
                if (obstacle.isEmpty() && members.next()) {
                    obstacle = "a second gzip member follows its data";
                }
                if (obstacle.isEmpty()) {
                    StoredLayer layer = new StoredLayer(
                            LayerForm.VERBATIM,
                            apk.dataDigest(),
                            apk.dataLength(),
                            tar.digest(),
                            tar.count(),
                            file.digest(),
                            apk.dataOffset());
                    return facts.facts(layer, "", apkStanza(wanted, apk, facts), Piece.of(new byte[0]), List.of());
                }
            }
        } else {
            obstacle = "its files move to where the distribution's links lead";
        }
        try (FactsCollector facts = new FactsCollector();
                InputStream data = apk.openData()) {
            StoredLayer layer = transcode(data, rewrite, facts);
            return facts.facts(layer, obstacle, apkStanza(wanted, apk, facts), Piece.of(new byte[0]), List.of());
        }
    }

    private PackageFacts deb(PackageFile file, PathRewrite rewrite) throws IOException {
        DebFile deb = DebFile.open(file.path());
        try (FactsCollector facts = new FactsCollector();
                InputStream data = deb.openData()) {
            StoredLayer layer = transcode(data, rewrite, facts);
            Piece stanza = Piece.of(DebStanza.of(deb, facts.md5s()).getBytes(StandardCharsets.UTF_8));
            byte[] md5sums = deb.controlFiles().getOrDefault("md5sums", new byte[0]);
            byte[] postinst = deb.controlFiles().getOrDefault("postinst", new byte[0]);
            return facts.facts(layer, "deb", stanza, Piece.of(md5sums), Alternatives.of(postinst));
        }
    }

    /// Reads a whole tar and tells `facts` of each entry; why it can't be a layer as it is, or empty.
    private static String collect(InputStream tar, FactsCollector facts) throws IOException {
        StrictTar strict = new StrictTar();
        TarReader entries = new TarReader(tar, TarLimits.STANDARD);
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
            strict.accept(entry);
            facts.watch(entry, entries.content()).transferTo(OutputStream.nullOutputStream());
            facts.add(entry);
        }
        return switch (strict.verdict(entries)) {
            case StrictTar.Verbatim() -> "";
            case StrictTar.NotVerbatim(StrictTar.Reason reason, String detail) -> detail + " (" + reason + ")";
        };
    }

    private StoredLayer transcode(InputStream data, PathRewrite rewrite, FactsCollector facts) throws IOException {
        HashingOutputStream[] tar = new HashingOutputStream[1];
        Stored stored = blobs.add(out -> {
            try (GzipOutputStream gzip = new GzipOutputStream(out)) {
                tar[0] = new HashingOutputStream(gzip);
                new Transcoder(rewrite)
                        .transcode(new TarReader(data, TarLimits.STANDARD), new TarWriter(tar[0]), facts);
            }
        });
        return new StoredLayer(
                LayerForm.TRANSCODED,
                stored.digest(),
                stored.size(),
                tar[0].digest(),
                tar[0].count(),
                stored.digest(),
                0);
    }

    private static Piece apkStanza(ResolvedPackage wanted, ApkFile apk, FactsCollector facts) {
        return Piece.of(ApkStanza.of(wanted, apk, facts.files()).getBytes(StandardCharsets.UTF_8));
    }
}
