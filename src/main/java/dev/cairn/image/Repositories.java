package dev.cairn.image;

import dev.cairn.fetch.Downloader;
import dev.cairn.image.definition.Architecture;
import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Entry;
import dev.cairn.image.definition.Position;
import dev.cairn.keys.AlpineKeys;
import dev.cairn.keys.RsaKey;
import dev.cairn.packages.Ecosystem;
import dev.cairn.packages.PackageSource;
import dev.cairn.packages.apk.ApkKeyring;
import dev.cairn.packages.apk.ApkPackages;
import dev.cairn.packages.apk.ApkRepositories;
import dev.cairn.packages.apk.ApkRepository;
import dev.cairn.packages.deb.AptMirror;
import dev.cairn.packages.deb.AptSource;
import dev.cairn.packages.deb.DebPackages;
import dev.cairn.packages.deb.DebRepositories;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Opens the repositories that a definition names, with the keys that it and the command line name.
public final class Repositories implements DistributionFiles.Keys {
    private static final long LARGEST_KEY = 1 << 20;

    private final Downloader downloader;
    private final Trust trust;
    private final Supplier<AptMirror> mirror;
    private final @Nullable String archive;

    /// Whom to trust besides the keys of a definition.
    ///
    /// @param keyrings key files, and folders of key files
    /// @param allowUntrusted whether what nobody known has signed is accepted
    public record Trust(List<Path> keyrings, boolean allowUntrusted) {
        public Trust {
            keyrings = List.copyOf(keyrings);
        }
    }

    /// The same, with a service that keeps what repositories have dropped, for builds from a lock.
    ///
    /// @param address the service's address for the wanted day
    public Repositories withArchive(String address) {
        return new Repositories(downloader, trust, mirror, address);
    }

    /// Repositories that are fetched with this downloader, Debian's own from this mirror, which is asked for only
    /// when there are such repositories.
    public Repositories(Downloader downloader, Trust trust, Supplier<AptMirror> mirror) {
        this(downloader, trust, mirror, null);
    }

    private Repositories(Downloader downloader, Trust trust, Supplier<AptMirror> mirror, @Nullable String archive) {
        this.downloader = downloader;
        this.trust = trust;
        this.mirror = mirror;
        this.archive = archive;
    }

    /// The repositories that a definition's packages come from, for one architecture.
    public PackageSource open(Definition definition, Architecture architecture) throws IOException {
        List<Entry> entries = definition.buildTimeRepositories();
        Ecosystem ecosystem = definition
                .ecosystem()
                .orElseThrow(() -> new ImageException(
                        ImageException.Code.NO_REPOSITORY,
                        place(definition) + ": the definition names no repository to take packages from\n"
                                + "try: contents: {repositories: [deb trixie main]}"));
        for (Entry each : entries) {
            if (each.isAptSource() != (ecosystem == Ecosystem.DEB)) {
                throw new ImageException(
                        ImageException.Code.UNSUPPORTED,
                        each.position() + ": apk and deb repositories can't be mixed in one image");
            }
        }
        return switch (ecosystem) {
            case APK -> apk(definition, entries, architecture);
            case DEB -> deb(definition, entries, architecture);
        };
    }

    /// The first package that is to be taken from somewhere, else the file.
    private static String place(Definition definition) {
        List<Entry> packages = definition.contents().packages();
        return packages.isEmpty()
                ? definition.file().toString()
                : packages.getFirst().position().toString();
    }

    /// The files of packages that a lock names, by what the lock says of them: no index is read. Where the repository
    /// no longer has one, the archive is asked, if there is one.
    PackageFiles files(Definition definition, Architecture architecture) throws IOException {
        List<Entry> entries = definition.buildTimeRepositories();
        boolean deb = definition.ecosystem().filter(Ecosystem.DEB::equals).isPresent();
        if (deb) {
            DebPackages packages = DebPackages.of(keyed(entries), architecture.deb(), access(List.of()), downloader);
            return new LockedPackages(
                    packages::file, archive == null ? null : packages.at(AptMirror.snapshot(archive))::file);
        }
        ApkPackages packages = new ApkPackages(apk(entries), apkKeyring(keys(definition), entries), downloader);
        return new LockedPackages(packages::file, archive == null ? null : packages.at(archive)::file);
    }

    private static List<ApkRepository> apk(List<Entry> entries) {
        List<ApkRepository> repositories = new ArrayList<>();
        for (Entry each : entries) {
            repositories.add(ApkRepository.parse(each.text(), folder(each)));
        }
        return repositories;
    }

    private PackageSource apk(Definition definition, List<Entry> entries, Architecture architecture)
            throws IOException {
        ApkKeyring keyring = apkKeyring(keys(definition), entries);
        return ApkRepositories.open(apk(entries), keyring, architecture.apk(), downloader);
    }

