package dev.cairn.packages.apk;

import dev.cairn.digest.Digest;
import dev.cairn.fetch.Downloader;
import dev.cairn.fetch.Stored;
import dev.cairn.packages.PackageFile;
import dev.cairn.packages.ResolvedPackage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Fetches package files of apk repositories by what is known of them already, a resolution's or a lock's rows: no
/// index is read. A package's own signature is checked.
public final class ApkPackages {
    private static final long MAX_PACKAGE = 8L << 30;
    private static final String FILE_RECORD = "apk-file-1";

    private final List<ApkRepository> repositories;
    private final ApkKeyring keyring;
    private final Downloader downloader;

    /// The packages of these repositories.
    public ApkPackages(List<ApkRepository> repositories, ApkKeyring keyring, Downloader downloader) {
        this.repositories = List.copyOf(repositories);
        this.keyring = keyring;
        this.downloader = downloader;
    }

    static Digest combine(Digest a, Digest b) {
        return Digest.of((a + "\n" + b).getBytes(StandardCharsets.US_ASCII));
    }

    /// The same packages from this address, whatever repository they are from.
    public ApkPackages at(String address) {
        List<ApkRepository> moved = new ArrayList<>();
        for (ApkRepository each : repositories) {
            moved.add(new ApkRepository(
                    each.tag(), each.address(), ApkRepository.parse(address).base()));
        }
        return new ApkPackages(moved, keyring, downloader);
    }

    /// The package's file, downloaded when the cache has it not, and checked against `wanted`.
    public PackageFile file(ResolvedPackage wanted) throws IOException {
        Digest key = combine(
                Digest.of((wanted.checksum() + " " + wanted.pin() + " " + wanted.architecture())
                        .getBytes(StandardCharsets.UTF_8)),
                keyring.fingerprint());
        Optional<byte[]> known = downloader.cache().records().read(FILE_RECORD, key);
        if (known.isPresent()) {
            String fact = new String(known.get(), StandardCharsets.US_ASCII);
            int space = fact.indexOf(' ');
            Digest digest = Digest.parse(fact.substring(0, space));
            Optional<Path> path = downloader.cache().content().find(digest);
            if (path.isPresent()) {
                return new PackageFile(path.get(), digest, Long.parseLong(fact.substring(space + 1)));
            }
        }
        Stored stored = downloader.download(repository(wanted).file(wanted.path()), MAX_PACKAGE);
        check(wanted, stored.path());
        String fact = stored.digest() + " " + stored.size();
        downloader.cache().records().write(FILE_RECORD, key, fact.getBytes(StandardCharsets.US_ASCII));
        return new PackageFile(stored.path(), stored.digest(), stored.size());
    }

    private ApkRepository repository(ResolvedPackage wanted) {
        for (ApkRepository repository : repositories) {
            if (repository.address().equals(wanted.repository())) {
                return repository;
            }
        }
        throw new ApkException(
                ApkException.Code.MISMATCH, wanted.pin() + " is of a repository not in use: " + wanted.repository());
    }

    /// A package is what its index row says: by the checksum of its control member, by its data, by its signature,
    /// and by its name, version and architecture (so that one signed package cannot stand in for another).
    private void check(ResolvedPackage wanted, Path path) throws IOException {
        String what = wanted.path();
        ApkFile file = ApkFile.open(path);
        if (!file.checksum().equals(wanted.checksum())) {
            throw new ApkException(
                    ApkException.Code.CHECKSUM,
                    what + ": its control member is " + file.checksum() + ", the index says " + wanted.checksum());
        }
        file.verify(what, keyring);
        PkgInfo info = file.pkgInfo();
        same(what, "name", info.name(), wanted.name());
        same(what, "version", info.version(), wanted.version());
        boolean anywhere =
                info.architecture().equals("noarch") || info.architecture().equals("all");
        if (!anywhere) {
            same(what, "architecture", info.architecture(), wanted.architecture());
        }
    }

    private static void same(String what, String field, String found, String expected) {
        if (!found.equals(expected)) {
            throw new ApkException(
                    ApkException.Code.MISMATCH,
                    what + ": the " + field + " inside it is '" + found + "', the index says '" + expected + "'");
        }
    }
}