    /// The repositories of a list of apk repository lines, for one architecture.
    public PackageSource apk(List<String> lines, Architecture architecture) throws IOException {
        List<ApkRepository> repositories =
                lines.stream().map(ApkRepository::parse).toList();
        Position here = new Position(Path.of("--repository"), 0, 0);
        List<Entry> entries = lines.stream().map(each -> new Entry(each, here)).toList();
        ApkKeyring keyring = apkKeyring(new TreeMap<>(), entries);
        return ApkRepositories.open(repositories, keyring, architecture.apk(), downloader);
    }

    private PackageSource deb(Definition definition, List<Entry> entries, Architecture architecture)
            throws IOException {
        return deb(keyed(entries), List.copyOf(keys(definition).values()), architecture);
    }

    private static List<DebRepositories.KeyedSource> keyed(List<Entry> entries) throws IOException {
        List<DebRepositories.KeyedSource> sources = new ArrayList<>();
        for (Entry each : entries) {
            sources.add(keyed(AptSource.parse(each.text()), each));
        }
        return sources;
    }

    /// The repositories of a list of apt source lines, for one architecture.
    public PackageSource deb(List<String> lines, Architecture architecture) throws IOException {
        List<DebRepositories.KeyedSource> sources = new ArrayList<>();
        for (String each : lines) {
            Position here = new Position(Path.of("--repository"), 0, 0);
            sources.add(keyed(AptSource.parse(each), new Entry(each, here)));
        }
        return deb(sources, List.of(), architecture);
    }

    private PackageSource deb(List<DebRepositories.KeyedSource> sources, List<byte[]> named, Architecture architecture)
            throws IOException {
        return DebRepositories.open(sources, architecture.deb(), access(named), downloader);
    }

    private DebRepositories.Access access(List<byte[]> named) throws IOException {
        List<byte[]> keys = new ArrayList<>(named);
        for (Path each : trust.keyrings()) {
            keys.add(Files.readAllBytes(each));
        }
        return new DebRepositories.Access(mirror.get(), keys, trust.allowUntrusted(), Clock.systemUTC());
    }

    /// @param stated where the source is stated: its keys are beside that file
    private static DebRepositories.KeyedSource keyed(AptSource source, Entry stated) throws IOException {
        List<byte[]> keys = new ArrayList<>();
        for (String each : source.signedBy()) {
            Path file = new Entry(each, stated.position()).localPath();
            if (!Files.isReadable(file)) {
                throw new ImageException(
                        ImageException.Code.MISSING_FILE,
                        stated.position() + ": there is no key file '" + each + "' (signed-by of '" + stated + "')");
            }
            keys.add(Files.readAllBytes(file));
        }
        return new DebRepositories.KeyedSource(source, keys);
    }

    private ApkKeyring apkKeyring(SortedMap<String, byte[]> named, List<Entry> entries) throws IOException {
        List<RsaKey> keys = new ArrayList<>();
        if (entries.stream().map(Entry::text).anyMatch(Repositories::isAlpine)) {
            AlpineKeys.files().forEach((name, pem) -> keys.add(RsaKey.parsePem(pem, name)));
        }
        named.forEach((name, pem) -> keys.add(RsaKey.parsePem(pem, name)));
        keys.addAll(ApkKeyring.load(trust.keyrings()).keys());
        ApkKeyring keyring = ApkKeyring.of(keys);
        return trust.allowUntrusted() ? keyring.allowingUntrusted() : keyring;
    }

    /// The keys that a definition names: file name → content.
    @Override
    public SortedMap<String, byte[]> keys(Definition definition) throws IOException {
        SortedMap<String, byte[]> keys = new TreeMap<>();
        for (Entry each : definition.contents().keyring()) {
            if (each.isAddress()) {
                URI address = URI.create(each.text());
                keys.put(
                        fileName(address.getPath()),
                        Files.readAllBytes(downloader.get(address, LARGEST_KEY).path()));
            } else {
                Path path = each.localPath();
                keys.put(String.valueOf(path.getFileName()), Files.readAllBytes(path));
            }
        }
        for (Definition.NamedText each : definition.contents().runtimeKeyring()) {
            keys.put(each.name(), each.content().getBytes(StandardCharsets.UTF_8));
        }
        return keys;
    }

    /// Whether a repository is on a server of Alpine Linux's own, whose keys Cairn ships.
    static boolean isAlpine(String repository) {
        int scheme = repository.indexOf("://");
        int end = scheme < 0 ? -1 : repository.indexOf('/', scheme + 3);
        String host = end < 0 ? "" : repository.substring(scheme + 3, end);
        return host.equals("alpinelinux.org") || host.endsWith(".alpinelinux.org");
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static Path folder(Entry entry) {
        Path parent = entry.position().file().toAbsolutePath().getParent();
        return parent == null ? Path.of("") : parent;
    }
}
